// The way of a package: made, lent, returned, with both sides' signatures; and the rooms it rests in. On both stores.
#include "access/testing.h"
#include "custody/copies/copy_store.h"
#include "custody/handing/hand_over_store.h"
#include "custody/packing/package_store.h"
#include "custody/rooms/room_refusals.h"
#include "custody/rooms/room_store.h"
#include "custody_migrations.h"
#include "infra/seal/key_arena.h"
#include "infra/sheet/zip_reader.h"
#include "infra/storage/testing.h"
#include "ledger/ledger.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::custody;
using access::Role;

namespace {

struct Town {
    explicit Town(storage::Db& database) : db(database) {}
    storage::Db& db;
    access::testing::Town town{db};
    SeededEntropy entropy{5};
    IdSource ids{town.moment.at, entropy};
    seal::KeyArena arena{16};
    seal::SealKey key = arena.create(entropy);

    StaffId staff(Role role) const { return town.session(role).staff; }
    access::Scope scope(Role role) const { return town.scope(access::actions::kSeeCustody, role); }
    template <class F>
    auto write(F&& work)
    {
        return db.write([&](storage::Tx& tx) { return work(tx); });
    }
    template <class F>
    auto read(F&& work)
    {
        return db.read([&](const storage::Snapshot& snapshot) { return work(snapshot); });
    }
    ThingId thing(Role role, const NewThing& wanted)
    {
        return write([&](storage::Tx& tx) { return record_thing(tx, ids, entropy, scope(role), wanted); }).value();
    }
    NewHandOver out(std::vector<ThingId> things, Role carrier, Instant at)
    {
        NewHandOver wanted{.purpose = Purpose::provide,
                           .from = Side::ward,
                           .at = at,
                           .giver = staff(Role::ward_officer),
                           .receiver = staff(Role::handler),
                           .carrier = staff(carrier),
                           .lines = {},
                           .due = {}};
        for (const auto& id : things) wanted.lines.push_back({id, "特定保健指導の対象者", 1});
        return wanted;
    }
    Result<HandOverId> record(Role role, const NewHandOver& wanted)
    {
        return write([&](storage::Tx& tx) { return record_hand_over(tx, ids, scope(role), wanted); });
    }
    Record found(HandOverId id)
    {
        return read([&](const storage::Snapshot& s) { return find_record(s, town.entrustment, id); }).value();
    }
    Result<bool> sign(Role role, HandOverId id)
    {
        const auto seen = digest_of(found(id));
        return write([&](storage::Tx& tx) { return sign_hand_over(tx, scope(role), id, seen); });
    }
};

void in_town(const std::function<void(Town&)>& test)
{
    auto all = access::testing::migrations();
    const auto own = migrations_of_custody();
    all.insert(all.end(), own.begin(), own.end());
    storage::testing::on_every_store(all, [&](storage::Db& db) {
        CAPTURE(db.engine());
        ledger::grow_with(db);
        Town town(db);
        test(town);
    });
}

NewThing usb(std::string serial = {})
{
    return {.kind = ThingKind::medium,
            .form = "USBメモリ",
            .serial = std::move(serial),
            .title = "健診の対象者",
            .unit = "個"};
}

} // namespace

