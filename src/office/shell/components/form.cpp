#include "office/shell/components/form.h"

#include "office/shell/components/action.h"
#include "office/shell/shell_refusals.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

std::string id_of(std::string_view name, std::size_t index = 0)
{
    return index == 0 ? fmt::format("f-{}", name) : fmt::format("f-{}-{}", name, index + 1);
}

std::string_view size_class(Field::Size size)
{
    switch (size) {
    case Field::Size::full:
        return "";
    case Field::Size::medium:
        return " size-medium";
    case Field::Size::small:
        return " size-small";
    }
    return "";
}

// The ids of the hint and the error that belong to a field, for aria-describedby.
std::string described_by(const FormState& state, const Field& field)
{
    std::string ids;
    if (!field.hint.empty()) ids = fmt::format("h-{}", field.name);
    if (state.refusal(field.name) != nullptr) ids += fmt::format("{}e-{}", ids.empty() ? "" : " ", field.name);
    return ids;
}

Html mark(const Field& field)
{
    if (field.required) return span({cls("field-required")}, "必須");
    return span({cls("field-optional")}, field.needed_when.empty() ? "任意" : field.needed_when);
}

Html hint_and_error(const FormState& state, const Field& field)
{
    Html out;
    if (!field.hint.empty()) out += p({cls("field-hint"), {"id", fmt::format("h-{}", field.name)}}, field.hint);
    if (const auto* refusal = state.refusal(field.name))
        out += p({cls("field-error"), {"id", fmt::format("e-{}", field.name)}},
                 span({cls("visually-hidden")}, "エラー: "), refusal->sentence());
    return out;
}

std::string_view field_class(const FormState& state, const Field& field)
{
    return state.refusal(field.name) != nullptr ? "field field-refused" : "field";
}

Html labelled(const FormState& state, const Field& field, const Html& control)
{
    return div({cls(field_class(state, field))},
               label({{"for", id_of(field.name)}, cls("field-label")}, field.label, mark(field)),
               hint_and_error(state, field), control);
}

Html one_input(const FormState& state, const Field& field, std::string_view type, std::string_view accept)
{
    const auto described = described_by(state, field);
    const auto too_large = !field.too_large.empty() ? std::string(field.too_large)
                           : field.most_bytes > 0   ? files_too_large({}, field.most_bytes).sentence()
                                                    : std::string();
    // A password or a file is never written back into the page.
    const bool shows_value = type != "password" && type != "file";
    return input({{"type", type},
                  {"id", id_of(field.name)},
                  {"name", field.name},
                  cls(fmt::format("input{}", size_class(field.size))),
                  {"value", state.value(field.name), shows_value && !state.value(field.name).empty()},
                  {"autocomplete", field.autocomplete, type != "file"},
                  {"inputmode", field.inputmode, !field.inputmode.empty()},
                  {"maxlength", std::to_string(field.max_length), field.max_length > 0},
                  {"accept", accept, !accept.empty()},
                  {"data-most", std::to_string(field.most_bytes), field.most_bytes > 0},
                  {"data-too-large", too_large, field.most_bytes > 0},
                  {"aria-describedby", described, !described.empty()},
                  {"aria-invalid", "true", state.refusal(field.name) != nullptr},
                  flag("required", field.required),
                  flag("disabled", field.disabled)});
}

Html option_group(const FormState& state, const Field& field, std::span<const Choice> choices, std::string_view type)
{
    const auto chosen = state.values.all(field.name);
    const auto described = described_by(state, field);
    Html options;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto& choice = choices[i];
        const bool checked = std::find(chosen.begin(), chosen.end(), choice.value) != chosen.end();
        options += div({cls("option")},
                       input({{"type", type},
                              {"id", id_of(field.name, i)},
                              {"name", field.name},
                              {"value", choice.value},
                              flag("checked", checked),
                              flag("required", field.required && type == "radio"),
                              flag("disabled", field.disabled || choice.disabled)}),
                       label({{"for", id_of(field.name, i)}}, choice.label,
                             when(!choice.hint.empty(), span({cls("option-hint")}, choice.hint))));
    }
    return fieldset({cls(field_class(state, field)), {"aria-describedby", described, !described.empty()}},
                    legend({cls("field-label")}, field.label, mark(field)), hint_and_error(state, field),
                    div({cls("options")}, options));
}

} // namespace

const Refusal* FormState::refusal(std::string_view field) const
{
    for (const auto& refusal : refusals)
        if (refusal.field() == field) return &refusal;
    return nullptr;
}

FormState filled(std::vector<std::pair<std::string, std::string>> values)
{
    FormState state;
    for (auto& [name, value] : values) state.values.add(std::move(name), std::move(value));
    return state;
}

FormState refused(const http::Fields& sent, std::vector<Refusal> refusals)
{
    return {sent, std::move(refusals)};
}

