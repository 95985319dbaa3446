#include "vault/attachments/attachments.h"

#include "infra/easel/testing.h"
#include "infra/wire/clamd_testing.h"
#include "vault/attachments/attachments_refusals.h"
#include "vault/attachments/sealed_pieces.h"
#include "vault/attachments/subject_tables.h"
#include "vault/merge/merge.h"
#include "vault/testing.h"
#include "vault/vault_refusals.h"

#include "attachments_migrations.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <optional>

using namespace azukari;
using namespace azukari::vault;
using namespace azukari::vault::attachments;
using access::Role;
using vault::testing::Safe;
namespace samples = azukari::easel::testing;

namespace {

constexpr RefusalKind kHeldForTest{"test.held", "保留されています。"};

// A counter at which forms are taken in, with a scanner beside it.
struct Counter {
    explicit Counter(Safe& lent) : safe(lent), person(safe.person({{"name", "見本 太郎"}})) {}

    Attachments with(Scanner scanner, Limits limits = {}) const
    {
        return {safe.vault, easel, std::move(scanner),
                [this](const storage::Snapshot&, EntrustmentId, SubjectId) -> Result<void> {
                    if (held) return refuse(kHeldForTest);
                    return {};
                },
                limits};
    }
    Attachments usual() const { return with({wire::Clamd{fake.place().string()}}); }

    access::Scope adds() const { return safe.scope(access::actions::kAddAttachment); }
    access::Scope sees(Role role = Role::handler) const { return safe.scope(access::actions::kShowAttachment, role); }
    Result<Attachments::Added> add(const Attachments& attachments, const Bytes& content,
                                   std::string_view name = "見本の申込書.pdf") const
    {
        return attachments.add(adds(), person, {"application", "course_operation", name, content});
    }
    static Use use() { return {"course_operation", "申込みの確認"}; }
    std::vector<Attachment> all() const
    {
        return safe.db.read(
            [&](const storage::Snapshot& snapshot) { return attachments_of(snapshot, safe.town.entrustment, person); });
    }
    std::int64_t rows(std::string_view table) const
    {
        return safe.db.read([&](const storage::Snapshot& snapshot) {
            return snapshot.integer("select count(*) from " + std::string(table));
        });
    }
    // Somebody who can write into the store, but has no keys.
    std::int64_t tamper(std::string_view sql) const
    {
        return safe.db.write([&](storage::Tx& tx) { return tx.execute(sql); });
    }

    access::Scope withdraws(Role role = Role::handler) const
    {
        return safe.scope(access::actions::kWithdrawAttachment, role);
    }

    Safe& safe;
    SubjectId person;
    bool held = false;
    wire::testing::FakeClamd fake{safe.folder / "clamd.ctl"};
    easel::Easel easel{{.program = AZUKARI_EASEL}};
};

void at_the_counter(const std::function<void(Counter&)>& test)
{
    auto migrations = vault::testing::migrations();
    const auto ours = migrations_of_attachments();
    migrations.insert(migrations.end(), ours.begin(), ours.end());
    storage::testing::on_every_store(migrations, [&](storage::Db& db) {
        Safe safe(db, AZK_SOURCE_DIR "/definitions");
        Counter counter(safe);
        test(counter);
    });
}

} // namespace

TEST_CASE(
    "a form is kept sealed, and shown page by page for a purpose and a reason that stand in the ledger first [K26] "
    "[K36] [K79]")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        const auto added = counter.add(attachments, samples::sample_pdf(2));
        REQUIRE(added);
        CHECK(added->state == State::clean);
        CHECK(counter.safe.entries("attachment.added") == 1);
        CHECK(counter.all().at(0).pages == 2);

        const auto nothing = attachments.show(counter.sees(), counter.person, added->id, {"course_operation", " "});
        CHECK(nothing.error().is(kReasonExpected));
        CHECK_FALSE(attachments.show(counter.sees(), counter.person, added->id, {"marketing", "確認"}));
        CHECK(counter.safe.entries("attachment.revealed") == 0);

        const auto shown = attachments.show(counter.sees(), counter.person, added->id, Counter::use());
        REQUIRE(shown);
        CHECK(shown->file_name == "見本の申込書.pdf");
        CHECK(counter.safe.entries("attachment.revealed") == 1);
        for (const int page : {1, 2}) {
            const auto picture = attachments.page(counter.sees(), counter.person, added->id, shown->showing, page);
            REQUIRE(picture);
            CHECK(easel::kind_of(as_bytes(*picture)) == easel::FileKind::png);
        }
        CHECK(attachments.page(counter.sees(), counter.person, added->id, shown->showing, 3)
                  .error()
                  .is(easel::kNoSuchPage));
    });
}

