// What a person can do: buttons, links that look like buttons, and the page that asks before something grave.
#pragma once

#include "infra/html/elements.h"
#include "infra/html/url.h"
#include "office/shell/page.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::office {

enum class Weight { primary, secondary, plain, danger };

// Submits the form it stands in. With `name`, the form tells which button it was: name=value.
html::Html submit_button(std::string_view label, Weight weight = Weight::primary);
html::Html submit_button(std::string_view label, Weight weight, std::string_view name, std::string_view value);
html::Html link_button(std::string_view label, const html::Url& to, Weight weight = Weight::secondary);
// Buttons in a row, the main one first.
html::Html button_row(const html::Html& buttons);
// A form that is only a button: 「確認した」.
html::Html post_button(const Visit& visit, std::string_view label, const html::Url& to,
                       Weight weight = Weight::secondary);

// The page before a grave action. Its form posts to `action` with the `carried` values and confirmed=yes.
struct Confirmation {
    std::string title;                     // 「名簿を区に提出します」
    std::vector<std::string> consequences; // what will happen, one sentence each
    html::Html summary;                    // what it is about: a description_list, as a rule
    std::string confirm_label;             // 「提出する」
    html::Url action;
    html::Url cancel;
    Weight weight = Weight::primary; // danger for what cannot be undone
    std::vector<std::pair<std::string, std::string>> carried{};
    std::string typed_word{};        // when set, the person types this word into the field "typed"
    html::Html extra{};              // further fields, re-authentication for instance
    std::vector<Refusal> refusals{}; // shown above; those with a field beside it
};
Page confirmation_page(const Visit& visit, const Confirmation& confirmation);

} // namespace azukari::office