TEST_CASE(
    "a package is made, lent and returned: its files, its two ways, its copy and its history [K41] [K42] [K44] [G8]")
{
    in_town([](Town& t) {
        const std::string rows = "通し番号,氏名\r\n1,見本 太郎\r\n";
        const auto officer = t.scope(Role::ward_officer);
        const auto packed = pack(officer, t.entropy, {"健診の対象者", 613, {{"対象者.csv", rows}}}).value();
        const auto package =
            t.write([&](storage::Tx& tx) {
                 return record_package(tx, t.ids, t.entropy, officer, t.key, packed, "株式会社見本印刷");
             }).value();
        const auto open = [&] {
            return t.read([&](const storage::Snapshot& s) { return outstanding(s, t.town.entrustment).size(); });
        };
        CHECK(open() == 1);
        auto medium_wanted = usb("SN-1");
        medium_wanted.package = package.id;
        const auto medium = t.thing(Role::ward_officer, medium_wanted);

        const auto take = [&](Role role) {
            return t.write(
                [&](storage::Tx& tx) { return take_notice(tx, t.ids, t.entropy, t.scope(role), t.key, package.id); });
        };
        CHECK(take(Role::handler).error().is(kNotYourPackage));
        const auto notice = take(Role::ward_officer).value();
        const sheet::TextArchive archive(packed.file);
        const auto reader = sheet::ZipReader::open(archive).value();
        CHECK(reader.read_whole(reader.members().at(1), &notice.password).value() == rows);
        CHECK(take(Role::ward_officer).error().is(kNoticePrinted)); // the house does not know it any more

        const auto monday = t.town.moment.at + Duration::hours(-72), tuesday = monday + Duration::hours(24);
        const auto first = t.record(Role::ward_officer, t.out({notice.thing}, Role::ward_officer, monday)).value();
        CHECK(t.record(Role::ward_officer, t.out({medium}, Role::ward_officer, tuesday)).error().is(kSameCarrier));
        CHECK(t.record(Role::ward_officer, t.out({medium}, Role::ward_reviewer, monday)).error().is(kSameOccasion));
        const auto second = t.record(Role::ward_officer, t.out({medium}, Role::ward_reviewer, tuesday)).value();
        for (const auto id : {first, second}) {
            REQUIRE_FALSE(t.sign(Role::ward_officer, id).value());
            REQUIRE(t.sign(Role::handler, id).value());
            CHECK(t.found(id).holds());
        }
        CHECK(t.read([&](const storage::Snapshot& s) { return open_returns(s, t.town.entrustment).size(); }) == 2);

        auto back = t.out({medium}, Role::handler, t.town.moment.at + Duration::hours(-1));
        back.purpose = Purpose::give_back;
        back.from = Side::contractor;
        std::swap(back.giver, back.receiver);
        auto early = back;
        early.at = monday;
        CHECK(t.record(Role::handler, early).error().is(kBeforeLast));
        const auto third = t.record(Role::handler, back).value();
        REQUIRE_FALSE(t.sign(Role::handler, third).value());
        REQUIRE(t.sign(Role::ward_officer, third).value());
        CHECK(open() == 0); // the copy came back with its medium
        const auto history =
            t.read([&](const storage::Snapshot& s) { return history_of(s, t.town.entrustment, medium); });
        REQUIRE(history.size() == 7);
        CHECK(history.front().what.find("登録した") != std::string::npos);
        CHECK(history.back().what == "第3号の受渡し（返却）を双方が確認した");
    });
}

TEST_CASE("a record signed by one side stays unconfirmed, and a tampered quantity voids what was signed [K42] [K43]")
{
    in_town([](Town& t) {
        const auto medium = t.thing(Role::ward_officer, usb());
        const auto id = t.record(Role::ward_officer, t.out({medium}, Role::ward_officer, t.town.moment.at)).value();
        CHECK(t.sign(Role::handler, id).error().is(kNotYourTurn));
        CHECK(t.sign(Role::ward_reviewer, id).error().is(kNotNamed));
        REQUIRE_FALSE(t.sign(Role::ward_officer, id).value());
        CHECK(t.sign(Role::ward_officer, id).error().is(kSignedAlready));
        CHECK(t.found(id).hand_over.state == HandOverState::open);
        CHECK(t.found(id).signature(Side::ward)->holds);
        t.write([&](storage::Tx& tx) { tx.execute("update custody_hand_over_line set quantity = 2"); });
        CHECK_FALSE(t.found(id).signature(Side::ward)->holds);
        CHECK(t.sign(Role::handler, id).error().is(kNotYourTurn));
        CHECK_FALSE(t.found(id).holds());
        const auto stale =
            t.write([&](storage::Tx& tx) { return sign_hand_over(tx, t.scope(Role::handler), id, "0"); });
        CHECK(stale.error().is(kTextChanged));
    });
}

