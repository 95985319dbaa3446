#include "vault/attachments/attachment.h"

#include <algorithm>
#include <array>

namespace azukari::vault::attachments {
namespace {

using easel::FileKind;

constexpr std::array kPapers{
    Paper{"application", "申込書・申請書"},   Paper{"consent", "同意書"},
    Paper{"certificate", "証明書・確認書類"}, Paper{"survey", "アンケート・回答票"},
    Paper{"letter", "手紙・FAX・はがき"},     Paper{"other", "その他の書類"},
};

constexpr std::array kCauses{
    Paper{"other_person", "別の方の書類だった"},         Paper{"other_paper", "別の書類だった"},
    Paper{"unreadable", "読み取れない・欠けている"},     Paper{"twice", "同じ書類を二度添付した"},
    Paper{"not_needed", "預かる必要のない内容があった"},
};

struct Promise {
    std::string_view ending;
    FileKind kind;
};
constexpr std::array kPromises{Promise{"pdf", FileKind::pdf},   Promise{"jpg", FileKind::jpeg},
                               Promise{"jpeg", FileKind::jpeg}, Promise{"png", FileKind::png},
                               Promise{"tif", FileKind::tiff},  Promise{"tiff", FileKind::tiff}};

} // namespace

std::string_view japanese(State state)
{
    switch (state) {
    case State::waiting:
        return "検査待ち";
    case State::clean:
        return "検査済み";
    case State::infected:
        return "ウイルスあり";
    case State::withdrawn:
        return "取下げ済み";
    }
    return {};
}

std::span<const Paper> papers()
{
    return kPapers;
}

const Paper* find_paper(std::string_view code)
{
    const auto* found = std::ranges::find(kPapers, code, &Paper::code);
    return found == kPapers.end() ? nullptr : found;
}

std::span<const Paper> causes()
{
    return kCauses;
}

const Paper* find_cause(std::string_view code)
{
    const auto* found = std::ranges::find(kCauses, code, &Paper::code);
    return found == kCauses.end() ? nullptr : found;
}

std::string broken_promise(std::string_view file_name, FileKind kind)
{
    const auto dot = file_name.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string ending(file_name.substr(dot + 1));
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const auto& promise : kPromises)
        if (promise.ending == ending) return promise.kind == kind ? std::string() : ending;
    return {};
}

} // namespace azukari::vault::attachments
