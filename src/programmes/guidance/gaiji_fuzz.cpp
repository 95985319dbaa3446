// Whatever the table of 外字 holds, reading it gives a table or a refusal; and whatever a person's name holds, no
// private-use character is left in it once everything was known.
#include "base/bytes.h"
#include "base/check.h"
#include "infra/text/utf8.h"
#include "programmes/guidance/gaiji.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    using namespace azukari::guidance;
    const auto text = as_text({data, size});
    const auto table = GaijiTable::parse(text, "fuzz.toml");
    if (!table) {
        AZK_CHECK(!table.error().sentence().empty());
        return 0;
    }
    Recipient recipient;
    recipient.clear(2);
    recipient.add(text);
    recipient.add("\xEE\x80\x80見本");
    const auto unknown = table->resolve(recipient);
    AZK_CHECK(recipient.columns() == 2 && recipient.line() == 2);
    if (unknown.empty()) AZK_CHECK(recipient.value(1).find("\xEE\x80\x80") == std::string_view::npos);
    return 0;
}
