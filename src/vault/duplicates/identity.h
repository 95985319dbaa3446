// What tells two persons apart when their entries are compared, as it was opened from the vault; empty where unknown.
#pragma once

#include "base/id.h"

#include <string>

namespace azukari::duplicates {

struct Identity {
    SubjectId id;
    std::string name;    // 氏名, family name first; parted by a blank where it was written so
    std::string reading; // フリガナ
    std::string birth;   // in any notation
    std::string sex;     // 男, 女 or as the form has it; only compared
    std::string address;
    std::string telephone;
};

} // namespace azukari::duplicates
