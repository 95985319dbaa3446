// Whatever a definition file holds, reading it either gives an entrustment that survives being written and read again,
// or a refusal with a sentence.
#include "base/bytes.h"
#include "base/check.h"
#include "entrustment/definition/definition.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari;
    const std::string_view text = azukari::as_text({data, size});
    const auto read = entrustment::read_entrustment(text, "fuzz.toml");
    if (read) {
        const auto again = entrustment::read_entrustment(entrustment::write_definition(*read), "again.toml");
        AZK_CHECK(again && *again == *read);
    } else {
        AZK_CHECK(!read.error().sentence().empty());
    }
    const auto catalogue = entrustment::read_catalogue(text, "fuzz.toml");
    AZK_CHECK(catalogue || !catalogue.error().sentence().empty());
    return 0;
}
