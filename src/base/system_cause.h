// Why the operating system would not do it, in words for an operator.
#pragma once

#include <string>
#include <system_error>

namespace azukari {

// "権限がありません", without a full stop; what has no words of ours keeps the system's own.
std::string cause_of(const std::error_code& error);
// Of errno.
std::string cause_of(int error);

} // namespace azukari
