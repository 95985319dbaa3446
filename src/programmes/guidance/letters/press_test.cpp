#include "programmes/guidance/letters/press.h"

#include "programmes/guidance/guidance_refusals.h"
#include "programmes/guidance/sample_recipients.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <set>
#include <unistd.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const std::string kLayouts = AZK_SOURCE_DIR "/definitions/layouts/guidance";

const RecipientLayout& columns()
{
    static const auto read = RecipientLayout::read(kLayouts + "/recipients.toml").value();
    return read;
}
const LetterLayout& layout()
{
    static const auto read = LetterLayout::read(kLayouts, columns()).value();
    return read;
}
const pdf::FontBook& fonts()
{
    static const pdf::FontBook book;
    return book;
}

std::vector<Addressee> sample(std::size_t count)
{
    std::string bytes;
    write_sample_recipients(columns(), {.count = count}, [&](std::string_view more) { bytes += more; });
    text::TextSource source(bytes);
    auto file = RecipientFile::open(source, columns()).value();
    std::vector<Addressee> all;
    std::vector<BadCell> bad;
    SerialNumbers serials;
    Addressee to;
    while (file.next(to.recipient, bad).value()) {
        to.category =
            classify(to.recipient.value(columns().kind_column()), to.recipient.value(columns().level_column())).value();
        to.serial = serials.next(to.category);
        all.push_back(to);
    }
    REQUIRE(bad.empty());
    return all;
}

Addressee with(Addressee to, const std::string& id, const std::string& value)
{
    Recipient changed;
    changed.clear(to.recipient.line());
    for (std::size_t i = 0; i < to.recipient.columns(); ++i)
        changed.add(i == *columns().index_of(id) ? std::string_view(value) : to.recipient.value(i));
    to.recipient = changed;
    return to;
}

struct Run {
    std::array<pdf::TextSink, kCategories.size()> files;
    Composition made;
};

Result<std::unique_ptr<Run>> print(const std::vector<Addressee>& all, unsigned threads = 1,
                                   const std::atomic<bool>* cancelled = nullptr)
{
    auto run = std::make_unique<Run>();
    PressSettings settings;
    settings.threads = threads;
    settings.cancelled = cancelled;
    settings.open = [&](Category category) -> pdf::Sink& { return run->files[static_cast<std::size_t>(category)]; };
    std::size_t next = 0;
    const Supply supply = [&](Addressee& to) -> Result<bool> {
        if (next == all.size()) return false;
        to = all[next++];
        return true;
    };
    AZK_TRY(run->made, compose(fonts(), layout(), supply, settings));
    return run;
}

