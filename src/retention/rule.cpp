#include "retention/rule.h"

#include "infra/text/definition_file.h"

#include <fmt/format.h>

namespace azukari::retention {
namespace {

Result<Keep> keep_of(const text::Definition& table)
{
    AZK_REQUIRE(table.allow_only({"event", "name", "years", "months", "days"}));
    Keep keep;
    AZK_TRY(keep.event, table.text("event"));
    AZK_TRY(keep.name, table.text("name"));
    AZK_TRY(const auto years, table.integer_or("years", 0));
    AZK_TRY(const auto months, table.integer_or("months", 0));
    AZK_TRY(const auto days, table.integer_or("days", 0));
    for (const auto& [key, number] : {std::pair("years", years), std::pair("months", months), std::pair("days", days)})
        if (number < 0 || number > 1000) return tl::unexpected(table.wrong(key, "0から1000までの数にしてください。"));
    keep.period = {static_cast<int>(years), static_cast<int>(months), static_cast<int>(days)};
    return keep;
}

Result<Disposition> disposition_of(const text::Definition& table)
{
    AZK_TRY(const auto word, table.text("disposition"));
    if (word == "erase") return Disposition::erase;
    if (word == "destroy") return Disposition::destroy;
    if (word == "give_back") return Disposition::give_back;
    return tl::unexpected(
        table.wrong("disposition", "erase（消去）、destroy（廃棄）、give_back（返還）のいずれかです。"));
}

Result<Rule> rule_of(const text::Definition& table)
{
    AZK_REQUIRE(
        table.allow_only({"entrustment", "kind", "name", "basis", "keep", "within_days", "disposition", "by_hand"}));
    Rule rule;
    AZK_TRY(rule.entrustment, table.text("entrustment"));
    AZK_TRY(rule.kind, table.text("kind"));
    AZK_TRY(rule.name, table.text("name"));
    AZK_TRY(rule.basis, table.text("basis"));
    AZK_TRY(const auto within, table.integer_or("within_days", 14));
    if (within < 0 || within > 366) return tl::unexpected(table.wrong("within_days", "0から366までの日数です。"));
    rule.within_days = static_cast<int>(within);
    AZK_TRY(rule.disposition, disposition_of(table));
    AZK_TRY(rule.by_hand, table.flag_or("by_hand", false));
    AZK_TRY(const auto keeps, table.tables_or_none("keep"));
    if (keeps.empty()) return tl::unexpected(table.wrong("keep", "いつまで保存するかを、一つ以上書いてください。"));
    for (const auto& each : keeps) {
        AZK_TRY(auto keep, keep_of(each));
        rule.keep.push_back(std::move(keep));
    }
    return rule;
}

Result<Rules> rules_of(const text::Definition& file)
{
    AZK_REQUIRE(file.allow_only({"rules"}));
    AZK_TRY(const auto tables, file.tables_or_none("rules"));
    std::vector<Rule> rules;
    for (const auto& table : tables) {
        AZK_TRY(auto rule, rule_of(table));
        for (const auto& other : rules)
            if (other.entrustment == rule.entrustment && other.kind == rule.kind)
                return tl::unexpected(table.wrong("kind", "この種類の定めは、もう上にあります。"));
        rules.push_back(std::move(rule));
    }
    return Rules(std::move(rules));
}

} // namespace

std::string_view japanese(Disposition disposition)
{
    switch (disposition) {
    case Disposition::erase:
        return "消去";
    case Disposition::destroy:
        return "廃棄";
    case Disposition::give_back:
        return "返還";
    }
    return {};
}

std::string spoken(const Rule& rule)
{
    std::string text;
    for (const auto& keep : rule.keep) {
        if (!text.empty()) text += "、かつ";
        std::string length;
        if (keep.period.years > 0) length += fmt::format("{}年", keep.period.years);
        if (keep.period.months > 0) length += fmt::format("{}か月", keep.period.months);
        if (keep.period.days > 0) length += fmt::format("{}日", keep.period.days);
        text += length.empty() ? fmt::format("{}まで", keep.name) : fmt::format("{}から{}間", keep.name, length);
    }
    return text;
}

Result<Rules> Rules::read(const std::string& path)
{
    AZK_TRY(const auto file, text::Definition::read(path));
    return rules_of(file);
}

Result<Rules> Rules::parse(std::string_view content, const std::string& name)
{
    AZK_TRY(const auto file, text::Definition::parse(content, name));
    return rules_of(file);
}

const Rule* Rules::find(std::string_view entrustment, std::string_view kind) const
{
    for (const auto& rule : rules_)
        if (rule.entrustment == entrustment && rule.kind == kind) return &rule;
    return nullptr;
}

std::vector<const Rule*> Rules::of(std::string_view entrustment) const
{
    std::vector<const Rule*> found;
    for (const auto& rule : rules_)
        if (rule.entrustment == entrustment) found.push_back(&rule);
    return found;
}

std::optional<CivilDate> last_day_of(const Rule& rule, const Events& events)
{
    std::optional<CivilDate> last;
    for (const auto& keep : rule.keep) {
        const auto found = events.find(keep.event);
        if (found == events.end()) return std::nullopt;
        const auto day = last_day_of(found->second, keep.period);
        if (!last || *last < day) last = day;
    }
    return last;
}

const Keep* awaited(const Rule& rule, const Events& events)
{
    for (const auto& keep : rule.keep)
        if (!events.contains(keep.event)) return &keep;
    return nullptr;
}

} // namespace azukari::retention
