// Forms: fields with label, hint and error beside them, and a summary of errors that links to the fields. Values and
// errors come from a FormState, so the same code draws the empty form and the one that was refused:
//
//     FormState state = refused(visit.request.form, refusals);          // or filled({{"name", staff.name}})
//     post_form(visit, url("/staff"),
//         error_summary(state),
//         text_field(state, {.name = "name", .label = "氏名", .hint = "姓と名の間に空白", .required = true}),
//         select_field(state, {.name = "role", .label = "役割"}, {{"handler", "取扱者"}, …}),
//         button_row(submit_button("保存する")))
#pragma once

#include "base/result.h"
#include "infra/html/elements.h"
#include "infra/html/url.h"
#include "office/shell/visit.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::office {

// What stands in a form: the values of its fields and what was refused.
struct FormState {
    http::Fields values{};
    std::vector<Refusal> refusals{};

    std::string_view value(std::string_view field) const { return values.get(field); }
    const Refusal* refusal(std::string_view field) const;
};
FormState filled(std::vector<std::pair<std::string, std::string>> values);
FormState refused(const http::Fields& sent, std::vector<Refusal> refusals);
// The answer to a form that was refused: 422.
inline constexpr int kRefusedForm = 422;

struct Field {
    std::string_view name;
    std::string_view label;
    std::string_view hint = {};
    bool required = false;
    std::string_view type = "text"; // text_field: text, email, tel, url, search, password, number
    std::string_view autocomplete = "off";
    std::string_view inputmode = {};
    int max_length = 0; // 0: none
    int rows = 5;       // text_area
    enum class Size { full, medium, small } size = Size::full;
    bool disabled = false;
    std::uint64_t most_bytes = 0;    // file_field: of all files of the form together; 0: not said
    std::string_view too_large = {}; // file_field: what is said then; a sentence of the shell's when empty
    std::string_view needed_when = {}; // said instead of 「任意」 where a condition makes it needed: 「渡すときは必須」
};
struct Choice {
    std::string value;
    std::string label;
    std::string hint{};
    bool disabled = false;
    std::string group{}; // select_field: neighbours of one group stand under this heading
};

html::Html error_summary(const FormState& state); // nothing when nothing was refused
html::Html text_field(const FormState& state, const Field& field);
html::Html text_area(const FormState& state, const Field& field);
html::Html select_field(const FormState& state, const Field& field, std::span<const Choice> choices);
html::Html radio_group(const FormState& state, const Field& field, std::span<const Choice> choices);
// Several may be chosen; `name` repeats.
html::Html checkbox_group(const FormState& state, const Field& field, std::span<const Choice> choices);
html::Html checkbox(const FormState& state, const Field& field, std::string_view value = "yes");
html::Html date_field(const FormState& state, const Field& field); // "2026-04-01"
// Files that are too large are refused by the server and, with scripts, before they are sent.
html::Html file_field(const FormState& state, const Field& field, std::string_view accept = {});
// What is said of them beside a field.
Refusal files_too_large(std::string field, std::uint64_t most_bytes = kUploadBytes);
html::Html hidden_field(std::string_view name, std::string_view value);
// A group of fields under a heading.
html::Html field_group(std::string_view heading, const html::Html& fields, std::string_view hint = {});

namespace detail {
html::Html form_element(const Visit& visit, const html::Url& action, bool files, bool guarded, const html::Html& body);
html::Html filter_element(const html::Url& action, const html::Html& body);
} // namespace detail

// A form that changes something: POST with the CSRF token.
template <class... Parts>
html::Html post_form(const Visit& visit, const html::Url& action, const Parts&... parts)
{
    return detail::form_element(visit, action, false, false, html::join(parts...));
}
// The same for a long form: leaving with unsaved changes asks first (with scripts).
template <class... Parts>
html::Html long_form(const Visit& visit, const html::Url& action, const Parts&... parts)
{
    return detail::form_element(visit, action, false, true, html::join(parts...));
}
// With files (multipart); its route is made by upload().
template <class... Parts>
html::Html upload_form(const Visit& visit, const html::Url& action, const Parts&... parts)
{
    return detail::form_element(visit, action, true, false, html::join(parts...));
}
// Narrows a list: GET, fields in a row, a button 「絞り込む」 and a link that clears.
template <class... Parts>
html::Html filter_form(const html::Url& action, const Parts&... parts)
{
    return detail::filter_element(action, html::join(parts...));
}

} // namespace azukari::office