// What poppler copies from each page; it shows the ideographic space as an ordinary one.
std::vector<std::string> page_texts(const std::string& bytes)
{
    const auto path =
        fmt::format("{}/azukari-letters-{}.pdf", std::filesystem::temp_directory_path().string(), ::getpid());
    std::ofstream(path, std::ios::binary) << bytes;
    FILE* pipe =
        popen(("pdftotext -raw -enc UTF-8 " + path + " - && qpdf --check " + path + " >/dev/null 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    char buffer[1 << 16];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    CHECK(pclose(pipe) == 0); // both programs content
    std::filesystem::remove(path);
    std::vector<std::string> pages;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\f', begin);
        pages.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return pages;
}

std::string as_poppler_shows(std::string_view value)
{
    std::string shown(value);
    for (std::size_t at; (at = shown.find("　")) != std::string::npos;) shown.replace(at, 3, " ");
    return shown;
}

bool holds_radical(std::string_view text) // U+2E80 to U+2FDF: E2 BA 80 to E2 BF 9F
{
    for (std::size_t i = 0; i + 2 < text.size(); ++i)
        if (text[i] == '\xE2' && static_cast<unsigned char>(text[i + 1]) >= 0xBA) return true;
    return false;
}

std::string without_line_ends(std::string text)
{
    std::erase(text, '\n');
    return text;
}

// Every value that the person's pages must show, each on the page it belongs to.
void check_letter(const Addressee& to, const std::vector<std::string>& pages, std::size_t first)
{
    const auto value = [&](std::string_view id) {
        return as_poppler_shows(to.recipient.value(*columns().index_of(id)));
    };
    const auto shows = [&](std::size_t page, const std::string& what) {
        if (!what.empty() && pages[first + page].find(what) == std::string::npos)
            FAIL_CHECK(serial_text(to.category, to.serial), " page ", page + 1, " lacks ", what);
    };
    const auto joined = without_line_ends(pages[first]);
    for (const auto* id : {"address", "building"}) // long ones are set in two lines
        if (joined.find(without_line_ends(value(id))) == std::string::npos) FAIL_CHECK("lacks ", value(id));
    for (const auto* id : {"postal_code", "name", "checkup_ticket"}) shows(0, value(id));
    for (std::size_t page = 0; page < (facts_of(to.category).has_voucher ? 2U : 1U); ++page) {
        shows(page, "通し番号 " + serial_text(to.category, to.serial) + "\n");
        shows(page, value("name"));
        if (holds_radical(pages[first + page])) FAIL_CHECK("a radical on page ", first + page + 1);
    }
    if (!facts_of(to.category).has_voucher) return;
    shows(0, value("voucher"));
    shows(0, std::string(facts_of(to.category).title));
    for (const auto* id : {"voucher", "checkup_ticket", "height", "weight", "bmi", "waist", "systolic", "diastolic",
                           "triglycerides", "hdl", "ldl", "ast", "alt", "gamma_gt", "glucose", "hba1c"})
        shows(1, value(id));
}

void check_run(const std::vector<Addressee>& all, const Run& run)
{
    for (const auto& facts : kCategories) {
        const auto& bytes = run.files[static_cast<std::size_t>(facts.category)].bytes();
        if (bytes.empty()) continue;
        const auto pages = page_texts(bytes);
        CHECK(pages.size() == run.made.of(facts.category).pages);
        std::size_t page = 0;
        for (const auto& to : all) {
            if (to.category != facts.category) continue;
            REQUIRE(page < pages.size());
            check_letter(to, pages, page);
            page += facts.has_voucher ? 2 : 1;
        }
        CHECK(page == pages.size());
    }
}

// The layout with another 受診勧奨通知, on which only this is printed.
Result<LetterLayout> with_referral_form(const std::string& text)
{
    const auto copy = std::filesystem::temp_directory_path() / fmt::format("azukari-layout-{}", ::getpid());
    std::filesystem::copy(kLayouts, copy);
    std::ofstream(copy / "referral.toml") << "[[text]]\nat = [20, 30]\ntext = \"" << text << "\"\nstyle = \"title\"\n";
    auto read = LetterLayout::read(copy.string(), columns());
    std::filesystem::remove_all(copy);
    return read;
}

} // namespace

TEST_CASE("each person's papers show that person's values exactly, and only proper characters [G3]")
{
    const auto all = sample(150);
    check_run(all, *print(all).value());
}

TEST_CASE("all 4,413 letters are exact, category by category [G2] [G3] [G6]" * doctest::skip())
{
    const auto all = sample(4413);
    const auto run = print(all, 2).value();
    CHECK(run->made.of(Category::active_support).letters == 613);
    CHECK(run->made.of(Category::motivational_support).letters == 1130);
    CHECK(run->made.of(Category::lean_guidance).letters == 2387);
    CHECK(run->made.of(Category::referral).letters == 283);
    CHECK(run->made.pages() == 2 * (613 + 1130 + 2387) + 283);
    check_run(all, *run);
}

TEST_CASE("the files are the same whether one thread sets them or three")
{
    const auto all = sample(300);
    const auto alone = print(all, 1).value();
    const auto together = print(all, 3).value();
    for (std::size_t i = 0; i < kCategories.size(); ++i) CHECK(alone->files[i].bytes() == together->files[i].bytes());
}

TEST_CASE("a name with a character no font holds stops that person's letter and no other [G3]")
{
    auto all = sample(40);
    all[3] = with(all[3], "name", "見本　\uE001郎");
    const auto run = print(all).value();
    REQUIRE(run->made.held_back.size() == 1);
    CHECK(run->made.held_back[0].line == all[3].recipient.line());
    CHECK(run->made.held_back[0].serial == all[3].serial);
    CHECK(run->made.held_back[0].reason.find("U+E001") != std::string::npos);
    CHECK(run->made.letters() == 39);
    all.erase(all.begin() + 3);
    check_run(all, *run);
}

TEST_CASE("an address too long for the window is held back, a long one is set in two lines")
{
    auto all = sample(20);
    all[0] = with(all[0], "address",
                  "東京都新宿区西早稲田" + std::string("架空") + "一丁目99番99号見本第二住宅団地八号棟南側");
    all[0] = with(all[0], "building", "見本グランドパークタワーイーストレジデンス 2912号室");
    CHECK(print(all).value()->made.held_back.empty());
    check_run(all, *print(all).value());
    std::string endless;
    for (int i = 0; i < 60; ++i) endless += "架空町";
    all[1] = with(all[1], "address", endless);
    const auto run = print(all).value();
    REQUIRE(run->made.held_back.size() == 1);
    CHECK(run->made.held_back[0].reason.find("宛名が枠に収まりません") != std::string::npos);
}

TEST_CASE("a run that is cancelled says so")
{
    const std::atomic<bool> cancelled = true;
    CHECK(print(sample(40), 1, &cancelled).error().is(kCancelled));
    CHECK(print(sample(40), 2, &cancelled).error().is(kCancelled));
}

TEST_CASE("a mistake in a form is named by file and line")
{
    const auto refused = with_referral_form("{nmae}");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().sentence().find("referral.toml:3行目: text の {nmae} は") != std::string::npos);
}

TEST_CASE("a form that cannot be set whole stops the run before anything is printed [G3]")
{
    const auto supply = [](Addressee&) -> Result<bool> { return false; };
    for (const auto* text : {"受診勧奨\uE000通知", "長い題を一行に組むと紙の幅を超えて縮めても収まらないので作成しませ"
                                                   "ん。様式の文字の大きさか、文を見直してください。"}) {
        const auto form = with_referral_form(text).value();
        const auto refused = compose(fonts(), form, supply, {});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kBadForm));
    }
}
