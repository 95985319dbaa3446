#include "infra/sheet/zip_password.h"

namespace azukari::sheet {

SecretText make_password(Entropy& entropy)
{
    // A byte at or beyond the last whole multiple would favour the first signs, and is thrown away.
    constexpr auto kFair = 256 / kPasswordSigns.size() * kPasswordSigns.size();
    std::string text;
    text.reserve(kPasswordGroups * (kPasswordGroup + 1));
    for (std::size_t signs = 0; signs < kPasswordGroups * kPasswordGroup;) {
        const auto byte = entropy.bytes<1>()[0];
        if (byte >= kFair) continue;
        if (signs > 0 && signs % kPasswordGroup == 0) text += '-';
        text += kPasswordSigns[byte % kPasswordSigns.size()];
        ++signs;
    }
    return SecretText(std::move(text));
}

} // namespace azukari::sheet
