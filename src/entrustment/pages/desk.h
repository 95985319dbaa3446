// What the pages of the register work with, and what they share: the frame of one entrustment's pages.
#pragma once

#include "entrustment/register.h"
#include "infra/pdf/type/font_book.h"
#include "office/shell/shell.h"

#include <compare>
#include <functional>
#include <map>
#include <mutex>

namespace azukari::entrustment {

// Where the work of an entrustment is done: another room's pages, below the entrustment's own address.
struct Work {
    std::string label;           // 通知の印字
    std::string below;           // "/guidance"
    const access::Action* guard; // people whose role may not do it do not see the link
    std::string code{};          // the entrustment whose programme it is; empty: every entrustment has it
};

// How an entrustment is looked at: in which role, but not by whom. What is made from it can hold nobody's name.
struct Viewpoint {
    EntrustmentId entrustment;
    access::Role role;
    Viewpoint(const access::Scope& scope); // one about an entrustment
    auto operator<=>(const Viewpoint&) const = default;
};

enum class Tab { outline, items, measures, provisions, flow, versions, work_flow };

// Pages that were made before. What a tab of an entrustment says follows from its version and from what the reader's
// role may do there, and a version never changes; so a tab is made once for each role. Whether somebody may see it is
// decided before anybody looks here.
class Shelf {
public:
    using Made = std::shared_ptr<const office::Page>;

    // The page made from this very version, now or before. `make` may run in several workers at once.
    Made page(const Viewpoint& viewpoint, Tab tab, const std::shared_ptr<const Version>& version,
              const std::function<office::Page()>& make);

private:
    struct Place {
        Viewpoint viewpoint;
        Tab tab;
        auto operator<=>(const Place&) const = default;
    };
    struct Laid {
        std::shared_ptr<const Version> of; // held, so that no later version can stand at its address
        Made page;
    };
    static constexpr std::size_t kMost = 256; // of 10 to 40 KB; a full shelf is emptied

    std::mutex mutex_;
    std::map<Place, Laid> laid_;
};

struct Desk {
    Register& reg;
    const pdf::FontBook& fonts;
    std::vector<Work> work{}; // in the order in which it is done
    mutable Shelf shelf{};
};

// A page about one entrustment: its name as the title, the state of its version, what may be done, the tabs.
office::Page entrustment_frame(const Desk& desk, const Viewpoint& viewpoint, const Version& version, Tab current,
                               html::Html body);
// The address of one entrustment, and of a page below it.
html::Url address_of(const Viewpoint& viewpoint);
std::string path_of(const Viewpoint& viewpoint, std::string_view below = {});

office::Tone tone_of(VersionState state);
html::Html version_chip(const VersionMark& mark); // 第3版 編集中
bool may(const Viewpoint& viewpoint, const access::Action& action);

// Who an account belongs to, for people: 見本 太郎, or システム.
std::string name_of(const storage::Snapshot& snapshot, const std::string& account);

// A whole number out of an address or a form; nothing when it is none.
std::optional<std::int64_t> whole_number(std::string_view text);

} // namespace azukari::entrustment
