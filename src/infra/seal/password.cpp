#include "infra/seal/password.h"

#include "base/check.h"
#include "base/fault.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sodium.h>

namespace azukari::seal {
namespace {

using Salt = std::array<std::uint8_t, 16>;

struct Stored {
    PasswordCost cost;
    Salt salt;
    std::array<std::uint8_t, 32> hash;
};

std::string unpadded(std::string base64_text)
{
    base64_text.erase(base64_text.find_last_not_of('=') + 1);
    return base64_text;
}

template <std::size_t N>
bool read_unpadded(std::string_view text, std::array<std::uint8_t, N>& out)
{
    const auto bytes = from_base64(std::string(text) + std::string((4 - text.size() % 4) % 4, '='));
    if (!bytes || bytes->size() != N) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

bool read_number(std::string_view& text, std::string_view prefix, std::uint32_t& out)
{
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

// Costs are bounded, so that a table somebody wrote into cannot make the server choke.
std::optional<Stored> parse(std::string_view text)
{
    Stored stored{};
    if (!read_number(text, "$argon2id$v=19$m=", stored.cost.memory_kib)) return std::nullopt;
    if (!read_number(text, ",t=", stored.cost.passes)) return std::nullopt;
    if (!text.starts_with(",p=1$")) return std::nullopt;
    text.remove_prefix(5);
    if (stored.cost.memory_kib < 8 || stored.cost.memory_kib > 1024 * 1024) return std::nullopt;
    if (stored.cost.passes < 1 || stored.cost.passes > 16) return std::nullopt;
    const auto dollar = text.find('$');
    if (dollar == std::string_view::npos) return std::nullopt;
    if (!read_unpadded(text.substr(0, dollar), stored.salt)) return std::nullopt;
    if (!read_unpadded(text.substr(dollar + 1), stored.hash)) return std::nullopt;
    return stored;
}

class Place { // one of the few that may hash at once
public:
    explicit Place(std::counting_semaphore<>& places) : places_(places) { places_.acquire(); }
    ~Place() { places_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::counting_semaphore<>& places_;
};

} // namespace

Key256 stretch(const SecretText& secret, const Salt& salt, PasswordCost cost)
{
    AZK_CHECK(sodium_init() >= 0);
    static_assert(crypto_pwhash_argon2id_SALTBYTES == std::tuple_size_v<Salt>);
    Key256 key;
    const auto& text = secret.reveal();
    if (crypto_pwhash_argon2id(key.writable().data(), key.writable().size(), text.data(), text.size(), salt.data(),
                               cost.passes, std::size_t{cost.memory_kib} * 1024,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        throw Fault("パスワードの計算に必要なメモリを確保できません。", true);
    return key;
}

std::string Passwords::hash(const SecretText& password, Entropy& entropy)
{
    const auto salt = entropy.bytes<16>();
    const Place place(places_);
    const auto key = stretch(password, salt, cost_);
    return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost_.memory_kib, cost_.passes, unpadded(base64(salt)),
                       unpadded(base64(key.reveal())));
}

bool Passwords::verify(const std::optional<std::string>& stored, const SecretText& password)
{
    const auto known = stored ? parse(*stored) : std::nullopt;
    const Place place(places_);
    const auto key = stretch(password, known ? known->salt : Salt{}, known ? known->cost : cost_);
    return known && equal_in_constant_time(key.reveal(), known->hash);
}

bool Passwords::outdated(std::string_view stored) const
{
    const auto known = parse(stored);
    return !known || known->cost != cost_;
}

} // namespace azukari::seal
