// 今日すること: what waits for a person. Each room answers for itself when it is asked about one entrustment; the desk
// (office/desk) asks them all and shows the answers, most pressing first.
#pragma once

#include "access/decision.h"
#include "infra/html/url.h"
#include "office/shell/components/status.h"

#include <functional>
#include <string>
#include <vector>

namespace azukari::office {

struct Waiting {
    Tone tone;
    std::string what;  // 「名簿に、区へ未提出の変更があります」
    std::string where; // the entrustment's name; empty when it concerns the house
    html::Url address;
};

// One person, one entrustment, one snapshot; what they may do there decides what they are told.
struct Asked {
    const storage::Snapshot& snapshot;
    const access::Session& session;
    const Moment& moment;
    EntrustmentId entrustment;
    std::string_view code; // the word programmes know the entrustment by
    std::string_view name; // 事業名
    std::vector<Waiting>& found;

    std::optional<access::Scope> may(const access::Action& action) const
    {
        auto scope = access::authorise(snapshot, session, action, entrustment, moment);
        if (!scope) return std::nullopt;
        return *std::move(scope);
    }
    // `below` the entrustment's own address: "/roster".
    void tell(Tone tone, std::string what, std::string_view below) const
    {
        found.push_back({tone, std::move(what), std::string(name),
                         html::Url("/entrustments/" + entrustment.text() + std::string(below))});
    }
};

using Ask = std::function<void(const Asked&)>;

} // namespace azukari::office
