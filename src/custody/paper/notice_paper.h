// パスワード通知書: the password of one package on a paper of its own, in large signs, with the label it is found by.
#pragma once

#include "custody/packing/package.h"
#include "infra/pdf/paper.h"

namespace azukari::custody {

struct NoticePaper {
    const Package& package;
    std::string label;
    std::string entrustment; // 委託の名称
    std::string maker;       // who made the package: the ward's or the contractor's name
    std::string_view password;
    Instant printed;
};

// Refuses kUnprintable.
Result<void> write_notice_paper(const NoticePaper& paper, pdf::Sink& sink, const pdf::FontBook& fonts);
std::string notice_file_name(const Package& package); // パスワード通知書_第1号.pdf

} // namespace azukari::custody
