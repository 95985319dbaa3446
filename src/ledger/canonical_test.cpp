#include "ledger/canonical.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;

namespace {

Recorded sample()
{
    Recorded recorded{7, {}, {}};
    auto& entry = recorded.entry;
    entry.at = {1'795'226'700'000'000};
    entry.act = "guidance.imported";
    entry.actor = "0190a0b0-0000-7000-8000-000000000001";
    entry.entrustment = EntrustmentId::parse("0190a0b0-0000-7000-8000-000000000002");
    entry.object = "0190a0b0-0000-7000-8000-000000000003";
    entry.purpose = "guidance.print";
    entry.outcome = "done";
    entry.counts = {{"rows", 4413}, {"faults", 0}};
    entry.references = {{"sha256", "Zm9v+/=="}};
    return recorded;
}

} // namespace

TEST_CASE("an entry is written as canonical JSON and reads back the same [K79]")
{
    const auto recorded = sample();
    const std::string bytes =
        R"({"act":"guidance.imported","actor":"0190a0b0-0000-7000-8000-000000000001","at":1795226700000000,)"
        R"("counts":{"faults":0,"rows":4413},"entrustment":"0190a0b0-0000-7000-8000-000000000002",)"
        R"("object":"0190a0b0-0000-7000-8000-000000000003","outcome":"done","purpose":"guidance.print",)"
        R"("references":{"sha256":"Zm9v+/=="},"seq":7,"v":1})";
    CHECK(canonical(recorded) == bytes);
    const auto back = parse_canonical(bytes);
    REQUIRE(back);
    CHECK(canonical(*back) == bytes);
    CHECK(back->entry.counts == recorded.entry.counts);
    CHECK(back->entry.entrustment == recorded.entry.entrustment);
}

TEST_CASE("every other spelling of an entry is refused [K79]")
{
    const auto bytes = canonical(sample());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        REQUIRE_FALSE(parse_canonical(bytes.substr(0, i)));
        for (const char c : {' ', '"', '0', '\\', ','}) {
            auto longer = bytes;
            longer.insert(i, 1, c);
            const auto read = parse_canonical(longer);
            // A digit or a code may grow: that is another entry, not another spelling of this one.
            if (read) REQUIRE(canonical(*read) == longer);
        }
    }
    CHECK_FALSE(parse_canonical(bytes + " "));
    CHECK_FALSE(parse_canonical(R"({"actor":"a","act":"a.b","at":1,"outcome":"done","seq":0,"v":1})"));
    CHECK_FALSE(parse_canonical(R"({"act":"a.b","actor":"a","at":01,"outcome":"done","seq":0,"v":1})"));
    CHECK_FALSE(parse_canonical(R"({"act":"a.b","actor":"a","at":1,"counts":{},"outcome":"done","seq":0,"v":1})"));
    CHECK_FALSE(parse_canonical(R"({"act":"a.b","actor":"a","at":1,"outcome":"done","seq":0,"v":2})"));
    CHECK(parse_canonical(R"({"act":"a.b","actor":"a","at":1,"outcome":"done","seq":0,"v":1})"));
}

TEST_CASE("a name, a sentence or an address cannot be written into the ledger [K79]")
{
    CHECK_FALSE(flaw(sample().entry));
    for (const auto* words : {"見本 太郎", "Mihon Taro", "taro@example.jp", "line\nbreak", "\"", "\\", "ミホン"}) {
        for (auto field : {&Entry::object, &Entry::purpose, &Entry::outcome, &Entry::actor}) {
            auto entry = sample().entry;
            entry.*field = words;
            CHECK(flaw(entry));
        }
        auto entry = sample().entry;
        entry.references["note"] = words;
        CHECK(flaw(entry));
        entry = sample().entry;
        entry.counts[words] = 1;
        CHECK(flaw(entry));
    }
}

TEST_CASE("an entry longer than 16 KiB, before 1970 or without who and what is refused")
{
    auto recorded = sample();
    for (int i = 0; i < 20; ++i) recorded.entry.references["ref" + std::to_string(i)] = std::string(1000, 'a');
    CHECK_FALSE(parse_canonical(canonical(recorded)));
    recorded = sample();
    recorded.told = recorded.entry.at; // only a time before the last entry's is told
    CHECK_FALSE(parse_canonical(canonical(recorded)));
    auto entry = sample().entry;
    entry.at = {-1};
    CHECK(flaw(entry));
    entry = sample().entry;
    entry.counts["rows"] = 1LL << 53;
    CHECK(flaw(entry));
    for (auto field : {&Entry::act, &Entry::actor, &Entry::outcome}) {
        entry = sample().entry;
        (entry.*field).clear();
        CHECK(flaw(entry));
    }
}
