// The parts of pages that speak with an authenticator: what passkey.js needs, and what it sends back.
#pragma once

#include "access/pages/rooms.h"
#include "office/shell/page.h"

namespace azukari::access::pages {

// A button that asks the browser for a passkey; invisible without scripts. `challenge` is where the question comes
// from, `action` where the answer goes.
html::Html passkey_form(const office::Visit& visit, const html::Url& challenge, const html::Url& action,
                        std::string_view label, const html::Html& fields);
html::Url passkey_script();

// The question as JSON: to prove a passkey, or to make one for the account.
http::Response assertion_question(const Rooms& rooms, Asking asking, const Session* session, const Moment& moment);
http::Response enrolment_question(const Rooms& rooms, const Session& session, const Moment& moment);

// The answer out of the posted form; malformed parts are empty and will be refused.
PasskeyAnswer posted_answer(const http::Request& request);

} // namespace azukari::access::pages