TEST_CASE("pages are drawn only for whom they were opened, only for that attachment, and for ten minutes")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        const auto one = counter.add(attachments, samples::sample_pdf(1)).value();
        const auto other = counter.add(attachments, samples::sample_png(300, 400), "a.png").value();
        const auto shown = attachments.show(counter.sees(), counter.person, one.id, Counter::use()).value();
        const auto page = [&](const access::Scope& scope, AttachmentId id) {
            return attachments.page(scope, counter.person, id, shown.showing, 1);
        };
        CHECK(page(counter.sees(), one.id).has_value());
        CHECK(page(counter.sees(), other.id).error().is(kShowingOver));
        CHECK(page(counter.sees(Role::handling_supervisor), one.id).error().is(kShowingOver));
        counter.tamper("update vault_attachment_showing set shown_at = shown_at - 601000000");
        CHECK(page(counter.sees(), one.id).error().is(kShowingOver));
        CHECK_FALSE(
            counter.safe.town.ask(access::actions::kShowAttachment, Role::auditor, counter.safe.town.entrustment));
        CHECK_FALSE(
            counter.safe.town.ask(access::actions::kShowAttachment, Role::ward_officer, counter.safe.town.entrustment));
    });
}

TEST_CASE("what is no form, lies about itself, is torn, locked or too large is refused, and nothing of it is kept")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        auto torn = samples::sample_jpeg(800, 900);
        torn.resize(torn.size() / 2);
        const auto refused = [&](const Bytes& content, std::string_view name) {
            const auto answer = counter.add(attachments, content, name);
            REQUIRE_FALSE(answer);
            CHECK(answer.error().field() == "file");
            return answer.error();
        };
        CHECK(refused({}, "").is(kNoFile));
        CHECK(refused(to_bytes("MZ\x90 a program"), "form.pdf").is(kOtherKind));
        CHECK(refused(to_bytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "a.svg").is(kOtherKind));
        CHECK(refused(samples::sample_png(30, 40), "form.pdf").is(kLyingName));
        CHECK(refused(torn, "a.jpg").is(easel::kUnreadable));
        CHECK(refused(samples::sample_locked_pdf(), "a.pdf").is(easel::kLocked));
        const auto small = counter.with({wire::Clamd{counter.fake.place().string()}}, {.most_megabytes = 1});
        const auto large = counter.add(small, Bytes((1U << 20) + 1, 'x'), "a.pdf");
        CHECK(large.error().is(kTooBig));
        CHECK(large.error().sentence().find("1MB") != std::string::npos);
        CHECK_FALSE(attachments.add(counter.adds(), counter.person,
                                    {"pamphlet", "course_operation", "a.pdf", samples::sample_pdf(1)}));
        for (const auto& table : kSubjectTables) CHECK(counter.rows(table.table) == 0);
        CHECK(counter.safe.entries("attachment.added") == 0);
    });
}

TEST_CASE("a file with a virus is refused plainly, and the refusal stands in the ledger [K36]")
{
    at_the_counter([](Counter& counter) {
        auto infected = samples::sample_pdf(1);
        const auto virus = samples::eicar();
        infected.insert(infected.end(), virus.begin(), virus.end());
        const auto answer = counter.add(counter.usual(), infected);
        CHECK(answer.error().is(kInfected));
        CHECK(answer.error().sentence().find("Eicar-Signature") != std::string::npos);
        CHECK(counter.safe.entries("attachment.refused") == 1);
        for (const auto& table : kSubjectTables) CHECK(counter.rows(table.table) == 0);
    });
}

