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

// Whether it can be looked at; of what was taken back by whom, when and why, and what more was said, once it is opened.
Html state_of(const Attachments& attachments, const access::Scope& scope, const Attachment& attachment, bool opened)
{
    if (!attachment.withdrawal) return chip_of(attachment.state);
    const auto words = opened ? attachments.words_of(scope, attachment).value_or("") : std::string();
    return join(chip_of(attachment.state), br(), told_of(*attachment.withdrawal),
                when(!words.empty(), join(br(), "補足: ", words)));
}

} // namespace

std::string name_of(const Attachment& attachment)
{
    const auto* paper = find_paper(attachment.paper);
    return std::string(paper == nullptr ? "書類" : paper->name);
}

Html chip_of(State state)
{
    const auto tone = state == State::clean       ? office::Tone::good
                      : state == State::waiting   ? office::Tone::caution
                      : state == State::withdrawn ? office::Tone::neutral
                                                  : office::Tone::bad;
    return office::chip(tone, japanese(state));
}

std::string megabytes(std::int64_t bytes)
{
    if (bytes < 100 * 1024) return fmt::format("{}KB", std::max<std::int64_t>(1, bytes / 1024));
    return fmt::format("{:.1f}MB", static_cast<double>(bytes) / (1024 * 1024));
}

Result<Attachment> attachment_in(const storage::Snapshot& snapshot, const office::Visit& visit,
                                 const access::Scope& scope)
{
    const auto subject = vault::pages::person_in(visit);
    const auto id = AttachmentId::parse(visit.request.path_params.get("attachment"));
    if (!subject || !id) return refuse(kNoSuchAttachment);
    return find_attachment(snapshot, *scope.entrustment(), *subject, *id);
}

office::Page framed(const Rooms& rooms, const access::Scope& scope, const Attachment& attachment, std::string title,
                    Html body)
{
    auto page = vault::pages::framed(rooms.vault, scope, std::move(title), std::move(body));
    page.crumbs.push_back({"この方", vault::pages::address(scope, attachment.subject)});
    return page;
}

Html facts(const Attachment& attachment, std::string_view file_name)
{
    std::vector<office::Term> terms{
        {"形式", Html(fmt::format("{}　{}ページ　{}", easel::japanese(attachment.kind), attachment.pages,
                                  megabytes(attachment.size)))},
        {"添付", join(office::when_at(attachment.added_at), "　", attachment.added_by)},
        {"状態",
         join(chip_of(attachment.state), "　",
              attachment.checked_at && !attachment.withdrawal ? office::when_at(*attachment.checked_at) : Html())}};
    if (!file_name.empty()) terms.insert(terms.begin(), {"ファイルの名前", Html(file_name)});
    return office::description_list(terms);
}

Html told_of(const Withdrawal& withdrawal)
{
    const auto* cause = find_cause(withdrawal.cause);
    return join(Html(cause == nullptr ? std::string_view("そのほか") : cause->name), "（",
                office::when_at(withdrawal.at), "　", withdrawal.by, "）");
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
    office::Table table{.caption = "添付された書類",
                        .columns = {{"書類"}, {"形式"}, {"ページ", {}, true}, {"大きさ", {}, true}, {"添付"}, {"状態"}},
                        .rows = {},
                        .empty = "添付された書類はありません。",
                        .empty_action = add,
                        .caption_hidden = true};
    if (use != nullptr && sees) table.columns.push_back({"内容"});
    for (const auto& each : all) {
        table.rows.push_back({sees ? a({href(address(scope, each))}, name_of(each)) : Html(name_of(each)),
                              Html(easel::japanese(each.kind)), Html(each.pages), Html(megabytes(each.size)),
                              join(office::when_at(each.added_at), br(), each.added_by),
                              state_of(attachments, scope, each, use != nullptr && sees)});
        if (use != nullptr && sees) table.rows.back().push_back(opener(visit, scope, each, *use));
    }
    return join(h2("添付"), office::data_table(visit, table), when(!all.empty() && adds, office::button_row(add)));
}

} // namespace azukari::vault::attachments::pages
