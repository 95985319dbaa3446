// Printers as the settings name them, and what they say in words.
#pragma once

#include "infra/wire/spooler.h"

#include <span>
#include <string>
#include <vector>

namespace azukari::printing {

struct Printer {
    std::string name; // 印刷先プリンタ名: 「印字室 1号機」
    std::string uri;
    auto operator<=>(const Printer&) const = default;
};

// nullptr when the settings do not name it.
const Printer* find_printer(std::span<const Printer> printers, std::string_view name);

// 「用紙がありません」; a reason that has no words here is shown as the printer said it.
std::string words_of_reason(std::string_view reason);
// What keeps the printer from printing, in words; empty when nothing does.
std::string trouble_of(const wire::PrinterReport& report);

} // namespace azukari::printing
