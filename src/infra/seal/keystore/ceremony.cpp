#include "infra/seal/keystore/ceremony.h"

namespace azukari::seal {

Result<Guarded> init_keystore(KeystoreOptions options, KeyProvider& provider, Entropy& entropy)
{
    AZK_TRY(auto keystore, Keystore::create(std::move(options), provider, entropy));
    auto shares = print_shares(keystore, entropy);
    return Guarded{std::move(keystore), std::move(shares)};
}

PrintedShares print_shares(const Keystore& keystore, Entropy& entropy)
{
    return divide_root(keystore.root(), entropy);
}

Result<PrintedShares> rotate_keystore(Keystore& keystore, KeyProvider& provider, KeyProvider* former, Entropy& entropy)
{
    AZK_REQUIRE(keystore.rotate_root(provider));
    if (former != nullptr && former != &provider) former->retire();
    return print_shares(keystore, entropy);
}

Result<Guarded> recover_keystore(KeystoreOptions options, std::span<const std::string> typed, KeyProvider& provider,
                                 Entropy& entropy)
{
    AZK_TRY(const auto root, join_root(typed));
    AZK_TRY(auto keystore, Keystore::recover(std::move(options), root, entropy));
    AZK_REQUIRE(keystore.rotate_root(provider));
    auto shares = print_shares(keystore, entropy);
    return Guarded{std::move(keystore), std::move(shares)};
}

} // namespace azukari::seal
