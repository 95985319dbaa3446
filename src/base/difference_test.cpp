#include "base/difference.h"

#include <doctest/doctest.h>

namespace azukari {
namespace {

std::string side(const std::vector<Piece>& pieces, Change left_out)
{
    std::string text;
    for (const auto& piece : pieces)
        if (piece.change != left_out) text += piece.text;
    return text;
}

} // namespace

TEST_CASE("words added in the middle of a Japanese sentence are one addition")
{
    const auto pieces =
        difference("区分ごとに、それぞれに定める書類", "区分ごとに、①及び②に印字した上で、それぞれに定める書類");
    CHECK(pieces == std::vector<Piece>{{Change::kept, "区分ごとに、"},
                                       {Change::added, "①及び②に印字した上で、"},
                                       {Change::kept, "それぞれに定める書類"}});
}

TEST_CASE("taking one side of a difference gives that text again, whatever the texts are")
{
    const char* texts[] = {"",           "あ",          "封入封緘業務の委託", "封入封緘業務等の委託（変更）",
                           "全く別の文", "abc封入\nabc"};
    for (const std::string before : texts) {
        for (const std::string after : texts) {
            const auto pieces = difference(before, after);
            CHECK(side(pieces, Change::added) == before);
            CHECK(side(pieces, Change::removed) == after);
        }
    }
}

} // namespace azukari
