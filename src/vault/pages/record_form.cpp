#include "vault/pages/record_form.h"

#include "vault/declared/item_shape.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace azukari::vault::pages {

using namespace html;
using office::Choice;
using office::Field;
using office::FormState;

namespace {

constexpr std::string_view kOpen = "（";

// The listed value with a parenthesis has a field of its own for what goes into it.
bool is_open(std::string_view listed)
{
    return listed.find(kOpen) != std::string_view::npos && listed.ends_with("）");
}

Html choice_field(const FormState& state, const DeclaredItem& item, const std::string& name)
{
    std::vector<Choice> choices{{"", "（入力しない）"}};
    Html more;
    for (const auto& value : item.values) {
        choices.push_back({value, value});
        if (is_open(value)) {
            const auto open = value.find(kOpen) + kOpen.size();
            const auto field = name + ".detail";
            const auto label = fmt::format("{}の場合：{}", value.substr(0, open - kOpen.size()),
                                           value.substr(open, value.size() - open - std::string_view("）").size()));
            more += office::text_field(state,
                                       {.name = field, .label = label, .max_length = 60, .size = Field::Size::medium});
        }
    }
    return join(office::select_field(state, {.name = name, .label = item.name, .size = Field::Size::medium}, choices),
                more);
}

Html kept_field(const FormState& state, const DeclaredItem& item)
{
    const auto name = "kept." + item.code;
    const auto* refusal = state.refusal("item." + item.code);
    const bool warned = refusal != nullptr && refusal->is(kProhibitedWords);
    if (!warned && state.value(name).empty()) return {};
    return div({cls("notice notice-caution")},
               office::text_field(
                   state, {.name = name,
                           .label = fmt::format("「{}」をそのまま残す理由", item.name),
                           .hint = "思想・信条・宗教、社会的差別の原因となる事実、犯罪に関する事項は、原則として"
                                   "収集できません。書き直したときは空欄のままにしてください。",
                           .max_length = 200}));
}

Html item_field(const FormState& state, const DeclaredItem& item, bool required)
{
    const auto name = "item." + item.code;
    if (!item.values.empty()) return choice_field(state, item, name);
    const auto shape = shape_of(item.code);
    Field field{.name = name, .label = item.name, .required = required, .max_length = longest(shape)};
    switch (shape) {
    case Shape::paragraph:
        field.hint = "思想・信条・宗教、社会的差別の原因となる事実、犯罪に関することは書かないでください。";
        field.rows = 4;
        return join(office::text_area(state, field), kept_field(state, item));
    case Shape::day:
        return office::date_field(state, field);
    case Shape::telephone:
        field.type = "tel";
        field.size = Field::Size::medium;
        break;
    case Shape::email:
        field.type = "email";
        break;
    case Shape::age:
        field.inputmode = "numeric";
        field.size = Field::Size::small;
        break;
    case Shape::postal_code:
        field.inputmode = "numeric";
        field.size = Field::Size::small;
        break;
    default:
        break;
    }
    return join(office::text_field(state, field), kept_field(state, item));
}

bool holds(const DocumentKind& kind, const DeclaredItem& item)
{
    return kind.items.empty() || std::find(kind.items.begin(), kind.items.end(), item.code) != kind.items.end();
}

// Under which heading an item without a condition stands. What must be there stands first, with how it was obtained.
enum class Heading : std::uint8_t { needed, person, contact, other };

Heading heading_of(const DocumentKind& kind, const DeclaredItem& item)
{
    if (kind.code == kBasic && item.code == "name") return Heading::needed;
    switch (shape_of(item.code)) {
    case Shape::telephone:
    case Shape::email:
    case Shape::postal_code:
        return Heading::contact;
    case Shape::name:
    case Shape::kana:
    case Shape::age:
        return Heading::person;
    default:
        break;
    }
    if (item.code == "address") return Heading::contact;
    return item.code == "sex" || item.code == "birth_date" ? Heading::person : Heading::other;
}

Html items_under(const FormState& state, const Ground& ground, const DocumentKind& kind, std::string_view condition)
{
    Html fields;
    for (const auto& item : ground.items->items())
        if (item.condition == condition && holds(kind, item)) fields += item_field(state, item, false);
    return fields;
}

Html items_under(const FormState& state, const Ground& ground, const DocumentKind& kind, Heading heading)
{
    Html fields;
    for (const auto& item : ground.items->items())
        if (item.condition.empty() && holds(kind, item) && heading_of(kind, item) == heading)
            fields += item_field(state, item, heading == Heading::needed);
    return fields;
}

// Short fields stand beside one another where there is room.
Html columns(const Html& fields)
{
    return div({cls("field-columns")}, fields);
}

Html item_groups(const FormState& state, const Ground& ground, const DocumentKind& kind)
{
    Html groups;
    for (const auto& [heading, words] :
         {std::pair(Heading::person, "本人について"), std::pair(Heading::contact, "連絡先"),
          std::pair(Heading::other, "そのほかの情報項目")})
        if (const auto fields = items_under(state, ground, kind, heading); !fields.empty())
            groups += office::field_group(words, columns(fields),
                                          groups.empty() ? "この委託に登録された情報項目だけを入力できます。" : "");
    return groups;
}

Html condition_choices(const FormState& state, const Ground& ground)
{
    std::vector<Choice> choices;
    for (const auto& condition : ground.items->conditions()) choices.push_back({condition.code, condition.text});
    if (choices.empty()) return {};
    return office::checkbox_group(
        state,
        {.name = "circumstance", .label = "当てはまる条件", .hint = "ここで選んだ条件の情報項目だけを収集できます。"},
        choices);
}

Html origin_fields(const FormState& state, const Ground& ground)
{
    std::vector<Choice> from, by{{"", "選んでください"}}, shown{{"", "選んでください"}};
    const std::string_view hints[] = {"", "続柄または関係を下に入力します。",
                                      "区が提供する項目、または区が承諾した項目に限ります。",
                                      "区が承諾した項目に限ります。名称を下に入力します。"};
    for (const auto source : sources())
        from.push_back({std::string(code_of(source)), std::string(japanese(source)),
                        std::string(hints[static_cast<std::size_t>(source)])});
    for (const auto channel : channels()) by.push_back({std::string(code_of(channel)), std::string(japanese(channel))});
    Html read;
    for (const auto& text : ground.texts) {
        if (text.kind != TextKind::purpose) continue;
        shown.push_back({std::to_string(text.number), fmt::format("第{}号　{}　第{}版{}", text.number, text.title,
                                                                  text.version, text.current ? "" : "（旧）")});
        if (text.current)
            read += details(summary(fmt::format("第{}号「{}」を読む", text.number, text.title)), p(lines(text.text)));
    }
    return office::field_group(
        "どのように得たか",
        join(office::radio_group(state, {.name = "source", .label = "だれから", .required = true}, from),
             office::text_field(state, {.name = "who",
                                        .label = "代理人の続柄・関係、または関係機関の名称",
                                        .hint = "「代理人」「関係機関」の場合だけ入力します。",
                                        .max_length = 60,
                                        .size = Field::Size::medium}),
             office::select_field(
                 state, {.name = "channel", .label = "方法", .required = true, .size = Field::Size::medium}, by),
             office::date_field(state, {.name = "received_on", .label = "受け付けた日", .required = true}),
             office::select_field(state,
                                  {.name = "purpose_text",
                                   .label = "本人に示した利用目的の文",
                                   .hint = "本人または代理人から得たときに選びます。",
                                   .size = Field::Size::medium},
                                  shown),
             read));
}

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

Html record_fields(const FormState& state, const Ground& ground, const DocumentKind& kind,
                   std::string_view reason_label)
{
    const auto needed = items_under(state, ground, kind, Heading::needed);
    Html fields =
        join(when(!needed.empty(), office::field_group("どなたの情報か", needed)), origin_fields(state, ground),
             office::field_group("利用目的と理由", use_fields(state, ground.purposes, reason_label)),
             item_groups(state, ground, kind));
    if (const auto choices = condition_choices(state, ground); !choices.empty()) {
        Html under;
        for (const auto& condition : ground.items->conditions())
            if (const auto own = items_under(state, ground, kind, condition.code); !own.empty())
                under += div({{"data-condition", condition.code}}, office::field_group(condition.text, columns(own)));
        fields += join(choices, under);
    }
    return fields;
}

std::vector<Refusal> gaps_in(const http::Fields& form)
{
    std::vector<Refusal> gaps;
    const auto gap = [&](const RefusalKind& kind, std::string field) {
        gaps.emplace_back(kind, std::vector<std::string>{}, std::move(field));
    };
    if (!source_of(form.get("source"))) gap(kSourceExpected, "source");
    if (!channel_of(form.get("channel"))) gap(kChannelExpected, "channel");
    if (!CivilDate::parse(form.get("received_on"))) gap(kReceivedOnExpected, "received_on");
    return gaps;
}

std::vector<Refusal> in_page_order(std::vector<Refusal> refusals, const Ground& ground, const DocumentKind& kind)
{
    std::vector<std::string> order;
    const auto items = [&](std::string_view condition) {
        for (const auto& item : ground.items->items())
            if (item.condition == condition && holds(kind, item)) order.push_back("item." + item.code);
    };
    const auto under = [&](Heading heading) {
        for (const auto& item : ground.items->items())
            if (item.condition.empty() && holds(kind, item) && heading_of(kind, item) == heading)
                order.push_back("item." + item.code);
    };
    under(Heading::needed);
    for (const auto* field : {"source", "who", "channel", "received_on", "purpose_text", "purpose", "reason"})
        order.push_back(field);
    for (const auto heading : {Heading::person, Heading::contact, Heading::other}) under(heading);
    order.push_back("circumstance");
    for (const auto& condition : ground.items->conditions()) items(condition.code);
    const auto place = [&](const Refusal& refusal) { // what belongs to no field stands first
        const auto found = std::find(order.begin(), order.end(), refusal.field());
        return found == order.end() ? std::ptrdiff_t{-1} : found - order.begin();
    };
    std::stable_sort(refusals.begin(), refusals.end(),
                     [&](const Refusal& a, const Refusal& b) { return place(a) < place(b); });
    return refusals;
}

RecordContent content_in(const http::Fields& form, const Ground& ground)
{
    RecordContent content;
    for (const auto& [name, value] : form.pairs()) {
        constexpr std::string_view kItem = "item.", kKept = "kept.", kDetail = ".detail";
        if (name.starts_with(kItem) && !name.ends_with(kDetail))
            content.values[name.substr(kItem.size())] = value;
        else if (name.starts_with(kKept) && !value.empty())
            content.kept_words[name.substr(kKept.size())] = value;
    }
    for (auto& [code, value] : content.values) {
        const auto detail = form.get("item." + code + ".detail");
        const auto* item = ground.items->find(code);
        if (item != nullptr && is_open(value) && !detail.empty())
            value = fmt::format("{}{}）", value.substr(0, value.find(kOpen) + kOpen.size()), detail);
    }
    for (const auto& code : form.all("circumstance")) content.circumstances.emplace(code);
    auto& origin = content.origin;
    origin.source = source_of(form.get("source")).value_or(Source::person);
    origin.channel = channel_of(form.get("channel")).value_or(Channel::counter);
    origin.who = form.get("who");
    if (const auto day = CivilDate::parse(form.get("received_on"))) origin.received_on = *day;
    origin.purpose_text = number_in(form.get("purpose_text"));
    content.reason = form.get("reason");
    return content;
}

FormState filled_with(const RecordContent& content, const Ground& ground)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const auto& [code, text] : content.values) {
        const auto* item = ground.items->find(code);
        auto shown = text;
        if (item != nullptr && !item->values.empty())
            for (const auto& listed : item->values)
                if (is_open(listed) && text != listed && is_among(text, {listed})) {
                    const auto open = text.find(kOpen) + kOpen.size();
                    values.emplace_back("item." + code + ".detail",
                                        text.substr(open, text.size() - open - std::string_view("）").size()));
                    shown = listed;
                }
        values.emplace_back("item." + code, shown);
    }
    for (const auto& [code, why] : content.kept_words) values.emplace_back("kept." + code, why);
    for (const auto& code : content.circumstances) values.emplace_back("circumstance", code);
    values.emplace_back("source", code_of(content.origin.source));
    values.emplace_back("channel", code_of(content.origin.channel));
    values.emplace_back("who", content.origin.who);
    values.emplace_back("received_on", content.origin.received_on.iso());
    values.emplace_back("purpose_text", std::to_string(content.origin.purpose_text));
    return office::filled(std::move(values));
}

} // namespace azukari::vault::pages
