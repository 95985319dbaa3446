#include "infra/seal/keystore/recovery_share.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <map>

using namespace azukari;
using namespace azukari::seal;

namespace {

std::array<std::string, 3> printed(const Key256& root, Entropy& entropy)
{
    const auto shares = divide_root(root, entropy);
    return {shares[0].reveal(), shares[1].reveal(), shares[2].reveal()};
}

Result<Key256> joined(std::initializer_list<std::string> typed)
{
    return join_root(std::vector<std::string>(typed));
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

} // namespace

TEST_CASE("any two of three shares give the root back, in any order")
{
    SystemEntropy entropy;
    for (int round = 0; round < 200; ++round) {
        const Key256 root(entropy.bytes<32>());
        const auto [a, b, c] = printed(root, entropy);
        for (const auto& [one, other] : {std::pair{a, b}, {b, a}, {a, c}, {c, a}, {b, c}, {c, b}})
            REQUIRE(joined({one, other})->reveal() == root.reveal());
        REQUIRE(joined({a, b, c})->reveal() == root.reveal());
    }
}

TEST_CASE("the printed form stays as it is, so that old paper can be read")
{
    SeededEntropy entropy(2);
    Key256 root;
    root.writable().fill(0x5A);
    const auto [a, b, c] = printed(root, entropy);
    CHECK(a == "預かり復旧 1/3\n"
               "1: 2525 FRPD WQ19 J582 M\n"
               "2: WFKH NR0C 5BA0 BD3E M\n"
               "3: D43K MVTP VMXG XC77 3\n"
               "4: VK25 G5W7 R3CR G14K A\n");
    CHECK(b == "預かり復旧 2/3\n"
               "1: 2925 FRKF 7XRW FH7A 5\n"
               "2: 6CXX MDFP Q9EY 979J 6\n"
               "3: 7KG9 MC22 9YCF 559V F\n"
               "4: 9NYN XG7V EP8X KKKX 6\n");
    CHECK(joined({b, c})->reveal() == root.reveal());
}

TEST_CASE("one share alone gives nothing: every root is as likely as any other")
{
    SystemEntropy entropy;
    const auto [a, b, c] = printed(Key256(entropy.bytes<32>()), entropy);
    CHECK(joined({a}).error().is(kTooFewShares));
    CHECK(joined({}).error().is(kTooFewShares));
    CHECK(joined({a, a}).error().sentence() == "復旧用の控え 1/3 が二度入力されています。別の復旧用の控えが要ります。");
    // The same root divided many times: two letters of a share take every value about equally
    // often.
    const Key256 root;
    std::map<std::string, int> seen;
    for (int i = 0; i < 4096; ++i) ++seen[printed(root, entropy)[0].substr(33, 2)];
    CHECK(seen.size() > 900);
    for (const auto& [letters, count] : seen) CHECK(count < 40);
}

TEST_CASE("shares are read in either case and width, with or without spaces, and letters that look alike")
{
    SystemEntropy entropy;
    const Key256 root(entropy.bytes<32>());
    const auto [a, b, c] = printed(root, entropy);
    auto sloppy = replaced(replaced(replaced(a, "0", "o"), "1", "l"), " ", "　");
    for (auto& letter : sloppy) letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
    sloppy = replaced(sloppy.substr(sloppy.find('\n') + 1), "a", "Ａ"); // without its title
    CHECK(joined({sloppy, b})->reveal() == root.reveal());
    CHECK(joined({replaced(a, "\n", "\r\n"), b})->reveal() == root.reveal());
}

TEST_CASE("a mistyped share names itself and the line")
{
    SystemEntropy entropy;
    const Key256 root(entropy.bytes<32>());
    const auto [a, b, c] = printed(root, entropy);
    const std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    int noticed = 0, named = 0, all = 0;
    for (std::size_t at = b.find('\n') + 4; at < b.size(); ++at) {
        if (alphabet.find(b[at]) == std::string_view::npos || b[at + 1] == ':') continue;
        auto typed = b;
        typed[at] = alphabet[(alphabet.find(b[at]) + 7) % 32];
        const auto result = joined({a, typed});
        ++all;
        if (result) continue;
        ++noticed;
        const auto line = std::count(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        if (result.error().is(kShareMistyped) &&
            result.error().sentence() == fmt::format("復旧用の控え 2/3 の{}行目に打ち間違いがあります。", line))
            ++named;
        else
            CHECK(result.error().sentence().find("2/3") != std::string::npos);
    }
    CHECK(all == 68);
    CHECK(noticed == all);
    CHECK(named >= 56);
    CHECK(joined({a, b.substr(0, b.size() - 5)})
              .error()
              .sentence()
              .starts_with("2枚目に入力した復旧用の控えを読み取れません。"));
    CHECK(joined({a, replaced(b, "1: ", "1: U")}).error().is(kShareUnreadable));
}

TEST_CASE("shares of two sets do not go together")
{
    SystemEntropy entropy;
    const Key256 root(entropy.bytes<32>());
    const auto first = printed(root, entropy);
    const auto second = printed(root, entropy);
    CHECK(joined({first[0], second[1]}).error().is(kSharesOfOtherSets));
}