TEST_CASE("only who may sign gives and receives, and an auditor carries nothing [K42]")
{
    in_town([](Town& t) {
        const auto medium = t.thing(Role::ward_officer, usb());
        const auto at = t.town.moment.at;
        auto wanted = t.out({medium}, Role::ward_officer, at);
        wanted.giver = t.staff(Role::auditor);
        CHECK(t.record(Role::ward_officer, wanted).error().field() == "giver");
        wanted = t.out({medium}, Role::auditor, at);
        CHECK(t.record(Role::ward_officer, wanted).error().field() == "carrier");
        CHECK(t.record(Role::ward_officer, t.out({medium}, Role::handler, at)));
        const auto names = [&](const std::vector<party::Staff>& people) {
            return std::any_of(people.begin(), people.end(),
                               [&](const auto& one) { return one.id == t.staff(Role::auditor); });
        };
        t.read([&](const storage::Snapshot& snapshot) {
            CHECK(names(people_of(snapshot, t.town.entrustment, Side::ward)));
            CHECK_FALSE(names(signers_of(snapshot, t.town.entrustment, Side::ward)));
            CHECK_FALSE(names(carriers_of(snapshot, t.town.entrustment, Side::ward)));
        });
    });
}

TEST_CASE("the text that is signed stays as it was when the first records were signed [K42] [K43]")
{
    const auto entrustment = EntrustmentId::parse("01901234-5678-7abc-8def-0123456789ab").value();
    const IdBytes none{};
    const HandOver hand_over{.id = HandOverId(none),
                             .purpose = Purpose::provide,
                             .at = CivilDate::parse("2026-11-25").value().midnight() + Duration::minutes(40),
                             .from = Side::ward,
                             .giver = StaffId(none),
                             .receiver = StaffId(none),
                             .carrier = StaffId(none),
                             .lines = {}};
    const Record record{
        hand_over, entrustment, 3,
        "見本 一", "試験 二",   "試験 二",
        "見本 一", {},          {{ThingId(none), "M3HGMMHDDMN", "電磁的媒体（USBメモリ）", "健診の対象者", 1, "個"}},
        {},        {}};
    CHECK(text_of(record) == "確認記録票\n委託 01901234-5678-7abc-8def-0123456789ab\n番号 3\n区分 提供\n"
                             "日時 2026-11-25T00:40:00+09:00\n渡した方 区 見本 一\n受け取った方 受託者 試験 二\n"
                             "運んだ方 試験 二\n返却の期限 なし\n"
                             "1 M3HGMMHDDMN 電磁的媒体（USBメモリ） 健診の対象者 1個\n");
}

TEST_CASE("a dispute stays open until the record is corrected or withdrawn [K43]")
{
    in_town([](Town& t) {
        const auto medium = t.thing(Role::ward_officer, usb());
        auto wanted = t.out({medium}, Role::ward_officer, t.town.moment.at);
        const auto id = t.record(Role::ward_officer, wanted).value();
        REQUIRE_FALSE(t.sign(Role::ward_officer, id).value());
        const auto dispute = [&](std::string_view reason) {
            return t.write([&](storage::Tx& tx) { return dispute_hand_over(tx, t.scope(Role::handler), id, reason); });
        };
        CHECK(dispute("").error().is(kWordsExpected));
        REQUIRE(dispute("媒体が2個ありました"));
        CHECK(t.found(id).hand_over.state == HandOverState::disputed);
        CHECK_FALSE(t.found(id).disputes.at(0).settled);
        wanted.lines[0].content = "健診の対象者（2個のうち1個目）";
        REQUIRE(
            t.write([&](storage::Tx& tx) { return change_hand_over(tx, t.scope(Role::ward_officer), id, wanted); }));
        CHECK(t.found(id).disputes.at(0).settled);
        CHECK(t.found(id).signatures.empty());
        REQUIRE_FALSE(t.sign(Role::ward_officer, id).value());
        REQUIRE(t.sign(Role::handler, id).value());
        const auto withdrawn =
            t.write([&](storage::Tx& tx) { return withdraw_hand_over(tx, t.scope(Role::ward_officer), id, "誤り"); });
        CHECK(withdrawn.error().is(kSettledHandOver));
    });
}

