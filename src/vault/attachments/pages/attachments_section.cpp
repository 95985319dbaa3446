// A person's attachments on that person's page.
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/pages/attachments_frame.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::attachments::pages {
namespace {

using namespace html;

// Opens it at once, for the purpose and reason that were just given.
Html opener(const office::Visit& visit, const access::Scope& scope, const Attachment& attachment, const Use& use)
{
    if (attachment.state != State::clean) return {};
    return office::post_form(visit, address(scope, attachment), office::hidden_field("purpose", use.purpose),
                             office::hidden_field("reason", use.reason),
                             office::submit_button("開く", office::Weight::secondary));
}

} // namespace

std::string name_of(const Attachment& attachment)
{
    const auto* paper = find_paper(attachment.paper);
    return std::string(paper == nullptr ? "書類" : paper->name);
}

Html chip_of(State state)
{
    const auto tone = state == State::clean     ? office::Tone::good
                      : state == State::waiting ? office::Tone::caution
                                                : office::Tone::bad;
    return office::chip(tone, japanese(state));
}

std::string megabytes(std::int64_t bytes)
{
    if (bytes < 100 * 1024) return fmt::format("{}KB", std::max<std::int64_t>(1, bytes / 1024));
    return fmt::format("{:.1f}MB", static_cast<double>(bytes) / (1024 * 1024));
}

http::Response show_failure(const office::Visit& visit, const Refusal& refusal)
{
    const bool absent = refusal.is(kNoSuchAttachment) || refusal.is(vault::kNoSuchPerson) ||
                        refusal.is(easel::kNoSuchPage) || refusal.is(kShowingOver);
    return office::show_refusal(visit, refusal, absent ? 404 : 409);
}

Html section(const Attachments& attachments, const office::Visit& visit, const access::Scope& scope,
             const Person& person, const Use* use)
{
    const auto all = attachments.vault().db().read([&](const storage::Snapshot& snapshot) {
        return attachments.of(snapshot, *scope.entrustment(), person.subject);
    });
    const bool adds = vault::pages::may(scope, access::actions::kAddAttachment) && !person.merged_into;
    const auto add = when(adds, office::link_button("書類を添付する", address(scope, person.subject)));
    const bool sees = vault::pages::may(scope, access::actions::kShowAttachment);
    office::Table table{
        .caption = "添付された書類",
        .columns = {{"書類"}, {"形式"}, {"ページ", {}, true}, {"大きさ", {}, true}, {"添付"}, {"ウイルス検査"}},
        .rows = {},
        .empty = "添付された書類はありません。",
        .empty_action = add,
        .caption_hidden = true};
    if (use != nullptr && sees) table.columns.push_back({"内容"});
    for (const auto& each : all) {
        table.rows.push_back({sees ? a({href(address(scope, each))}, name_of(each)) : Html(name_of(each)),
                              Html(easel::japanese(each.kind)), Html(each.pages), Html(megabytes(each.size)),
                              join(office::when_at(each.added_at), br(), each.added_by), chip_of(each.state)});
        if (use != nullptr && sees) table.rows.back().push_back(opener(visit, scope, each, *use));
    }
    return join(h2("添付"), office::data_table(visit, table), when(!all.empty() && adds, office::button_row(add)));
}

} // namespace azukari::vault::attachments::pages
