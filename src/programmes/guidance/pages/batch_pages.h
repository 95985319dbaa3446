// The handlers behind the routes of this programme; see guidance_pages.h.
#pragma once

#include "access/scope.h"
#include "office/shell/components/status.h"
#include "office/shell/page.h"
#include "programmes/guidance/pages/guidance_pages.h"

namespace azukari::guidance::pages {

office::Tone tone_of(BatchState state);
// The way back: the register, the entrustment by its name and, below the list, the list.
void add_crumbs(office::Page& page, const Rooms& rooms, const access::Scope& scope, bool below_list = true);
std::string_view title_of(std::string_view category); // 対象者区分 of a stored code

http::Response show_batches(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

http::Response show_intake(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response take_headings(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response refuse_large_file(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response take_file(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

http::Response show_batch(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response show_progress(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response ask_composing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response compose_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

// 校正紙: how the forms take the longest values, of nobody's.
http::Response show_proof(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response show_specimen(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response ask_approval(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response approve_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response ask_taking(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);
http::Response take_letters(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

// The batch the address names; refuses one of another entrustment or none.
Result<Batch> batch_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope);

} // namespace azukari::guidance::pages
