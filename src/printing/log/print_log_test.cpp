#include "printing/log/print_log.h"

#include "printing/log/log_paper.h"
#include "printing/printing_refusals.h"
#include "printing/testing.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::printing;
using namespace azukari::printing::testing;
using enum access::Role;

namespace {

PrintLog some_log()
{
    const auto day = CivilDate::from(2026, 6, 1).value();
    return {day,
            day.plus_days(29),
            "特定保健指導等の利用券の印字",
            "見本区",
            "株式会社見本印刷",
            "mihon-server",
            {{1, "印字室-1（192.0.2.10）", day.midnight() + Duration::hours(10), "通知_健康相談_20260601.pdf",
              "印字室 1号機", 120, 118, "模擬 三郎", "模擬 三郎", "架空 次郎、仮名 四郎", "通知の発送", "全員分のため",
              "渡した 118枚（封入・封緘する）、廃棄 2枚（細断）。紙づまり", std::string(64, 'a')}}};
}

} // namespace

TEST_CASE("the table for a spreadsheet begins with a byte order mark, and no cell is taken for a formula [K56]")
{
    auto log = some_log();
    log.lines[0].purpose = "=HYPERLINK(\"http://x\")";
    log.lines[0].over_reason = "+81";
    log.lines[0].ending = "@x";
    log.lines[0].file = "-1+2, \"引用\"";
    const auto csv = to_csv(log);
    CHECK(csv.starts_with("\xEF\xBB\xBF\"番号\",\"印刷元コンピュータ名\",\"印刷日時\",\"印刷ファイル名\","
                          "\"印刷先プリンタ名\",\"印刷枚数\""));
    CHECK(csv.ends_with("\"\r\n"));
    CHECK(csv.find("\"'=HYPERLINK(\"\"http://x\"\")\"") != std::string::npos);
    CHECK(csv.find("\"'+81\"") != std::string::npos);
    CHECK(csv.find("\"'@x\"") != std::string::npos);
    CHECK(csv.find("\"'-1+2, \"\"引用\"\"\"") != std::string::npos);
    CHECK(csv.find("\"2026-06-01T10:00:00+09:00\"") != std::string::npos);
    CHECK(csv.find(",\"120\",\"118\",") != std::string::npos);
    CHECK(file_name_of(log, "csv") == "印刷ログ_20260601-20260630.csv");
}

TEST_CASE("the log on paper is the same for the same log, and holds a character no font has to nobody's surprise [K56]")
{
    const pdf::FontBook fonts;
    const auto made = CivilDate::from(2026, 7, 1).value().midnight();
    const auto drawn = [&](const PrintLog& log) {
        pdf::TextSink sink;
        REQUIRE(write_log_paper(log, made, sink, fonts));
        return std::move(sink).take();
    };
    CHECK(drawn(some_log()) == drawn(some_log()));
    CHECK(drawn(some_log()).starts_with("%PDF"));
    auto odd = some_log();
    odd.lines[0].purpose = "\xF0\x9F\x96\xA8"; // a printer, as a picture
    pdf::TextSink sink;
    CHECK(write_log_paper(odd, made, sink, fonts).error().is(kUnprintable));
}

TEST_CASE("days that are over are handed to the ward with the digest of what they held, and today is not [K56]")
{
    in_office([](PrintOffice& office, FakeSpooler&) {
        const auto job = office.approved();
        REQUIRE(office.sent(job.id));
        const auto today = office.town.moment.today;
        const auto scope = office.scope(access::actions::kSubmitPrintLog, handling_supervisor);
        const auto given = [&](CivilDate from, CivilDate to) {
            return office.db.write([&](storage::Tx& tx) {
                IdSource ids(office.town.moment.at, office.entropy);
                return submit(tx, ids, scope, read_log(tx, scope, from, to, "見本"));
            });
        };
        CHECK(given(today, today).error().is(kDayNotOver));
        CHECK(given(today.plus_days(-1), today.plus_days(-2)).error().is(kDaysExpected));
        REQUIRE(given(today.plus_days(-30), today.plus_days(-1)));
        const auto all = office.db.read(
            [&](const storage::Snapshot& snapshot) { return submissions(snapshot, office.town.entrustment); });
        REQUIRE(all.size() == 1);
        CHECK(all[0].jobs == 0); // it was printed today
        CHECK(all[0].sha256.size() == 64);
        CHECK(office.town.entries("printing.log_submitted") == 1);
    });
}