TEST_CASE("a dispute is closed by both sides in writing, once each, after the record was put right [K43]")
{
    in_town([](Town& t) {
        const auto medium = t.thing(Role::ward_officer, usb());
        const auto wanted = t.out({medium}, Role::ward_officer, t.town.moment.at);
        const auto id = t.record(Role::ward_officer, wanted).value();
        REQUIRE_FALSE(t.sign(Role::ward_officer, id).value());
        REQUIRE(t.write(
            [&](storage::Tx& tx) { return dispute_hand_over(tx, t.scope(Role::handler), id, "媒体が2個ありました"); }));
        const auto close = [&](Role role, std::string_view words, std::int64_t number = 1) {
            return t.write([&](storage::Tx& tx) { return close_dispute(tx, t.scope(role), id, number, words); });
        };
        CHECK(close(Role::ward_officer, "数え違い").error().is(kDisputeUnsettled));
        REQUIRE(t.write(
            [&](storage::Tx& tx) { return withdraw_hand_over(tx, t.scope(Role::ward_officer), id, "渡し直す"); }));
        CHECK(t.found(id).open_dispute() != nullptr); // put right is not yet closed
        CHECK(close(Role::ward_officer, "数え違い", 2).error().is(kNoSuchDispute));
        CHECK(close(Role::ward_officer, " ").error().is(kResolutionExpected));
        CHECK(close(Role::ward_officer, std::string(3003, 'a')).error().is(kResolutionExpected));

        REQUIRE_FALSE(close(Role::ward_officer, "区の控えが1個少なかった。控えを直した。").value());
        CHECK(close(Role::ward_reviewer, "別の言葉").error().is(kResolvedAlready)); // one word of each side
        REQUIRE(t.found(id).open_dispute() != nullptr);
        CHECK(close(Role::security_officer, "2個とも保管し、区に返した。").value());
        CHECK(t.found(id).open_dispute() == nullptr);

        const auto dispute = t.found(id).disputes.at(0);
        REQUIRE(dispute.resolution(Side::contractor) != nullptr);
        CHECK(dispute.resolution(Side::contractor)->words == "2個とも保管し、区に返した。");
        CHECK(dispute.resolution(Side::contractor)->at == t.town.moment.at);
        const auto told = t.read([&](const storage::Snapshot& s) {
            return s.integer("select count(*) from custody_event where thing = ? and what like '%経緯と措置%'",
                             {medium});
        });
        CHECK(told == 2);
        const auto entries = t.read([](const storage::Snapshot& s) {
            return s.integer("select count(*) from ledger_entry where act = 'custody.dispute_closed'");
        });
        CHECK(entries == 2);
    });
}

