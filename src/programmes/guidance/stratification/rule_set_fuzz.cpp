// Whatever a definition of the rule holds, reading it gives rules that judge a check-up without falling over, or a
// refusal with a sentence.
#include "base/bytes.h"
#include "base/check.h"
#include "programmes/guidance/stratification/judgement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    using namespace azukari::guidance::stratification;
    const auto rules = RuleSet::parse(azukari::as_text({data, size}), "fuzz.toml");
    if (!rules) {
        AZK_CHECK(!rules.error().sentence().empty());
        return 0;
    }
    Checkup checkup{.on = rules->from, .born = rules->from.plus_years(-50)};
    AZK_CHECK(!japanese(judge(*rules, checkup).level).empty());
    for (auto& value : checkup.measured) value = 120;
    checkup.medicines = {"2", "2", "2"};
    checkup.smoking = "1";
    AZK_CHECK(!japanese(judge(*rules, checkup).level).empty());
    return 0;
}
