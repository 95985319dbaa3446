#include "entrustment/pages/desk.h"

#include "access/signin/account_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::entrustment {

using namespace html;
using namespace office;

namespace {

Html actions_of(const Viewpoint& viewpoint, const Version& version, Tab current)
{
    Html out = link_button("審議会資料（PDF）", Url(path_of(viewpoint, "/paper.pdf")));
    if (may(viewpoint, access::actions::kEditRegister)) {
        constexpr std::string_view kSections[] = {"outline", "items", "measures", "provisions", "flows"};
        const auto tab = static_cast<std::size_t>(current);
        if (tab < std::size(kSections)) {
            std::string section(kSections[tab]);
            if (section == "items" || section == "measures") section += "-" + version.content.parts.front().code;
            out += link_button("編集する", Url(path_of(viewpoint, "/edit/" + section)), Weight::primary);
        }
    }
    return out;
}

Html next_steps(const Viewpoint& viewpoint, const Version& version)
{
    const bool draft = version.mark.state == VersionState::draft;
    Html out;
    if (draft && may(viewpoint, access::actions::kReportRegister))
        out += link_button("報告済みにする", Url(path_of(viewpoint, "/report")));
    if (draft && may(viewpoint, access::actions::kEditRegister))
        out += link_button("編集を取りやめる", Url(path_of(viewpoint, "/withdraw")), Weight::plain);
    if (!draft && may(viewpoint, access::actions::kEditRegister)) {
        if (!version.content.contractor_decided())
            out += link_button("委託先を決める", Url(path_of(viewpoint, "/contractor")));
        if (version.content.recurring()) out += link_button("次の年度に更新する", Url(path_of(viewpoint, "/carry")));
    }
    return out;
}

// From the paper to the work: who may do it, whether they were taught, and the pages of every room that works
// for this entrustment.
Html work_links(const Desk& desk, const Viewpoint& viewpoint, const Version& version)
{
    Html links;
    for (const auto& work : desk.work) {
        if (!work.code.empty() && work.code != version.content.code) continue;
        if (!may(viewpoint, *work.guard)) continue;
        links += link_button(work.label, Url(path_of(viewpoint, work.below)),
                             work.code.empty() ? Weight::secondary : Weight::primary);
    }
    return nav({cls("work-links"), Attribute("aria-label", "この委託の仕事")}, button_row(links));
}

} // namespace

Page entrustment_frame(const Desk& desk, const Viewpoint& viewpoint, const Version& version, Tab current, Html body)
{
    const std::pair<const char*, const char*> entries[] = {{"概要", ""},
                                                           {"情報項目", "/items"},
                                                           {"情報保護対策", "/measures"},
                                                           {"特記事項", "/provisions"},
                                                           {"個人情報の流れ", "/flow"},
                                                           {"版の履歴", "/versions"},
                                                           {"業務フロー", "/work-flow"}};
    std::vector<office::Tab> shown;
    for (std::size_t i = 0; i < std::size(entries); ++i)
        shown.push_back(
            {entries[i].first, Url(path_of(viewpoint, entries[i].second)), static_cast<std::size_t>(current) == i});
    const auto steps = next_steps(viewpoint, version);
    Page page{version.content.outline.name, join(work_links(desk, viewpoint, version), tabs("委託の内容", shown), body,
                                                 when(!steps.empty(), button_row(steps)))};
    page.crumbs = {{"委託の登録", Url("/entrustments")}};
    page.lead = join(version_chip(version.mark), " ",
                     when(!version.content.contractor_decided(), chip(Tone::caution, "委託先未定")),
                     p(version.content.paper.title));
    page.actions = actions_of(viewpoint, version, current);
    return page;
}

Viewpoint::Viewpoint(const access::Scope& scope) : entrustment(scope.entrustment().value()), role(scope.role()) {}

Shelf::Made Shelf::page(const Viewpoint& viewpoint, Tab tab, const std::shared_ptr<const Version>& version,
                        const std::function<office::Page()>& make)
{
    const Place place{viewpoint, tab};
    {
        const std::lock_guard lock(mutex_);
        const auto found = laid_.find(place);
        if (found != laid_.end() && found->second.of == version) return found->second.page;
    }
    auto made = std::make_shared<const office::Page>(make());
    const std::lock_guard lock(mutex_);
    if (laid_.size() >= kMost && !laid_.contains(place)) laid_.clear();
    laid_.insert_or_assign(place, Laid{version, made});
    return made;
}

std::string path_of(const Viewpoint& viewpoint, std::string_view below)
{
    return fmt::format("/entrustments/{}{}", viewpoint.entrustment.text(), below);
}

Url address_of(const Viewpoint& viewpoint)
{
    return Url(path_of(viewpoint));
}

Tone tone_of(VersionState state)
{
    switch (state) {
    case VersionState::draft:
        return Tone::info;
    case VersionState::withdrawn:
        return Tone::neutral;
    default:
        return Tone::good;
    }
}

Html version_chip(const VersionMark& mark)
{
    return chip(tone_of(mark.state), fmt::format("第{}版 {}", mark.number, japanese(mark.state)));
}

bool may(const Viewpoint& viewpoint, const access::Action& action)
{
    return access::grants(action, viewpoint.role);
}

std::string name_of(const storage::Snapshot& snapshot, const std::string& account)
{
    const auto id = AccountId::parse(account);
    if (!id) return "システム";
    const auto found = access::find_account(snapshot, *id);
    return found ? found->name : "（登録のない人）";
}

std::optional<std::int64_t> whole_number(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace azukari::entrustment
