// The door of the dispatcher as the running system has it: sessions from the store, permissions from access.
#pragma once

#include "infra/storage/db.h"
#include "office/shell/dispatch.h"

namespace azukari::office {

// Finds the session of the cookie and notes, once a minute, that the person is still there.
FindSession stored_sessions(storage::Db& db, const access::Limits& limits);
Authorise stored_decisions(storage::Db& db, const access::Limits& limits);

} // namespace azukari::office
