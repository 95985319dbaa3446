#include "access/decision.h"

#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <sstream>

using namespace azukari;
using namespace azukari::access;

namespace {

const Action* action_of(const std::string& name)
{
    for (const auto& action : kActions)
        if (action.name == name) return &action;
    return nullptr;
}

// The fields of a line in the order of decision_model.py's line().
class Case {
public:
    explicit Case(const std::string& text) : in_(text) {}
    std::string word()
    {
        std::string next;
        in_ >> next;
        return next;
    }
    std::int64_t number() { return std::stoll(word()); }
    Instant at() { return {number()}; }
    std::optional<Instant> maybe_at()
    {
        const auto next = word();
        return next == "-" ? std::nullopt : std::optional(Instant{std::stoll(next)});
    }

private:
    std::istringstream in_;
};

struct Told {
    const Action* action;
    std::string answer;
    std::string expected;
};

Told decided(const std::string& text)
{
    Case in(text);
    const auto* action = action_of(in.word());
    REQUIRE(action != nullptr);
    Standing standing{static_cast<Role>(in.number())};
    standing.ward = in.number() == 1;
    standing.account = static_cast<AccountState>(in.number());
    standing.enrolled = in.number() == 1;
    const Moment moment(in.at());
    standing.started = in.at();
    standing.seen = in.at();
    standing.authenticated = in.at();
    const auto aim = in.number() == 1 ? Aim::entrustment : Aim::nothing;
    const bool known = in.number() == 1;
    EntrustmentStanding on;
    on.own = in.number() == 1;
    on.term.from = in.at();
    on.term.until = in.at();
    const auto kind = in.word();
    if (kind != "-") on.kind = static_cast<RosterKind>(std::stoi(kind));
    on.submitted = in.maybe_at();
    on.withdrawn = in.maybe_at();
    const auto from = in.maybe_at();
    const auto until = in.maybe_at();
    if (from) on.training = Validity{*from, *until};
    if (known) standing.entrustment = on;
    const auto result = decide(standing, *action, aim, moment, {});
    return {action, std::string(result ? "allowed" : result.error().code()), in.word()};
}

} // namespace

TEST_CASE("200,000 random standings are decided as the model decides them [K04] [K11] [K12] [K15]")
{
    std::ifstream in(AZK_DECISION_CASES);
    REQUIRE(in);
    std::map<std::string, int> answers;
    std::map<std::string_view, int> actions;
    int cases = 0;
    int differences = 0;
    for (std::string line; std::getline(in, line); ++cases) {
        const auto told = decided(line);
        ++answers[told.expected];
        ++actions[told.action->name];
        if (told.answer != told.expected && ++differences <= 10) FAIL_CHECK(line, " -> ", told.answer);
    }
    CHECK(cases == 200'000);
    CHECK(differences == 0);
    CHECK(answers.size() == 16); // every reason and "allowed" came up
    for (const auto& [answer, count] : answers) CHECK_MESSAGE(count > 300, answer);
    CHECK(actions.size() == std::size(kActions)); // the model knows every action
}
