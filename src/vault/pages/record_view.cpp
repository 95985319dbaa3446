#include "vault/pages/record_view.h"

#include <fmt/format.h>

namespace azukari::vault::pages {

using namespace html;

namespace {

std::string kind_name(const Rooms& rooms, std::string_view code)
{
    const auto* kind = find_kind(rooms.vault.kinds(), code);
    return kind == nullptr ? std::string(code) : kind->name;
}

std::string value_of(const RecordVersion& version, const std::string& code)
{
    const auto found = version.content.values.find(code);
    return found == version.content.values.end() ? std::string() : found->second;
}

std::vector<office::ChangedItem> differences(const DeclaredItems& items, const RecordVersion& before,
                                             const RecordVersion& after)
{
    std::set<std::string> codes;
    for (const auto* version : {&before, &after})
        for (const auto& [code, value] : version->content.values) codes.insert(code);
    std::vector<office::ChangedItem> changed;
    for (const auto& code : codes)
        changed.push_back({items.name_of(code), value_of(before, code), value_of(after, code)});
    return changed;
}

} // namespace

Html record_section(const Rooms& rooms, const DeclaredItems& items, const RecordVersion& record, const Html& actions)
{
    std::vector<office::Term> terms;
    for (const auto& item : items.items()) {
        const auto value = record.content.values.find(item.code);
        if (value == record.content.values.end()) continue;
        Html shown = lines(value->second);
        if (const auto kept = record.content.kept_words.find(item.code); kept != record.content.kept_words.end())
            shown += p({cls("field-hint")}, "収集に注意する語を残した理由：", kept->second);
        terms.push_back({item.name, shown});
    }
    for (const auto& [code, value] : record.content.values) // declared once, and no longer
        if (items.find(code) == nullptr)
            terms.push_back({fmt::format("{}（いまは登録のない項目）", code), lines(value)});
    std::string holds;
    for (const auto& code : record.content.circumstances)
        if (const auto* condition = items.condition(code)) holds += (holds.empty() ? "" : "、") + condition->text;
    if (!holds.empty()) terms.push_back({"当てはまる条件", Html(holds)});
    terms.push_back({"得た方法", Html(spoken(record.content.origin))});
    if (record.content.origin.purpose_text > 0)
        terms.push_back({"示した利用目的の文", Html(fmt::format("第{}号", record.content.origin.purpose_text))});
    terms.push_back({"書いた人", join(Html(record.by), "（", office::when_at(record.at), "）")});
    if (!record.content.reason.empty()) terms.push_back({"書いた理由", Html(record.content.reason)});
    return section(h2(fmt::format("{}　第{}版", kind_name(rooms, record.kind), record.number)),
                   office::description_list(terms), actions);
}

Html earlier_versions(const DeclaredItems& items, const std::vector<RecordVersion>& latest,
                      const std::vector<RecordVersion>& earlier)
{
    Html out;
    for (const auto& current : latest) {
        const auto* after = &current;
        for (const auto& before : earlier) {
            if (before.record != current.record) continue;
            out += section(h3(fmt::format("第{}版から第{}版へ", before.number, after->number)),
                           p(after->by, "　", office::when_at(after->at), "　理由：", after->content.reason),
                           office::difference_table(fmt::format("第{}版と第{}版の違い", before.number, after->number),
                                                    differences(items, before, *after)));
            after = &before;
        }
    }
    return section(h2("これまでの変更"), out.empty() ? p("変更はありません。") : out);
}

} // namespace azukari::vault::pages
