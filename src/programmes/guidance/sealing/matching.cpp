#include "programmes/guidance/sealing/matching.h"

#include "base/check.h"

#include <algorithm>

namespace azukari::guidance {
namespace {

struct Item {
    std::string_view name;
    bool (*same)(const PaperCode&, const PaperCode&);
};
constexpr Item kItems[] = {
    {"通し番号",
     [](const PaperCode& a, const PaperCode& b) { return a.category == b.category && a.serial == b.serial; }},
    {"利用券整理番号", [](const PaperCode& a, const PaperCode& b) { return a.voucher == b.voucher; }},
    {"受診券整理番号", [](const PaperCode& a, const PaperCode& b) { return a.ticket == b.ticket; }},
    {"氏名", [](const PaperCode& a, const PaperCode& b) { return a.name == b.name; }},
    {"住所", [](const PaperCode& a, const PaperCode& b) { return a.address == b.address; }},
};

bool one_of_each(std::span<const PaperCode> scanned, std::span<const PaperCode> expected)
{
    return std::ranges::all_of(
        expected, [&](const auto& page) { return std::ranges::count(scanned, page.page, &PaperCode::page) == 1; });
}

} // namespace

std::string_view code_of(Mismatch mismatch)
{
    constexpr std::string_view kCodes[] = {"none",         "unreadable", "other_batch", "unknown_letter",
                                           "other_person", "same_page",  "too_few",     "old_edition"};
    return kCodes[static_cast<std::size_t>(mismatch)];
}

std::string_view sentence_of(Mismatch mismatch)
{
    constexpr std::string_view kSentences[] = {
        "一致しました。",
        "この業務の紙の符号ではありません。紙を確かめて、もう一度読み取ってください。",
        "別のデータの紙です。封入せず、取扱責任者に知らせてください。",
        "このデータにない通し番号です。封入せず、取扱責任者に知らせてください。",
        "別の人の紙です。封入せず、二枚とも元の場所に戻して確かめてください。",
        "同じ種類の紙を二回読み取りました。もう一枚の紙を読み取ってください。",
        "紙が足りません。すべての紙を読み取ってください。",
        "刷り直す前の古い紙です。封入せず、損紙の置き場に移してください。",
    };
    return kSentences[static_cast<std::size_t>(mismatch)];
}

Verdict compare(std::span<const PaperCode> scanned, std::span<const PaperCode> expected)
{
    AZK_CHECK(!expected.empty());
    const auto& right = expected.front();
    if (scanned.empty()) return {Mismatch::too_few, {}};
    if (std::ranges::any_of(scanned, [&](const auto& code) { return code.batch_mark != right.batch_mark; }))
        return {Mismatch::other_batch, {}};
    Verdict verdict;
    for (const auto& item : kItems) {
        const bool agrees = std::ranges::all_of(scanned, [&](const auto& code) { return item.same(code, right); });
        verdict.items.push_back({item.name, agrees});
        if (!agrees) verdict.mismatch = Mismatch::other_person;
    }
    if (!verdict.yes()) return verdict;
    if (std::ranges::any_of(scanned, [&](const auto& code) { return code.edition != right.edition; }))
        verdict.mismatch = Mismatch::old_edition;
    else if (scanned.size() < expected.size())
        verdict.mismatch = Mismatch::too_few;
    else if (scanned.size() > expected.size() || !one_of_each(scanned, expected))
        verdict.mismatch = Mismatch::same_page;
    return verdict;
}

std::vector<ItemVerdict> items_agreed_on()
{
    std::vector<ItemVerdict> items;
    for (const auto& item : kItems) items.push_back({item.name, true});
    return items;
}

} // namespace azukari::guidance
