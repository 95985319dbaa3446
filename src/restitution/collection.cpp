#include "restitution/collection.h"

namespace azukari::restitution {

std::string_view code_of(Answer answer)
{
    switch (answer) {
    case Answer::collected:
        return "collected";
    case Answer::destroyed:
        return "destroyed";
    case Answer::kept:
        return "kept";
    case Answer::missing:
        return "missing";
    }
    return {};
}

std::string_view japanese(Answer answer)
{
    switch (answer) {
    case Answer::collected:
        return "回収した";
    case Answer::destroyed:
        return "廃棄・消去を確認した";
    case Answer::kept:
        return "納品されたものとして区が持っている";
    case Answer::missing:
        return "見当たらない";
    }
    return {};
}

std::optional<Answer> answer_of(std::string_view code)
{
    for (const auto answer : {Answer::collected, Answer::destroyed, Answer::kept, Answer::missing})
        if (code_of(answer) == code) return answer;
    return std::nullopt;
}

const Finding* finding_of(const std::vector<Finding>& findings, std::string_view thing)
{
    for (const auto& finding : findings)
        if (finding.thing == thing) return &finding;
    return nullptr;
}

Collection count(const std::vector<Thing>& things, const std::vector<Finding>& findings)
{
    Collection counted;
    for (const auto& thing : things) {
        ++counted.things;
        const auto* finding = finding_of(findings, thing.key);
        if (finding == nullptr) continue;
        ++counted.found;
        counted.missing += finding->answer == Answer::missing ? 1 : 0;
    }
    return counted;
}

} // namespace azukari::restitution
