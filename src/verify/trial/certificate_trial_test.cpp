// The contractor's system issues certificates of erasure, the ward's own program judges them.
#include "access/testing.h"
#include "erasure/erasure_refusals.h"
#include "erasure/testing.h"
#include "infra/seal/digest.h"
#include "verify/command.h"
#include "verify/form/certificate.h"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace azukari;
using erasure::ErasureId;
using erasure::Stage;
using erasure::testing::Archive;
using erasure::testing::TemporaryFolder;
using enum access::Role;

namespace {

// A batch of 20 persons that was erased and checked.
struct Desk {
    Desk() : archive(folder.path())
    {
        const auto batch = archive.take_in(20, "見本");
        archive.take_in(3, "ほか");
        id = archive.approved({erasure::TargetKind::batch, batch.id});
        REQUIRE(archive.carry_out(id));
    }
    void check() { REQUIRE(archive.check(id).value().wrong() == 0); }
    Result<void> confirm()
    {
        return erasure::confirm(archive.means, archive.publisher,
                                archive.scope(access::actions::kCheckErasure, security_officer), archive.entrusted, id);
    }
    std::string file(Stage stage = Stage::carried_out) const { return archive.certificate(id, stage); }
    std::string put(const std::string& name, const std::string& content) const
    {
        const auto path = folder.path() / name;
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
        return path.string();
    }
    std::string vkey() const { return archive.publisher.key().text(); }

