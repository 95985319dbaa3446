// What the pages of the ending share: their handlers, their addresses, the frame they stand in.
#pragma once

#include "erasure/pages/ending_pages.h"
#include "office/shell/shell.h"
#include "retention/hold_store.h"
#include "retention/worklist.h"

namespace azukari::erasure::pages {

#define AZK_ENDING_PAGE(name)                                                                                          \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_ENDING_PAGE(show_ending);
AZK_ENDING_PAGE(ask_plan);
AZK_ENDING_PAGE(make_plan);
AZK_ENDING_PAGE(show_erasure);
AZK_ENDING_PAGE(ask_agreement);
AZK_ENDING_PAGE(take_agreement);
AZK_ENDING_PAGE(withdraw_plan);
AZK_ENDING_PAGE(ask_destruction);
AZK_ENDING_PAGE(destroy);
AZK_ENDING_PAGE(go_on);
AZK_ENDING_PAGE(ask_check);
AZK_ENDING_PAGE(make_check);
AZK_ENDING_PAGE(make_final);
AZK_ENDING_PAGE(acknowledge_erasure);
AZK_ENDING_PAGE(take_certificate);
AZK_ENDING_PAGE(take_proof);
AZK_ENDING_PAGE(ask_hold);
AZK_ENDING_PAGE(set_hold);
AZK_ENDING_PAGE(ask_release);
AZK_ENDING_PAGE(lift_hold);
AZK_ENDING_PAGE(ask_document);
AZK_ENDING_PAGE(add_document);
AZK_ENDING_PAGE(show_document);
AZK_ENDING_PAGE(change_document);
AZK_ENDING_PAGE(show_backups);
AZK_ENDING_PAGE(add_backup);
AZK_ENDING_PAGE(ask_backup_end);
AZK_ENDING_PAGE(end_backup);
AZK_ENDING_PAGE(show_return);
AZK_ENDING_PAGE(take_return);
AZK_ENDING_PAGE(show_password);
AZK_ENDING_PAGE(show_collection);
AZK_ENDING_PAGE(add_finding);
#undef AZK_ENDING_PAGE

// `below`: "", "/erasures/new"; literals and ids only.
std::string path_of(const access::Scope& scope, std::string_view below);
html::Url address_of(const access::Scope& scope, std::string_view below);
std::string path_of(const access::Scope& scope, ErasureId id, std::string_view below = {});

enum class Part { overview, giving_back, collection, backups };
office::Page framed(const access::Scope& scope, const Told& told, std::string title, Part part, html::Html body);
// A page below the overview.
void stand_below(office::Page& page, const access::Scope& scope, const Told& told);

inline bool may(const access::Scope& scope, const access::Action& action)
{
    return access::grants(action, scope.role());
}

office::Tone tone_of(State state);
std::string name_of(const storage::Snapshot& snapshot, StaffId staff); // 「―」 when nobody is known by it
// 「一回分のデータ（2026年6月1日 10:05 受取）」: the target in words, where a room tells its label.
std::string spoken(const Target& target, std::span<const retention::Document> documents);
// The plan's figures.
html::Html scale_table(const Scale& scale);

// Everything kept for a while, by the rooms and by hand.
std::vector<retention::Document> documents_of(const Rooms& rooms, const storage::Snapshot& snapshot,
                                              EntrustmentId entrustment);
// Those of them that the periods of this entrustment know: a room that serves several kinds of work tells each thing
// once for each kind.
std::vector<retention::Document> ruled_documents(const Rooms& rooms, const storage::Snapshot& snapshot,
                                                 const access::Scope& scope, const Told& told);
// The erasure the address names.
Result<Erasure> erasure_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

} // namespace azukari::erasure::pages
