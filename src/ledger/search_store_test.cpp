#include "ledger/search_store.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::ledger;
using storage::Db;
using storage::Snapshot;
using storage::Tx;

namespace {

constexpr Instant kStart{1'795'226'700'000'000};
constexpr const char* kActs3[] = {"register.edited", "roster.submitted", "access.signed_in"};

EntrustmentId entrustment(int n)
{
    IdBytes bytes{};
    bytes[15] = static_cast<std::uint8_t>(n);
    return EntrustmentId(bytes);
}

// Entry i: at minute i, act i mod 3, actor i mod 4, entrustment i mod 5 (none for 4), object i mod 7.
void fill(Db& db, int count)
{
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) {
        Entry entry;
        entry.at = kStart + Duration::minutes(i);
        entry.act = kActs3[i % 3];
        entry.actor = "actor-" + std::to_string(i % 4);
        if (i % 5 != 4) entry.entrustment = entrustment(i % 5);
        entry.object = "object-" + std::to_string(i % 7);
        entry.outcome = "done";
        entries.push_back(entry);
    }
    db.write([&](Tx& tx) { append(tx, entries); });
}

std::vector<std::uint64_t> numbers(const Found& found)
{
    std::vector<std::uint64_t> out;
    for (const auto& one : found.entries) out.push_back(one.seq);
    return out;
}

void with_entries(int count, const std::function<void(const Snapshot&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        INFO(db.engine());
        grow_with(db);
        fill(db, count);
        db.read(test);
    });
}

} // namespace

TEST_CASE("the records are narrowed by period, act, person, entrustment and object, in every combination [K79]")
{
    with_entries(1420, [](const Snapshot& data) {
        for (unsigned chosen = 0; chosen < 64; ++chosen) {
            Filter filter;
            if (chosen & 1U) filter.from = kStart + Duration::minutes(100);
            if (chosen & 2U) filter.until = kStart + Duration::minutes(900);
            if (chosen & 4U) filter.act = kActs3[1];
            if (chosen & 8U) filter.actor = "actor-1";
            if (chosen & 16U) filter.entrustment = entrustment(3);
            if (chosen & 32U) filter.object = "object-5";
            std::vector<std::uint64_t> expected;
            for (int i = 1419; i >= 0; --i) {
                const bool fits = (!(chosen & 1U) || i >= 100) && (!(chosen & 2U) || i < 900) &&
                                  (!(chosen & 4U) || i % 3 == 1) && (!(chosen & 8U) || i % 4 == 1) &&
                                  (!(chosen & 16U) || i % 5 == 3) && (!(chosen & 32U) || i % 7 == 5);
                if (fits) expected.push_back(static_cast<std::uint64_t>(i));
            }
            REQUIRE(numbers(find_entries(data, filter, {}, 2000)) == expected);
            REQUIRE(count_entries(data, filter, 2000) == expected.size());
        }
        CHECK(count_entries(data, {}, 50) == 50);
    });
}

TEST_CASE("pages follow one another in both directions without gap or repetition")
{
    with_entries(1095, [](const Snapshot& data) {
        Filter filter;
        filter.act = kActs3[0];
        std::vector<std::vector<std::uint64_t>> pages;
        auto page = find_entries(data, filter, {}, 10);
        CHECK_FALSE(page.newer);
        for (;; page = find_entries(data, filter, {page.entries.back().seq, {}}, 10)) {
            pages.push_back(numbers(page));
            if (!page.older) break;
        }
        CHECK(pages.size() == 37);
        CHECK(pages.front().front() == 1092);
        CHECK(pages.back().back() == 0);
        for (auto i = pages.size() - 1; i > 0; --i) {
            page = find_entries(data, filter, {{}, pages[i].front()}, 10);
            REQUIRE(numbers(page) == pages[i - 1]);
        }
        CHECK_FALSE(page.newer);
        CHECK(page.older);
    });
}

TEST_CASE("one entry is found by its number, whole")
{
    with_entries(10, [](const Snapshot& data) {
        CHECK(find_entry(data, 9)->entry.object == "object-2");
        CHECK_FALSE(find_entry(data, 10));
        CHECK(find_entries(data, {kStart + Duration::hours(9), {}, {}, {}, {}, {}}, {}, 10).entries.empty());
    });
}

TEST_CASE("whoever does not see everything finds what is of their entrustments and their own people")
{
    with_entries(1420, [](const Snapshot& data) {
        Filter filter;
        filter.reach = Reach{{entrustment(1), entrustment(2)}, {"actor-3"}};
        std::vector<std::uint64_t> expected;
        for (int i = 1419; i >= 0; --i)
            if (i % 5 == 1 || i % 5 == 2 || (i % 5 == 4 && i % 4 == 3))
                expected.push_back(static_cast<std::uint64_t>(i));
        CHECK(numbers(find_entries(data, filter, {}, 2000)) == expected);
        const auto page = find_entries(data, filter, {1000, {}}, 10);
        CHECK(page.entries.size() == 10);
        CHECK(page.older);
        CHECK(page.newer);
        filter.object = "object-5";
        CHECK(count_entries(data, filter, 20) == 20);
        filter.reach = Reach{};
        CHECK(find_entries(data, filter, {}, 10).entries.empty());
    });
}
