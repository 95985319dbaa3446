// 見本の対象者: a dozen people nobody is, who applied for the course, with the agency to which they may be introduced.
#pragma once

#include "vault/vault.h"

namespace azukari::app {

// `declaring`: of a ward officer; `recording`: of a handler of the contractor.
Result<void> fill_persons(const vault::Vault& vault, const access::Scope& declaring, const access::Scope& recording);

} // namespace azukari::app
