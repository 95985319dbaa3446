// Text as a browser sends it from a text area, made into what the register keeps.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace azukari::entrustment {

// Line ends as '\n', nothing empty at the end.
std::string tidy(std::string_view sent);
// The lines that are not empty.
std::vector<std::string> lines_of(std::string_view sent);
// One measure a line; a number at its beginning is not part of it; lines that begin with "(1) " belong to the one
// above.
std::vector<std::string> measures_of(std::string_view sent);
// 区内在住、在勤、…: values between 、, which may hold 、 inside their own parentheses.
std::vector<std::string> split_values(std::string_view sent);

} // namespace azukari::entrustment
