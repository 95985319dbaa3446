#include "access/signin/password_rules.h"

#include "infra/text/folding.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <set>
#include <vector>

namespace azukari::access {
namespace {

// What everybody around the service would try first; compared without regard to case and width.
constexpr std::string_view kGuessable[] = {
    "azukari",  "預かり",   "あずかり",   "アズカリ",   "新宿",           "しんじゅく",    "シンジュク", "shinjuku",
    "password", "passw0rd", "パスワード", "ぱすわーど", "個人情報",       "委託",          "受託",       "取扱責任者",
    "健診",     "健康診査", "利用券",     "介護人材",   "ベビーシッター", "自立相談",      "qwerty",     "asdfgh",
    "zxcvbn",   "1qaz2wsx", "letmein",    "welcome",    "iloveyou",       "administrator", "abcdef",     "123456",
    "654321",   "いろはに", "あいうえお", "アイウエオ",
};
constexpr std::size_t kFewestKinds = 6;

std::vector<char32_t> characters(std::string_view text)
{
    std::vector<char32_t> all;
    for (std::size_t at = 0; at < text.size();) all.push_back(text::next_code_point(text, at));
    return all;
}

// abcabcabc…: some beginning, said again and again.
bool repeats(const std::vector<char32_t>& text)
{
    for (std::size_t period = 1; period <= text.size() / 2; ++period) {
        bool same = true;
        for (std::size_t i = period; same && i < text.size(); ++i) same = text[i] == text[i - period];
        if (same) return true;
    }
    return false;
}

// Mostly neighbours in the order of the alphabet or of the digits: abcdefg, 987654.
bool counts(const std::vector<char32_t>& text)
{
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i)
        steps += text[i] == text[i - 1] || text[i] == text[i - 1] + 1 || text[i] + 1 == text[i - 1];
    return steps * 2 > text.size();
}

} // namespace

SecretText normalised(const SecretText& password)
{
    return SecretText(text::nfkc(password.reveal()));
}

Result<void> check_password(const SecretText& password, std::span<const std::string> own_words, std::string_view field)
{
    const std::string beside(field);
    const auto all = characters(password.reveal());
    if (all.size() < kShortestPassword) return refuse_field(beside, kPasswordShort, std::to_string(kShortestPassword));
    if (all.size() > kLongestPassword) return refuse_field(beside, kPasswordLong, std::to_string(kLongestPassword));
    if (std::any_of(all.begin(), all.end(), [](char32_t c) { return c < 0x20 || c == 0x7F; }))
        return refuse_field(beside, kPasswordUnprintable);
    const auto key = text::comparison_key(password.reveal());
    const auto holds = [&](std::string_view word) {
        const auto other = text::comparison_key(word);
        return characters(other).size() >= 2 && key.find(other) != std::string::npos;
    };
    for (const auto word : kGuessable)
        if (holds(word)) return refuse_field(beside, kPasswordGuessable, std::string(word));
    for (const auto& word : own_words)
        if (holds(word)) return refuse_field(beside, kPasswordGuessable, word);
    if (std::set(all.begin(), all.end()).size() < kFewestKinds || repeats(all) || counts(all))
        return refuse_field(beside, kPasswordSimple);
    return {};
}

} // namespace azukari::access
