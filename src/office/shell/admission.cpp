#include "office/shell/admission.h"

#include "access/decision.h"
#include "access/session_store.h"

namespace azukari::office {

FindSession stored_sessions(storage::Db& db, const access::Limits& limits)
{
    return [&db, limits](const http::Request& request, const Moment& moment) -> Result<access::Session> {
        const auto token = http::cookie(request, access::kSessionCookie);
        if (token.empty()) return refuse(access::kNoSession);
        auto session = db.read(
            [&](const storage::Snapshot& snapshot) { return access::find_session(snapshot, token, moment, limits); });
        if (session && access::wants_touch(*session, moment))
            db.write([&](storage::Tx& tx) { access::touch_session(tx, session->id, moment); });
        return session;
    };
}

Authorise stored_decisions(storage::Db& db, const access::Limits& limits)
{
    return [&db, limits](const access::Session& session, const access::Action& action,
                         const std::optional<EntrustmentId>& entrustment, const Moment& moment) {
        return access::admit(db, session, action, entrustment, moment, limits);
    };
}

} // namespace azukari::office