TEST_CASE("without a scanner, or with old signatures, a form is kept but shown to nobody until it was checked [K36]")
{
    at_the_counter([](Counter& counter) {
        const auto now = counter.safe.town.moment.at;
        auto bad = samples::sample_pdf(1);
        const auto virus = samples::eicar();
        bad.insert(bad.end(), virus.begin(), virus.end());
        const auto none = counter.with({});
        const auto away = counter.with({wire::Clamd{"/nowhere/clamd.ctl"}});
        const auto first = counter.add(none, samples::sample_fax(2), "fax.tif").value();
        const auto second = counter.add(away, bad).value();
        counter.fake.set_version("ClamAV 1.4.6/27000/Sun May 24 00:05:00 2026"); // eight days old
        const auto third = counter.add(counter.usual(), samples::sample_png(200, 300), "a.png").value();
        for (const auto& each : {first, second, third}) {
            CHECK(each.state == State::waiting);
            CHECK(counter.usual().show(counter.sees(), counter.person, each.id, Counter::use()).error().is(kWaiting));
        }
        CHECK(counter.safe.entries("attachment.revealed") == 0);

        CHECK(none.check_waiting(now).error().is(kNoScanner));
        CHECK(away.check_waiting(now).error().is(kScannerAway));
        const auto old = counter.usual().check_waiting(now);
        CHECK(old.error().sentence().find("3件") != std::string::npos);
        CHECK(old.error().sentence().find("27000") != std::string::npos);

        counter.fake.set_version("ClamAV 1.4.6/27010/Sun May 31 00:05:00 2026");
        CHECK(counter.usual().check_waiting(now).value() == "添付3件を検査し、1件にウイルスがありました");
        CHECK(counter.usual().check_waiting(now).value().empty());
        CHECK(counter.usual().show(counter.sees(), counter.person, first.id, Counter::use()).has_value());
        CHECK(counter.usual().show(counter.sees(), counter.person, second.id, Counter::use()).error().is(kInfected));
        CHECK(counter.safe.entries("attachment.checked") == 2);
        CHECK(counter.safe.entries("attachment.infected") == 1);
        CHECK(counter.rows(
                  "vault_attachment_piece where attachment in (select id from vault_attachment where state = 2)") == 0);
    });
}

TEST_CASE("one form that cannot be checked keeps no other waiting")
{
    at_the_counter([](Counter& counter) {
        const auto none = counter.with({});
        CHECK(counter.add(none, samples::sample_pdf(1)));
        CHECK(counter.add(none, samples::sample_pdf(2)));
        counter.tamper("delete from vault_attachment_piece "
                       "where attachment = (select id from vault_attachment order by id limit 1)");
        const auto told = counter.usual().check_waiting(counter.safe.town.moment.at);
        CHECK(told.error().is(kScannerAway));
        CHECK(told.error().sentence().find("添付1件") != std::string::npos);
        CHECK(counter.rows("vault_attachment where state = 1") == 1);
    });
}

TEST_CASE("a fax of thirty megabytes passes, is opened a few pieces at a time, and comes out as it went in [T2]")
{
    at_the_counter([](Counter& counter) {
        auto large = samples::sample_fax(1);
        large.resize(30U << 20); // what stands behind the last page is nobody's
        const auto attachments = counter.usual();
        const auto added = counter.add(attachments, large, "fax.tif").value();
        const auto kept = counter.all().at(0);
        CHECK(kept.pieces == 120);
        const auto key = counter.safe.keystore.subject_key(counter.safe.town.entrustment, counter.person,
                                                           counter.safe.town.moment.at);
        const auto read = opened_pieces(counter.safe.db, *key, counter.person,
                                        {counter.safe.town.entrustment, added.id, kept.size, kept.pieces});
        Bytes again;
        for (bool more = true; more;) {
            Bytes piece;
            more = read(piece).value();
            CHECK(piece.size() <= 4 * kPieceSize);
            again.insert(again.end(), piece.begin(), piece.end());
        }
        CHECK(again == large);
        CHECK(counter.fake.last() == large);
        const auto shown = attachments.show(counter.sees(), counter.person, added.id, Counter::use()).value();
        CHECK(attachments.page(counter.sees(), counter.person, added.id, shown.showing, 1).has_value());
    });
}

