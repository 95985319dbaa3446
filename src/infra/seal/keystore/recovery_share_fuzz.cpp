// Whatever two people type, they get the root or a sentence that says what to look at again.
#include "base/check.h"
#include "infra/seal/keystore/recovery_share.h"

#include <algorithm>

using namespace azukari;
using namespace azukari::seal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = as_text({data, size});
    const auto middle = std::min(text.find('\0'), text.size());
    const std::string typed[] = {std::string(text.substr(0, middle)),
                                 std::string(text.substr(std::min(middle + 1, text.size())))};
    if (const auto root = join_root(typed); !root) AZK_CHECK(!root.error().sentence().empty());
    return 0;
}