    TemporaryFolder folder;
    Archive archive;
    ErasureId id{IdBytes{}};
};

int judge(const std::vector<std::string>& arguments, std::string* said = nullptr)
{
    std::ostringstream out;
    const int code = verify::run(
        arguments, [] { return std::uint64_t{1'800'000'000}; }, out);
    if (said != nullptr) *said = out.str();
    return code;
}

std::optional<verify::Finding> finding(const std::string& file, const std::string& vkey)
{
    const auto parsed = verify::CertificateFile::parse(file);
    if (!parsed) return verify::Finding{"file", "unreadable"};
    verify::CertificateTrust trust;
    trust.log = verify::Key::parse(vkey);
    return verify::verify_certificate(*parsed, trust).finding;
}

// The certificate with another text, signed by the ledger's own key all the same.
std::string forged(const Desk& desk, std::string_view from, std::string_view to)
{
    const auto whole = desk.file();
    const auto parsed = verify::CertificateFile::parse(whole).value();
    auto text = parsed.note.text;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    const auto note = desk.archive.publisher.sign(text).whole();
    const auto entry = whole.find("entry ");
    return "azukari-erasure-certificate/v1\nnote " + std::to_string(note.size()) + "\n" + note + whole.substr(entry);
}

} // namespace

TEST_CASE("the ward verifies a certificate on its own, off-line, and reads what was erased [K61] [K65]")
{
    Desk desk;
    desk.check();
    const auto path = desk.put("certificate", desk.file());
    std::string said;
    CHECK(judge({"certificate", path, "--vkey", desk.vkey()}, &said) == verify::kVerified);
    for (const auto* words : {"第一段（実施）", "完了", "見本の委託", "20人・20個", "業務が終了したため", "模擬 三郎",
                              "仮名 四郎", "試験の値 16個は、消去の後、一つも開けませんでした", "区の連署はありません"})
        CHECK_MESSAGE(said.find(words) != std::string::npos, words << " in\n" << said);
    CHECK(judge({"certificate", path}, &said) == verify::kVerified);
    CHECK(said.find("必ず見比べてください") != std::string::npos);
    SeededEntropy entropy(99);
    const ledger::note::VerifierKey other{desk.archive.publisher.origin(), ledger::note::KeyType::ed25519,
                                          seal::SigningKey::create(entropy).public_key()};
    CHECK(judge({"certificate", path, "--vkey", other.text()}) == verify::kNotVerified);
    CHECK(judge({"certificate", desk.put("empty", "")}) == verify::kNotVerified);
    CHECK(judge({"certificate", path + ".missing"}) == verify::kUnreadable);
}

TEST_CASE("a certificate in which any byte was changed, taken out or put in does not verify [K65] [L-2]")
{
    Desk desk;
    desk.check();
    const auto good = desk.file();
    const auto vkey = desk.vkey();
    REQUIRE_FALSE(finding(good, vkey));
    std::size_t unnoticed = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto changed = good;
        changed[at] = static_cast<char>(changed[at] ^ (at % 2 == 0 ? 1 : 0x20));
        unnoticed += finding(changed, vkey) ? 0 : 1;
        unnoticed += finding(std::string(good).erase(at, 1), vkey) ? 0 : 1;
        if (at % 3 == 0) unnoticed += finding(std::string(good).insert(at, 1, good[at]), vkey) ? 0 : 1;
    }
    CHECK(unnoticed == 0);
    for (std::size_t size = 0; size < good.size(); size += 7) CHECK(finding(good.substr(0, size), vkey));
}

TEST_CASE("what no certificate may say does not verify, whoever signed it [K61]")
{
    Desk desk;
    desk.check();
    const auto text = verify::CertificateFile::parse(desk.file()).value().note.text;
    const auto line = [&](std::string_view key) {
        const auto at = text.find("\n" + std::string(key) + " ") + 1;
        return text.substr(at, text.find('\n', at) - at);
    };
    // Signed afresh, it is still not what the ledger tells of.
    const auto changed = finding(forged(desk, "persons 20", "persons 19"), desk.vkey());
    REQUIRE(changed);
    CHECK(changed->where == "台帳の記録");
    CHECK(finding(forged(desk, line("trial"), "trial 16 1"), desk.vkey()));
    CHECK(finding(forged(desk, "step rows", "step keys"), desk.vkey()));
    CHECK(finding(forged(desk, "outcome complete", "outcome conditional"), desk.vkey()));
}

TEST_CASE(
    "copies that are out and copies of the keys make a certificate conditional, and hold back the second stage [K61]")
{
    Desk desk;
    IdSource ids(desk.archive.town->moment.at, desk.archive.entropy);
    const auto today = desk.archive.town->moment.today;
    const auto supervisor = desk.archive.scope(access::actions::kRecordBackups, handling_supervisor);
    const auto set = desk.archive.db.write([&](storage::Tx& tx) {
        return erasure::record_backup(tx, ids, supervisor, erasure::BackupKind::keystore, "金庫 第1号",
                                      today.plus_days(-1), today.plus_days(13));
    });
    REQUIRE(set);
    desk.archive.copies = {{"0190a0b0-0000-7000-8000-000000000001", "package", desk.archive.town->moment.at}};
    desk.check();
    std::string said;
    CHECK(judge({"certificate", desk.put("first", desk.file()), "--vkey", desk.vkey()}, &said) == verify::kVerified);
    CHECK(said.find("条件付完了") != std::string::npos);
    CHECK(said.find("残っている写し: package") != std::string::npos);
    CHECK(said.find("残っている鍵の控え") != std::string::npos);

    CHECK(desk.confirm().error().is(erasure::kCopiesOut));
    desk.archive.copies.clear();
    CHECK(desk.confirm().error().is(erasure::kBackupsAlive));
    const auto gone = [&](std::string_view how) {
        return desk.archive.db.write(
            [&](storage::Tx& tx) { return erasure::record_destruction(tx, supervisor, *set, how); });
    };
    CHECK(gone(" ").error().is(erasure::kBackupHow));
    REQUIRE(gone("媒体を裁断"));
    CHECK(gone("媒体を裁断").error().is(erasure::kNoSuchBackup));
    REQUIRE(desk.confirm());
    CHECK(desk.confirm().error().is(erasure::kAlreadyConfirmed));
    const auto second = desk.put("second", desk.file(Stage::confirmed));
    CHECK(judge({"certificate", second, "--vkey", desk.vkey(), "--earlier", desk.put("first", desk.file())}, &said) ==
          verify::kVerified);
    CHECK(said.find("第二段（確定） — 完了") != std::string::npos);
    CHECK(said.find("示された実施の証明書についての確定です") != std::string::npos);
    CHECK(judge({"certificate", second, "--vkey", desk.vkey(), "--earlier", second}) == verify::kNotVerified);
}

TEST_CASE("a copy of the keys counts as gone when its destruction was recorded, not when its time has run out [K-6]")
{
    Desk desk;
    desk.check();
    IdSource ids(desk.archive.town->moment.at, desk.archive.entropy);
    const auto today = desk.archive.town->moment.today;
    const auto supervisor = desk.archive.scope(access::actions::kRecordBackups, handling_supervisor);
    const auto recorded = [&](CivilDate made, CivilDate expires) {
        return desk.archive.db.write([&](storage::Tx& tx) {
            return erasure::record_backup(tx, ids, supervisor, erasure::BackupKind::keystore, "USB 3", made, expires);
        });
    };
    CHECK(recorded(today.plus_days(-20), today.plus_days(-5)).error().is(erasure::kBackupDays)); // longer than 14 days
    CHECK(recorded(today.plus_days(1), today.plus_days(2)).error().is(erasure::kBackupDays));
    REQUIRE(recorded(today.plus_days(-20), today.plus_days(-6)));
    const auto sets = desk.archive.db.read(erasure::backup_sets);
    CHECK(sets.front().is_overdue(desk.archive.town->moment.at));
    CHECK(desk.confirm().error().is(erasure::kBackupsAlive));
}
