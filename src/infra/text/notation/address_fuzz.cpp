// Whatever is typed, an address is read into parts in their forms, and is the same place as itself when it has numbers.
#include "infra/text/notation/address.h"

#include "base/check.h"
#include "infra/text/definition_file.h"

using namespace azukari::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const NameFolding folding(KanjiVariants::of(Definition::parse("same = ['沢澤']", "table").value()).value());
    const auto address = read_address({reinterpret_cast<const char*>(data), size}, folding);
    for (const char16_t c : address.numbers) AZK_CHECK((c >= u'0' && c <= u'9') || c == u'-');
    for (const char16_t c : address.room) AZK_CHECK(c >= u'0' && c <= u'9');
    AZK_CHECK(address.town.find(u' ') == address.town.npos && address.building.find(u' ') == address.building.npos);
    AZK_CHECK(same_place(address, address) == !address.numbers.empty());
    AZK_CHECK(line_of(address).find(u"  ") == std::u16string::npos);
    return 0;
}