TEST_CASE("pieces that were exchanged, left out, cut short or taken from another file do not open [K31]")
{
    at_the_counter([](Counter& counter) {
        auto content = samples::sample_jpeg(300, 400);
        content.resize(3 * kPieceSize - 10);
        auto& safe = counter.safe;
        const auto key = safe.keystore.subject_key(safe.town.entrustment, counter.person, safe.town.moment.at).value();
        const auto id = IdSource(safe.town.moment.at, safe.entropy).next<AttachmentNoun>();
        const WholeFile file{safe.town.entrustment, id, static_cast<std::int64_t>(content.size()), 3};
        const auto sealed = seal_piece(key, file, 1, ByteView(content).subspan(kPieceSize, kPieceSize), safe.entropy);
        CHECK(open_piece(key, file, 1, sealed).has_value());
        auto shorter = file, fewer = file, another = file;
        shorter.size -= 1;
        fewer.pieces = 2;
        another.attachment = IdSource(safe.town.moment.at, safe.entropy).next<AttachmentNoun>();
        CHECK(open_piece(key, file, 0, sealed).error().is(seal::kBrokenSeal));
        for (const auto& other : {shorter, fewer, another})
            CHECK(open_piece(key, other, 1, sealed).error().is(seal::kBrokenSeal));

        const auto attachments = counter.usual();
        const auto added = counter.add(attachments, content, "a.jpg").value();
        const auto page = [&] {
            const auto shown = attachments.show(counter.sees(), counter.person, added.id, Counter::use());
            REQUIRE(shown);
            return attachments.page(counter.sees(), counter.person, added.id, shown->showing, 1);
        };
        CHECK(page().has_value());
        counter.tamper("update vault_attachment_piece set number = 5 - number where number in (2, 3)");
        CHECK(page().error().is(kDamaged));
        counter.tamper("update vault_attachment_piece set number = 2 where number = 3");
        CHECK(page().has_value());
        counter.tamper("update vault_attachment set size = size - 1");
        CHECK(page().error().is(seal::kBrokenSeal));
        counter.tamper("update vault_attachment set size = size + 1");
        counter.tamper("delete from vault_attachment_piece where number = 2");
        CHECK(page().error().is(kDamaged));
    });
}

TEST_CASE("erasing a person's key ends their attachments, wherever a copy of the rows lies [K31] [K62]")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        const auto added = counter.add(attachments, samples::sample_pdf(1)).value();
        const auto shown = attachments.show(counter.sees(), counter.person, added.id, Counter::use()).value();
        REQUIRE(counter.safe.keystore.destroy_subjects(counter.safe.town.entrustment, std::span(&counter.person, 1)));
        CHECK(attachments.page(counter.sees(), counter.person, added.id, shown.showing, 1).error().is(seal::kErased));
        CHECK(attachments.show(counter.sees(), counter.person, added.id, Counter::use()).error().is(seal::kErased));
        CHECK(counter.add(attachments, samples::sample_pdf(1)).error().is(seal::kErased));
        for (const auto* table : {"vault_attachment", "vault_attachment_piece", "vault_attachment_showing"})
            CHECK(counter.rows(table) == 1);
    });
}

TEST_CASE(
    "what was wrongly attached is withdrawn by who attached it: content and name go, who did it and why stay [K31]")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        const auto wrong = counter.add(attachments, samples::sample_pdf(2)).value();
        const auto right = counter.add(attachments, samples::sample_png(300, 400), "a.png").value();
        const auto shown = attachments.show(counter.sees(), counter.person, wrong.id, Counter::use()).value();
        const auto withdraw = [&](std::string_view cause, std::string_view words = {}) {
            return attachments.withdraw(counter.withdraws(), counter.person, wrong.id, {cause, words});
        };
        CHECK(withdraw("").error().field() == "cause");
        CHECK(withdraw("whim").error().is(kCauseExpected));
        CHECK(withdraw("other_person", std::string(201, 'x')).error().is(kWordsTooLong));
        counter.held = true;
        CHECK(withdraw("other_person").error().is(kHeldForTest));
        counter.held = false;
        CHECK(counter.safe.entries("attachment.withdrawn") == 0);

        REQUIRE(withdraw("other_person", "同じ姓の方と取り違えた"));
        CHECK(counter.safe.entries("attachment.withdrawn") == 1);
        auto kept = counter.all();
        REQUIRE(kept.size() == 2);
        if (kept[0].id != wrong.id) std::swap(kept[0], kept[1]); // of one moment, in no order
        CHECK(kept[0].state == State::withdrawn);
        REQUIRE(kept[0].withdrawal);
        CHECK(kept[0].withdrawal->cause == "other_person");
        CHECK(kept[0].withdrawal->at == counter.safe.town.moment.at);
        CHECK(kept[0].withdrawal->by == kept[0].added_by);
        CHECK(attachments.words_of(counter.sees(), kept[0]).value() == "同じ姓の方と取り違えた");
        CHECK(attachments.words_of(counter.sees(), kept[1]).value().empty());
        CHECK(attachments.label(counter.sees(), kept[0])->file_name.empty());
        CHECK(attachments.label(counter.sees(), kept[0])->sha256.empty());
        CHECK(counter.rows("vault_attachment_piece where attachment = (select id from vault_attachment "
                           "where state = 3)") == 0);
        CHECK(counter.rows("vault_attachment_piece") == kept[1].pieces);

        CHECK(attachments.page(counter.sees(), counter.person, wrong.id, shown.showing, 1).error().is(kWithdrawn));
        CHECK(attachments.show(counter.sees(), counter.person, wrong.id, Counter::use()).error().is(kWithdrawn));
        CHECK(attachments.show(counter.sees(), counter.person, right.id, Counter::use()).has_value());
        CHECK(withdraw("twice").error().is(kWithdrawn));
        CHECK(attachments
                  .withdraw(counter.withdraws(), counter.safe.person({{"name", "試験 花子"}}), right.id, {"twice", {}})
                  .error()
                  .is(kNoSuchAttachment));
    });
}

