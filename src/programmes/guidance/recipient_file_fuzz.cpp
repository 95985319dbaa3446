// Whatever bytes come as a ward's file, in the plain shape or in the 国保連's, they are read to the end or refused with a
// sentence; every row has the layout's columns, and what a message shows of a value is its shape.
#include "base/bytes.h"
#include "base/check.h"
#include "programmes/guidance/recipient_file.h"

namespace {

using namespace azukari;
using namespace azukari::guidance;

RecipientLayout layout_with(std::string_view file)
{
    const std::string columns = R"(
[[column]]
id = "kind"
header = "a"
item = "i"
kind = "text"
length = [1, 9]
required = "always"
[[column]]
id = "level"
header = "b"
occurrence = 2
item = "i"
kind = "digits"
length = [0, 9]
required = "optional"
unique = true
)";
    return RecipientLayout::parse("name = 'x'\nmaximum_rows = 50\n" + std::string(file) + columns, "fuzz.toml").value();
}

void read_all(const RecipientLayout& layout, std::string_view bytes)
{
    text::TextSource source(bytes);
    auto file = RecipientFile::open(source, layout, UndeclaredColumns::drop);
    if (!file) {
        AZK_CHECK(!file.error().sentence().empty());
        return;
    }
    Recipient recipient;
    std::vector<BadCell> bad;
    for (;;) {
        const auto more = file->next(recipient, bad);
        if (!more) AZK_CHECK(!more.error().sentence().empty());
        if (!more || !*more) break;
        AZK_CHECK(recipient.columns() == 2);
    }
    for (const auto& cell : bad) AZK_CHECK(!cell.sentence().empty() && cell.line > 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto plain = layout_with("");
    static const auto shaped = layout_with("[file]\ncontrol_row = 'K1'\ntrailer = 'counts'\n");
    const auto bytes = as_text({data, size});
    read_all(plain, bytes);
    read_all(shaped, bytes);
    return 0;
}
