#include "custody/handing/record.h"

#include "infra/seal/digest.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::custody {

bool Record::holds() const
{
    const auto *ward = signature(Side::ward), *contractor = signature(Side::contractor);
    return ward != nullptr && contractor != nullptr && ward->holds && contractor->holds;
}

const Resolution* Dispute::resolution(Side of) const
{
    const auto found =
        std::find_if(resolutions.begin(), resolutions.end(), [&](const auto& one) { return one.side == of; });
    return found == resolutions.end() ? nullptr : &*found;
}

const Dispute* Record::open_dispute() const
{
    const auto found = std::find_if(disputes.begin(), disputes.end(), [](const auto& one) { return one.is_open(); });
    return found == disputes.end() ? nullptr : &*found;
}

const RecordSignature* Record::signature(Side side) const
{
    for (const auto& each : signatures)
        if (each.side == side) return &each;
    return nullptr;
}

std::string text_of(const Record& record)
{
    const auto& hand_over = record.hand_over;
    const auto from = japanese(hand_over.from), to = japanese(other(hand_over.from));
    auto text =
        fmt::format("確認記録票\n委託 {}\n番号 {}\n区分 {}\n日時 {}\n渡した方 {} {}\n受け取った方 {} {}\n運んだ方 {}\n"
                    "返却の期限 {}\n",
                    record.entrustment.text(), record.number, japanese(hand_over.purpose), to_iso(hand_over.at), from,
                    record.giver, to, record.receiver, record.carrier, hand_over.due ? hand_over.due->iso() : "なし");
    for (std::size_t i = 0; i < record.lines.size(); ++i) {
        const auto& line = record.lines[i];
        text +=
            fmt::format("{} {} {} {} {}{}\n", i + 1, line.label, line.words, line.content, line.quantity, line.unit);
    }
    return text;
}

std::string digest_of(const Record& record)
{
    return hex(seal::sha256(as_bytes(text_of(record))));
}

} // namespace azukari::custody
