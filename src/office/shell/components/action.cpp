#include "office/shell/components/action.h"

#include "office/shell/components/form.h"
#include "office/shell/components/status.h"

#include <fmt/format.h>

namespace azukari::office {
namespace {

using namespace html;

std::string_view class_of(Weight weight)
{
    switch (weight) {
    case Weight::primary:
        return "button button-primary";
    case Weight::secondary:
        return "button button-secondary";
    case Weight::plain:
        return "button button-plain";
    case Weight::danger:
        return "button button-danger";
    }
    return "button";
}

} // namespace

Html submit_button(std::string_view label, Weight weight)
{
    return html::button({cls(class_of(weight)), {"type", "submit"}}, label);
}

Html submit_button(std::string_view label, Weight weight, std::string_view name, std::string_view value)
{
    return html::button({cls(class_of(weight)), {"type", "submit"}, {"name", name}, {"value", value}}, label);
}

Html link_button(std::string_view label, const Url& to, Weight weight)
{
    return a({cls(class_of(weight)), href(to)}, label);
}

Html button_row(const Html& buttons)
{
    return div({cls("button-row")}, buttons);
}

Html post_button(const Visit& visit, std::string_view label, const Url& to, Weight weight)
{
    return html::form({cls("button-form"), {"method", "post"}, {"action", to}}, hidden_field("csrf", visit.csrf),
                      submit_button(label, weight));
}

Page confirmation_page(const Visit& visit, const Confirmation& confirmation)
{
    const FormState state{{}, confirmation.refusals};
    Html carried = hidden_field("confirmed", "yes");
    for (const auto& [name, value] : confirmation.carried) carried += hidden_field(name, value);
    Html typed;
    if (!confirmation.typed_word.empty())
        typed = text_field(state, {.name = "typed",
                                   .label = fmt::format("確認のため「{}」と入力してください", confirmation.typed_word),
                                   .required = true,
                                   .size = Field::Size::medium});
    const bool grave = confirmation.weight == Weight::danger;
    const auto consequences =
        ul({cls("plain-list")}, each(confirmation.consequences, [](const auto& sentence) { return li(sentence); }));
    Page page{confirmation.title, {}};
    page.width = Width::text;
    page.body = join(error_summary(state),
                     notice(grave ? Tone::bad : Tone::caution, grave ? "取り消せない操作です" : "この操作で起きること",
                            consequences),
                     confirmation.summary,
                     post_form(visit, confirmation.action, carried, typed, confirmation.extra,
                               button_row(join(submit_button(confirmation.confirm_label, confirmation.weight),
                                               link_button("やめて戻る", confirmation.cancel, Weight::secondary)))));
    return page;
}

} // namespace azukari::office
