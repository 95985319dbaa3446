// 保存期間・返還・消去: the pages on which what was entrusted comes to its end, for contractor, ward and auditor.
#pragma once

#include "erasure/certificate.h"
#include "infra/pdf/type/font_book.h"
#include "office/shell/visit.h"
#include "office/shell/waiting.h"
#include "restitution/return_package.h"
#include "retention/document.h"

namespace azukari::erasure::pages {

// What the register says of an entrustment, as far as these pages need it.
struct Told {
    Entrusted entrusted;
    std::string code;               // the word programmes and rules know it by
    std::vector<std::string> media; // 記録媒体 as the register declares them
};

// What the pages are lent. The references outlive the routes.
struct Rooms {
    const Means& means;
    const ledger::Publisher& publisher;
    const pdf::FontBook& fonts;
    const retention::Rules& rules;
    std::function<Result<Told>(const access::Scope&)> told;
    std::vector<retention::Source> sources;         // rooms that keep something for a while
    std::vector<restitution::ReturnSource> returns; // and what they give back
};

std::vector<office::Route> routes(const Rooms& rooms);

// 「今日すること」: approvals and checks that wait for this person, what is due, copies of keys past their time.
office::Ask tell_waiting(const retention::Rules& rules, std::vector<retention::Source> sources);

} // namespace azukari::erasure::pages
