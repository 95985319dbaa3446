#include "verify/form/entry.h"

#include <doctest/doctest.h>

using namespace azukari::verify;

TEST_CASE("an entry is canonical JSON of known members, and nothing else is an entry [K79]")
{
    EntryFacts facts;
    CHECK_FALSE(flaw_of_entry(R"({"act":"a.b","actor":"x","at":5,"counts":{"m":1,"n":-2},)"
                              R"("entrustment":"0190a0b0-0000-7000-8000-000000000001","object":"o","outcome":"done",)"
                              R"("purpose":"p","references":{"s":"t"},"seq":7,"told":4,"v":1})",
                              facts));
    CHECK(facts.seq == 7);
    CHECK(facts.at == 5);
    for (const auto* bad : {"",
                            "{}",
                            "[]",
                            R"({"act":"a.b","actor":"x","at":5,"outcome":"done","seq":7})",
                            R"({"act":"a.b","actor":"x","at":5,"outcome":"done","seq":7,"v":2})",
                            R"({"act":"a.b","actor":"x","at":5,"outcome":"done","seq":7,"v":1} )",
                            R"({"act":"a.b", "actor":"x","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"actor":"x","act":"a.b","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","act":"a.b","actor":"x","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"ab","actor":"x","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x y","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":05,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":-5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5.0,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":9007199254740992,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5,"counts":{},"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5,"counts":{"b":1,"a":1},"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5,"counts":{"a":-0},"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5,"name":"x","outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"見本","at":5,"outcome":"done","seq":7,"v":1})",
                            R"({"act":"a.b","actor":"x","at":5,"outcome":"done","seq":7,"told":5,"v":1})"}) {
        INFO(std::string(bad));
        CHECK(flaw_of_entry(bad, facts));
    }
}
