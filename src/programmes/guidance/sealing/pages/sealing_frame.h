// What the pages of the line share: their handlers, their addresses, the frame they stand in.
#pragma once

#include "access/scope.h"
#include "office/shell/shell.h"
#include "programmes/guidance/batch/batch.h"
#include "programmes/guidance/sealing/envelope_store.h"
#include "programmes/guidance/sealing/pages/sealing_pages.h"

namespace azukari::guidance::sealing_pages {

#define AZK_SEALING_PAGE(name)                                                                                         \
    http::Response name(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
AZK_SEALING_PAGE(show_overview);
AZK_SEALING_PAGE(ask_closing);
AZK_SEALING_PAGE(close_batch);
AZK_SEALING_PAGE(show_line);
AZK_SEALING_PAGE(take_scan);
AZK_SEALING_PAGE(seal_envelope);
AZK_SEALING_PAGE(release_envelope);
AZK_SEALING_PAGE(reopen_envelope);
AZK_SEALING_PAGE(take_command_cards);
AZK_SEALING_PAGE(ask_spoiling);
AZK_SEALING_PAGE(save_spoiling);
AZK_SEALING_PAGE(ask_missing);
AZK_SEALING_PAGE(agree_to_missing);
AZK_SEALING_PAGE(ask_pull);
AZK_SEALING_PAGE(save_pull);
AZK_SEALING_PAGE(save_taken_out);
AZK_SEALING_PAGE(show_inserts);
AZK_SEALING_PAGE(save_insert_move);
AZK_SEALING_PAGE(show_packing);
AZK_SEALING_PAGE(tie_bundle);
AZK_SEALING_PAGE(fill_box);
AZK_SEALING_PAGE(take_packing_labels);
#undef AZK_SEALING_PAGE

// The batch the address names; refuses one of another entrustment or none.
Result<Batch> batch_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

// `below`: "", "/line", "/spoil"; literals and codes only.
std::string path_of(const Batch& batch, std::string_view below);
html::Url address_of(const Batch& batch, std::string_view below);

enum class Part { overview, line, spoil, pull, inserts, packing };
// The page with its crumbs and the tabs that this person may open.
office::Page framed(const Rooms& rooms, const access::Scope& scope, const Batch& batch, std::string title, Part part,
                    html::Html body);
// A page below the overview: a confirmation.
void stand_below(office::Page& page, const Rooms& rooms, const access::Scope& scope, const Batch& batch);

inline bool may(const access::Scope& scope, const access::Action& action)
{
    return access::grants(action, scope.role());
}

std::string_view title_of(std::string_view category);                  // 対象者区分 of a stored code
std::string label_of(std::string_view category, std::int64_t serial);  // "C-00012"
std::string name_of(const storage::Snapshot& snapshot, StaffId staff); // 「―」 when nobody is known by it

// The letter that somebody typed, "C-00012", or whose paper was read by a scanner. Refuses kNoSuchLetter and, of a
// paper of another run, kOtherBatchPaper; both at the field "letter".
Result<LetterName> letter_named(const Batch& batch, std::string_view typed);

} // namespace azukari::guidance::sealing_pages
