// 定時の処理: what the house does by itself, when each was done last, and what does not succeed.
#pragma once

#include "office/desk/desk.h"

namespace azukari::desk {

http::Response show_jobs(const Rooms& rooms, const office::Visit& visit);

} // namespace azukari::desk
