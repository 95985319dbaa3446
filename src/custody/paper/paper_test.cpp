// What stands on the papers, and that their codes carry what they should; a look at them is taken by AZUKARI_PAPERS.
#include "custody/label.h"
#include "custody/paper/label_sheet.h"
#include "custody/paper/notice_paper.h"
#include "custody/paper/paper_refusals.h"
#include "custody/paper/record_paper.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <stdlib.h>

using namespace azukari;
using namespace azukari::custody;

namespace {

constexpr Instant kThen{1'795'000'000'000'000};

Record sample()
{
    Record record{{.id = HandOverId(IdBytes{1}),
                   .purpose = Purpose::provide,
                   .at = kThen,
                   .from = Side::ward,
                   .giver = StaffId(IdBytes{1}),
                   .receiver = StaffId(IdBytes{2}),
                   .carrier = StaffId(IdBytes{3}),
                   .lines = {}},
                  EntrustmentId(IdBytes{9}),
                  3,
                  "見本 太郎",
                  "架空 次郎",
                  "見本 花子",
                  "見本 太郎",
                  kThen,
                  {},
                  {},
                  {}};
    record.lines = {
        {ThingId(IdBytes{4}), "M4NXP9CTE6G", "電磁的媒体（USBメモリ 製造番号 SN-1）", "健診の対象者 613人分", 1, "個"},
        {ThingId(IdBytes{5}), "P4NXP9CTE6G", "紙媒体（名簿）", "対象者の名簿", 613, "枚"}};
    record.signatures = {{Side::ward, "見本 太郎", kThen, true}, {Side::contractor, "架空 次郎", kThen, true}};
    return record;
}

std::string text_of_pdf(const std::string& bytes, const char* keep_as)
{
    auto folder = (std::filesystem::temp_directory_path() / "azukari-paper-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    const auto file = folder + "/p.pdf", text = folder + "/p.txt";
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (const char* wanted = std::getenv("AZUKARI_PAPERS"))
        std::filesystem::copy_file(file, std::string(wanted) + "/" + keep_as,
                                   std::filesystem::copy_options::overwrite_existing);
    REQUIRE(std::system(("pdftotext -layout " + file + " " + text).c_str()) == 0);
    std::ifstream in(text);
    std::string all(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove_all(folder);
    return all;
}

std::string record_text(const Record& record, const char* keep_as)
{
    const pdf::FontBook fonts;
    const ledger::note::Checkpoint checkpoint{"azukari.example/ledger", 4413, {}};
    pdf::TextSink sink;
    REQUIRE(write_record_paper({record, "特定保健指導の通知の印字", "見本区", "架空印刷株式会社", checkpoint, kThen},
                               sink, fonts));
    return text_of_pdf(sink.bytes(), keep_as);
}

} // namespace

TEST_CASE("the hand-over record says on paper who gave what to whom, how many, and who confirmed it [K42]")
{
    const auto text = record_text(sample(), "record.pdf");
    for (const auto* said : {"確認記録票", "第3号", "提供", "見本 太郎", "架空 次郎", "見本 花子", "M4NX-P9CT-E6G",
                             "SN-1", "613枚", "区の確認", "受託者の確認", "紙の証人", "4413件"})
        CHECK_MESSAGE(text.find(said) != std::string::npos, said);
    CHECK(text.find("まだ双方の確認が済んでいません") == std::string::npos);
    CHECK(text.find(digest_of(sample()).substr(0, 32)) != std::string::npos);
}

TEST_CASE("a record that one side has not confirmed says so on its paper, and what was disputed [K43]")
{
    auto record = sample();
    record.signatures[1].holds = false;
    record.disputes = {{1, Side::contractor, "架空 次郎", kThen, "媒体が2個ありました"}};
    const auto text = record_text(record, "unconfirmed.pdf");
    CHECK(text.find("まだ双方の確認が済んでいません") != std::string::npos);
    CHECK(text.find("双方が確認しました") == std::string::npos);
    CHECK(text.find("媒体が2個ありました") != std::string::npos);
    CHECK(text.find("申出中") != std::string::npos);

    record.disputes[0].settled = kThen;
    record.disputes[0].outcome = "記録を直した";
    record.disputes[0].resolutions = {{Side::ward, "見本 一", kThen, "控えを数え直した"}};
    const auto half = record_text(record, "half_closed.pdf");
    CHECK(half.find("控えを数え直した") != std::string::npos);
    CHECK(half.find("未終結") != std::string::npos);
    record.disputes[0].resolutions.push_back({Side::contractor, "架空 次郎", kThen, "2個とも返した"});
    const auto closed = record_text(record, "closed.pdf");
    CHECK(closed.find("2個とも返した") != std::string::npos);
    CHECK(closed.find("未終結") == std::string::npos);
}

TEST_CASE("the password notice is a paper of its own that shows the password in large signs [K41]")
{
    const pdf::FontBook fonts;
    const Package package{
        .number = 1, .title = "健診の対象者", .persons = 613, .made_at = kThen, .sha256 = std::string(64, 'a')};
    pdf::TextSink sink;
    REQUIRE(write_notice_paper({package, "N4NXP9CTE6G", "通知の印字", "見本区", "RW3D-7HKA-4NXP-9CTE-6GJM-FYAD", kThen},
                               sink, fonts));
    const auto text = text_of_pdf(sink.bytes(), "notice.pdf");
    CHECK(text.find("RW3D-7HKA-4NXP-9CTE-6GJM-FYAD") != std::string::npos);
    CHECK(text.find("別の機会に") != std::string::npos);
    CHECK(text.find("N4NX-P9CT-E6G") != std::string::npos);
}

TEST_CASE("a sheet of labels fills page after page [K34]")
{
    const pdf::FontBook fonts;
    SeededEntropy entropy(3);
    std::vector<PrintedLabel> labels;
    for (std::size_t i = 0; i < kLabelsOnSheet + 1; ++i)
        labels.push_back({make_label(LabelOn::medium, entropy), "電磁的媒体",
                          i % 2 == 0 ? "" : "特定保健指導の対象者のとても長い名前の一覧と控え"});
    pdf::TextSink sink;
    REQUIRE(write_label_sheet(labels, kThen, sink, fonts));
    const auto text = text_of_pdf(sink.bytes(), "labels.pdf");
    for (const auto& label : labels) CHECK(text.find(grouped_label(label.label)) != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '\f') == 2);
    labels[0].words = "\xF4\x80\x80\x80"; // a private character no font has
    CHECK(write_label_sheet(labels, kThen, sink, fonts).error().is(kUnprintable));
}
