#include "vault/person/record_content.h"

#include "vault/vault_refusals.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::vault {
namespace {

constexpr std::string_view kItem = "item.", kHolds = "holds.", kKept = "kept.", kOrigin = "origin.";

std::string named(std::string_view prefix, std::string_view name)
{
    return fmt::format("{}{}", prefix, name);
}

Result<Origin> origin_of(const FieldMap& fields)
{
    const auto text = [&](std::string_view name) {
        const auto found = fields.find(named(kOrigin, name));
        return found == fields.end() ? std::string() : found->second;
    };
    const auto source = source_of(text("source"));
    const auto channel = channel_of(text("channel"));
    const auto day = CivilDate::parse(text("received_on"));
    const auto number = text("purpose_text");
    std::int64_t purpose_text = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), purpose_text);
    if (!source || !channel || !day || error != std::errc() || end != number.data() + number.size())
        return refuse(kDamagedFields);
    return Origin{*source, text("who"), *channel, *day, purpose_text};
}

} // namespace

FieldMap to_fields(const RecordContent& content)
{
    FieldMap fields;
    for (const auto& [code, value] : content.values) fields[named(kItem, code)] = value;
    for (const auto& code : content.circumstances) fields[named(kHolds, code)] = {};
    for (const auto& [code, why] : content.kept_words) fields[named(kKept, code)] = why;
    fields[named(kOrigin, "source")] = code_of(content.origin.source);
    fields[named(kOrigin, "channel")] = code_of(content.origin.channel);
    fields[named(kOrigin, "who")] = content.origin.who;
    fields[named(kOrigin, "received_on")] = content.origin.received_on.iso();
    fields[named(kOrigin, "purpose_text")] = std::to_string(content.origin.purpose_text);
    fields["reason"] = content.reason;
    return fields;
}

Result<RecordContent> content_of(const FieldMap& fields)
{
    RecordContent content;
    for (const auto& [name, text] : fields) {
        const std::string_view whole(name);
        if (whole.starts_with(kItem))
            content.values.emplace(whole.substr(kItem.size()), text);
        else if (whole.starts_with(kHolds))
            content.circumstances.emplace(whole.substr(kHolds.size()));
        else if (whole.starts_with(kKept))
            content.kept_words.emplace(whole.substr(kKept.size()), text);
        else if (whole == "reason")
            content.reason = text;
        else if (!whole.starts_with(kOrigin))
            return refuse(kDamagedFields);
    }
    AZK_TRY(content.origin, origin_of(fields));
    return content;
}

} // namespace azukari::vault