TEST_CASE("labels are found, and one that is taken, or a medium that is known, is refused [K34] [K42]")
{
    in_town([](Town& t) {
        const auto officer = t.scope(Role::ward_officer);
        const auto medium = t.thing(Role::ward_officer, usb("SN-7"));
        const auto known =
            t.read([&](const storage::Snapshot& s) { return find_thing(s, t.town.entrustment, medium); });
        const auto again = [&](NewThing wanted) {
            return t.write([&](storage::Tx& tx) { return record_thing(tx, t.ids, t.entropy, officer, wanted); });
        };
        auto twice = usb();
        twice.label = grouped_label(known->label);
        CHECK(again(twice).error().is(kLabelTaken));
        CHECK(again(usb("SN-7")).error().is(kSerialTaken));
        twice.label = "M000-0000-000";
        CHECK(again(twice).error().is(kLabelWrong));
        const auto find = [&](std::string_view typed) {
            return t.read([&](const storage::Snapshot& s) { return find_label(s, t.town.entrustment, typed); });
        };
        CHECK(find(known->label).value().thing == medium);
        CHECK(find(make_label(LabelOn::medium, t.entropy)).error().is(kLabelUnknown));

        const auto place = t.write([&](storage::Tx& tx) {
                                return record_place(tx, t.ids, t.entropy, officer,
                                                    {"金庫A", "健康づくり課 書庫", t.staff(Role::ward_officer)});
                            }).value();
        const auto put = [&](Role role, ThingId id) {
            return t.write([&](storage::Tx& tx) { return place_thing(tx, t.scope(role), id, place); });
        };
        CHECK(put(Role::handler, medium).error().is(kOtherSidesPlace));
        REQUIRE(put(Role::ward_officer, medium));
        CHECK(t.read([&](const storage::Snapshot& s) { return find_thing(s, t.town.entrustment, medium); })->place ==
              "金庫A");
    });
}

TEST_CASE("entries to a room are recorded by hand and from a list, and what is not as it should be is flagged [K16]")
{
    in_town([](Town& t) {
        const auto supervisor = t.scope(Role::handling_supervisor);
        const auto room = t.write([&](storage::Tx& tx) {
                               return record_room(tx, t.ids, supervisor, "マシン室", 8 * 60 + 30, 18 * 60);
                           }).value();
        REQUIRE(t.write([&](storage::Tx& tx) { return permit(tx, supervisor, room, t.staff(Role::handler)); }));
        const auto twice =
            t.write([&](storage::Tx& tx) { return permit(tx, supervisor, room, t.staff(Role::handler)); });
        CHECK(twice.error().is(kAlreadyPermitted));
        t.write([&](storage::Tx& tx) { tx.execute("update custody_room_person set since = 0"); });

        const auto list = read_entry_list("氏名,入室,退室\r\n模擬三郎,2026-05-29 10:00,2026-05-29 11:00\r\n"
                                          "模擬　三郎,2026-05-29 19:00,\r\n例示 未知,2026/5/29 9:05,2026/5/29 9:10\r\n")
                              .value();
        const auto import = [&] {
            return t.write([&](storage::Tx& tx) { return import_entries(tx, t.ids, supervisor, room, list); }).value();
        };
        CHECK(import() == 3);
        CHECK(import() == 0); // the same list once more
        const auto entries =
            t.read([&](const storage::Snapshot& s) { return entries_of(s, t.town.entrustment, room, 10); });
        const auto people =
            t.read([&](const storage::Snapshot& s) { return permitted_to(s, t.town.entrustment, room); });
        const auto known =
            t.read([&](const storage::Snapshot& s) { return find_room(s, t.town.entrustment, room); }).value();
        const auto flags = [&](std::size_t i) {
            return irregularities(known, people, entries.at(i), t.town.moment.at);
        };
        using enum Irregularity;
        CHECK(flags(0) == std::vector{no_exit, outside_hours});
        CHECK(flags(1).empty());
        CHECK(flags(2) == std::vector{not_permitted});
        CHECK(read_entry_list("氏名,入室\r\n").error().is(kListColumns));
        CHECK(read_entry_list("氏名,入室,退室\r\nx,10:00,\r\n").error().is(kListMoment));
        CHECK(read_entry_list("氏名,入室,退室\r\nx,2026-06-01 10:00,2026-06-01 09:00\r\n").error().is(kListOrder));
        const auto ward = t.write([&](storage::Tx& tx) {
            return record_entry(tx, t.ids, t.scope(Role::ward_officer), room, t.staff(Role::ward_officer),
                                t.town.moment.at, {});
        });
        CHECK(ward.error().is(kOtherSidesRoom));
    });
}