Html error_summary(const FormState& state)
{
    if (state.refusals.empty()) return {};
    const auto items = each(state.refusals, [](const Refusal& refusal) {
        if (refusal.field().empty()) return li(refusal.sentence());
        return li(a({href(Url("#" + id_of(refusal.field())))}, refusal.sentence()));
    });
    return div(
        {cls("error-summary"), {"role", "alert"}, {"tabindex", "-1"}, {"id", "errors"}},
        h2({cls("error-summary-heading")}, fmt::format("入力内容を確かめてください（{}件）", state.refusals.size())),
        ul(items));
}

Html text_field(const FormState& state, const Field& field)
{
    return labelled(state, field, one_input(state, field, field.type, {}));
}

Html date_field(const FormState& state, const Field& field)
{
    auto date = field;
    if (date.size == Field::Size::full) date.size = Field::Size::medium;
    return labelled(state, date, one_input(state, date, "date", {}));
}

Refusal files_too_large(std::string field, std::uint64_t most_bytes)
{
    return Refusal(kFilesTooLarge, {std::to_string(most_bytes >> 20)}, std::move(field));
}

Html file_field(const FormState& state, const Field& field, std::string_view accept)
{
    return labelled(state, field, one_input(state, field, "file", accept));
}

Html text_area(const FormState& state, const Field& field)
{
    const auto described = described_by(state, field);
    // The first line end after <textarea> is dropped by browsers; one of our own keeps the text's.
    return labelled(state, field,
                    textarea({{"id", id_of(field.name)},
                              {"name", field.name},
                              cls(fmt::format("input{}", size_class(field.size))),
                              {"rows", field.rows},
                              {"maxlength", std::to_string(field.max_length), field.max_length > 0},
                              {"aria-describedby", described, !described.empty()},
                              {"aria-invalid", "true", state.refusal(field.name) != nullptr},
                              flag("required", field.required),
                              flag("disabled", field.disabled)},
                             "\n", state.value(field.name)));
}

Html select_field(const FormState& state, const Field& field, std::span<const Choice> choices)
{
    const auto described = described_by(state, field);
    Html options;
    for (std::size_t i = 0; i < choices.size();) {
        const auto& group = choices[i].group;
        Html members;
        for (; i < choices.size() && choices[i].group == group; ++i)
            members += option({{"value", choices[i].value},
                               flag("selected", choices[i].value == state.value(field.name)),
                               flag("disabled", choices[i].disabled)},
                              choices[i].label);
        options += group.empty() ? members : optgroup({{"label", group}}, members);
    }
    return labelled(state, field,
                    select_element({{"id", id_of(field.name)},
                                    {"name", field.name},
                                    cls(fmt::format("input select{}", size_class(field.size))),
                                    {"aria-describedby", described, !described.empty()},
                                    {"aria-invalid", "true", state.refusal(field.name) != nullptr},
                                    flag("required", field.required),
                                    flag("disabled", field.disabled)},
                                   options));
}

Html radio_group(const FormState& state, const Field& field, std::span<const Choice> choices)
{
    return option_group(state, field, choices, "radio");
}

Html checkbox_group(const FormState& state, const Field& field, std::span<const Choice> choices)
{
    return option_group(state, field, choices, "checkbox");
}

Html checkbox(const FormState& state, const Field& field, std::string_view value)
{
    const auto described = described_by(state, field);
    return div({cls(field_class(state, field))},
               div({cls("option")},
                   input({{"type", "checkbox"},
                          {"id", id_of(field.name)},
                          {"name", field.name},
                          {"value", value},
                          {"aria-describedby", described, !described.empty()},
                          {"aria-invalid", "true", state.refusal(field.name) != nullptr},
                          flag("checked", state.value(field.name) == value),
                          flag("required", field.required),
                          flag("disabled", field.disabled)}),
                   label({{"for", id_of(field.name)}}, field.label)),
               hint_and_error(state, field));
}

Html hidden_field(std::string_view name, std::string_view value)
{
    return input({{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html field_group(std::string_view heading, const Html& fields, std::string_view hint)
{
    return fieldset({cls("field-group")}, legend({cls("field-group-heading")}, heading),
                    when(!hint.empty(), p({cls("field-hint")}, hint)), fields);
}

namespace detail {

// The browser's own messages would hide ours, which say more: novalidate.
Html form_element(const Visit& visit, const Url& action, bool files, bool guarded, const Html& body)
{
    return html::form({cls("form"),
                       {"method", "post"},
                       {"action", action},
                       {"enctype", "multipart/form-data", files},
                       flag("novalidate", true),
                       flag("data-guarded", guarded)},
                      hidden_field("csrf", visit.csrf), body);
}

Html filter_element(const Url& action, const Html& body)
{
    return html::form({cls("filter"), {"method", "get"}, {"action", action}, {"role", "search"}},
                      div({cls("filter-fields")}, body),
                      button_row(join(submit_button("絞り込む", Weight::secondary),
                                      link_button("条件を消す", action, Weight::plain))));
}

} // namespace detail
} // namespace azukari::office
