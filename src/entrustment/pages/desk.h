// What the pages of the register work with, and what they share: the frame of one entrustment's pages.
#pragma once

#include "entrustment/register.h"
#include "infra/pdf/type/font_book.h"
#include "office/shell/shell.h"

namespace azukari::entrustment {

// Where the work of an entrustment is done: another room's pages, below the entrustment's own address.
struct Work {
    std::string label;           // 通知の印字
    std::string below;           // "/guidance"
    const access::Action* guard; // people whose role may not do it do not see the link
    std::string code{};          // the entrustment whose programme it is; empty: every entrustment has it
};

struct Desk {
    Register& reg;
    const pdf::FontBook& fonts;
    std::vector<Work> work{}; // in the order in which it is done
};

enum class Tab { outline, items, measures, provisions, flow, versions, work_flow };

// A page about one entrustment: its name as the title, the state of its version, what may be done, the tabs.
office::Page entrustment_frame(const Desk& desk, const access::Scope& scope, const Version& version, Tab current,
                               html::Html body);
// The address of one entrustment, and of a page below it.
html::Url address_of(const access::Scope& scope);
std::string path_of(const access::Scope& scope, std::string_view below = {});

office::Tone tone_of(VersionState state);
html::Html version_chip(const VersionMark& mark); // 第3版 編集中
bool may(const access::Scope& scope, const access::Action& action);

// Who an account belongs to, for people: 見本 太郎, or システム.
std::string name_of(const storage::Snapshot& snapshot, const std::string& account);

// A whole number out of an address or a form; nothing when it is none.
std::optional<std::int64_t> whole_number(std::string_view text);

} // namespace azukari::entrustment