TEST_CASE("nobody but who attached it and the handling supervisor withdraws an attachment, checked or waiting")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.with({});
        const auto by_supervisor =
            attachments
                .add(counter.safe.scope(access::actions::kAddAttachment, Role::handling_supervisor), counter.person,
                     {"consent", "course_operation", "a.pdf", samples::sample_pdf(1)})
                .value();
        const auto by_handler = counter.add(attachments, samples::sample_pdf(1)).value();
        CHECK(attachments.withdraw(counter.withdraws(), counter.person, by_supervisor.id, {"twice", {}})
                  .error()
                  .is(kNotYours));
        for (const auto& each : {by_supervisor, by_handler})
            CHECK(attachments.withdraw(counter.withdraws(Role::handling_supervisor), counter.person, each.id,
                                       {"twice", {}}));
        CHECK(counter.rows("vault_attachment_piece") == 0);
        CHECK(counter.usual().check_waiting(counter.safe.town.moment.at).value().empty());
        for (const auto role : {Role::ward_officer, Role::security_officer, Role::auditor})
            CHECK_FALSE(
                counter.safe.town.ask(access::actions::kWithdrawAttachment, role, counter.safe.town.entrustment));
    });
}

TEST_CASE("the attachments of who was merged stand beside those of whom they were merged into")
{
    at_the_counter([](Counter& counter) {
        const auto attachments = counter.usual();
        auto& safe = counter.safe;
        CHECK(counter.add(attachments, samples::sample_pdf(1)));
        const auto kept = safe.person({{"name", "見本 太郎"}});
        const MergeWish wish{kept, counter.person, 1, 1, {}, "course_operation", "本人に確認した"};
        REQUIRE(merge(safe.vault, safe.scope(access::actions::kMergePersons, Role::handling_supervisor), wish));
        const auto seen = safe.db.read(
            [&](const storage::Snapshot& snapshot) { return attachments.of(snapshot, safe.town.entrustment, kept); });
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].subject == counter.person);
        CHECK(attachments.show(counter.sees(), counter.person, seen[0].id, Counter::use()).has_value());
        CHECK(counter.add(attachments, samples::sample_pdf(1)).error().is(kMergedAway));
    });
}

TEST_CASE("ClamAV's own clamd decides, and its verdict counts only when its signatures do [K36]")
{
    const char* place = std::getenv("AZUKARI_TEST_CLAMD");
    if (place == nullptr) {
        WARN_MESSAGE(false, "AZUKARI_TEST_CLAMD is not set: run with script/clamd-for-tests");
        return;
    }
    at_the_counter([&](Counter& counter) {
        auto infected = samples::sample_fax(1);
        const auto virus = samples::eicar();
        infected.insert(infected.end(), virus.begin(), virus.end());
        const auto ours = counter.with({wire::Clamd{place}, 0});
        CHECK(counter.add(ours, samples::sample_fax(3), "fax.tif")->state == State::clean);
        CHECK(counter.add(ours, infected, "fax.tif").error().is(kInfected));
        const auto strict = counter.with({wire::Clamd{place}, 7}); // signatures of ours have no date
        CHECK(counter.add(strict, samples::sample_fax(1), "fax.tif")->state == State::waiting);
        CHECK(ours.check_waiting(counter.safe.town.moment.at).value() == "添付1件を検査し、0件にウイルスがありました");
    });
}
