#include "programmes/guidance/letters/press.h"

#include "programmes/guidance/guidance_refusals.h"
#include "programmes/guidance/sample_recipients.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
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

std::string file_for_tests(const std::string& bytes)
{
    auto path = fmt::format("{}/azukari-letters-{}.pdf", std::filesystem::temp_directory_path().string(), ::getpid());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

// Runs a program that must be content; returns what it wrote.
std::string output_of(const std::string& command)
{
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    char buffer[1 << 16];
    for (std::size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    CHECK(pclose(pipe) == 0);
    return text;
}

// What poppler copies from each page; it shows the ideographic space as an ordinary one.
std::vector<std::string> page_texts(const std::string& bytes)
{
    const auto path = file_for_tests(bytes);
    const auto text =
        output_of("pdftotext -raw -enc UTF-8 " + path + " - && qpdf --check " + path + " >/dev/null 2>&1");
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

// A page as a printer's dots: 400 to the inch, dark or not.
struct Dots {
    std::size_t width = 0, height = 0;
    std::string grey;
    static constexpr double kPerMm = 400 / 25.4;

    bool dark(std::size_t x, std::size_t y) const { return static_cast<unsigned char>(grey[y * width + x]) < 128; }
    // How many dark dots stand in a rectangle, in millimetres.
    std::size_t ink(double left, double top, double right, double bottom) const
    {
        std::size_t count = 0;
        for (auto y = at(top); y < at(bottom); ++y)
            for (auto x = at(left); x < at(right); ++x) count += dark(x, y);
        return count;
    }
    static std::size_t at(double mm) { return static_cast<std::size_t>(mm * kPerMm); }
};

Dots dots_of(const std::string& bytes, std::size_t page)
{
    const auto path = file_for_tests(bytes);
    const auto pgm = output_of(fmt::format("pdftoppm -gray -r 400 -f {} -l {} {}", page, page, path));
    std::filesystem::remove(path);
    Dots dots;
    int head = 0;
    REQUIRE(std::sscanf(pgm.c_str(), "P5 %zu %zu 255%n", &dots.width, &dots.height, &head) == 2);
    dots.grey = pgm.substr(static_cast<std::size_t>(head) + 1);
    REQUIRE(dots.grey.size() == dots.width * dots.height);
    return dots;
}

// Reads bars as a sorting machine does, from where they are dark: each bar's extent against the
// highest and the lowest of all. "1" long, "2" upper, "3" lower, "4" timing.
std::string bars_of(const Dots& dots, double left, double top, double right, double bottom)
{
    struct Extent {
        std::size_t top, bottom;
    };
    std::vector<Extent> bars;
    bool in_bar = false;
    for (auto x = Dots::at(left); x < Dots::at(right); ++x) {
        Extent column{dots.height, 0};
        for (auto y = Dots::at(top); y < Dots::at(bottom); ++y)
            if (dots.dark(x, y)) column = {std::min(column.top, y), y};
        const bool dark = column.top < dots.height;
        if (dark && !in_bar) bars.push_back(column);
        if (dark) bars.back() = {std::min(bars.back().top, column.top), std::max(bars.back().bottom, column.bottom)};
        in_bar = dark;
    }
    if (bars.empty()) return {};
    Extent all = bars[0];
    for (const auto& bar : bars) all = {std::min(all.top, bar.top), std::max(all.bottom, bar.bottom)};
    const auto sixth = (all.bottom - all.top) / 6;
    std::string kinds;
    for (const auto& bar : bars) {
        const bool rises = bar.top < all.top + sixth;
        const bool falls = bar.bottom > all.bottom - sixth;
        kinds += rises ? falls ? '1' : '2' : falls ? '3' : '4';
    }
    return kinds;
}

// The manual's figure: three bars to a code. What was meant, when the check character agrees.
std::string barcode_says(const std::string& kinds)
{
    const std::map<std::string, std::pair<int, std::string>> codes{
        {"144", {0, "0"}},  {"114", {1, "1"}},  {"132", {2, "2"}},  {"312", {3, "3"}},  {"123", {4, "4"}},
        {"141", {5, "5"}},  {"321", {6, "6"}},  {"213", {7, "7"}},  {"231", {8, "8"}},  {"411", {9, "9"}},
        {"414", {10, "-"}}, {"324", {11, "A"}}, {"342", {12, "K"}}, {"234", {13, "U"}}, {"432", {14, ""}},
        {"243", {15, "?"}}, {"423", {16, "?"}}, {"441", {17, "?"}}, {"111", {18, "?"}}};
    if (kinds.size() != 67 || !kinds.starts_with("13") || !kinds.ends_with("31")) return "not a barcode: " + kinds;
    int sum = 0;
    std::string said;
    bool letter_begun = false;
    for (std::size_t i = 2; i < 65; i += 3) {
        const auto code = codes.find(kinds.substr(i, 3));
        if (code == codes.end()) return "no such code";
        sum += code->second.first;
        if (i >= 62) break; // the check character
        const bool control = code->second.first >= 11 && code->second.first <= 13;
        if (letter_begun)
            said.back() = static_cast<char>(said.back() + code->second.first);
        else
            said += code->second.second;
        letter_begun = control;
        if (i == 20) said += ' '; // behind the postcode
    }
    return sum % 19 == 0 ? said : "check character does not agree";
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

TEST_CASE("a name written with a variation sequence is printed so and copied so, in the window and on the form [G3]")
{
    auto all = sample(6);
    const std::string names[] = {"葛\U000E0102城　見本", "辻\U000E0101　花子", "𠮷田　試験郎"};
    for (std::size_t i = 0; i < std::size(names); ++i) all[i] = with(all[i], "name", names[i]);
    const auto run = print(all).value();
    CHECK(run->made.held_back.empty());
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

TEST_CASE("the customer barcode in the window, read from the printed dots, says where the letter goes [G3]")
{
    struct Place {
        std::string postcode, address, building, expected;
    };
    const std::vector<Place> places{
        {"160-0004", "東京都新宿区四谷三丁目2番1号", "", "1600004 3-2-1"},
        {"162-0833", "東京都新宿区箪笥町15番地", "メゾン・ド・見本 Ａ棟２０１号室", "1620833 15A201"},
        {"160-0023", "東京都新宿区西新宿八丁目17番1号", "見本グランドパークタワーイースト2912号室",
         "1600023 8-17-1-2912"},
        {"169-0075", "東京都新宿区高田馬場四丁目99番99号見本第二住宅団地八号棟南側",
         "見本グランドパークタワーイーストレジデンス 2912号室", "1690075 4-99-99-8-291"},
        {"160-8484", "東京都新宿区歌舞伎町一丁目4番1号", "", ""}};
    auto all = sample(400);
    std::erase_if(all, [](const Addressee& to) { return to.category != Category::referral; });
    REQUIRE(all.size() >= places.size());
    all.resize(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        all[i] = with(all[i], "postal_code", places[i].postcode);
        all[i] = with(all[i], "address", places[i].address);
        all[i] = with(all[i], "building", places[i].building);
    }
    const auto run = print(all).value();
    REQUIRE(run->made.of(Category::referral).pages == places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto dots = dots_of(run->files[static_cast<std::size_t>(Category::referral)].bytes(), i + 1);
        const auto kinds = bars_of(dots, 21.5, 14, 106, 21.6); // 2 mm more than the bars on every side
        if (places[i].expected.empty())
            CHECK(kinds.empty());
        else
            CHECK(barcode_says(kinds) == places[i].expected);
        // Nothing stands within two millimetres of where the bars are.
        CHECK(dots.ink(21.9, 13.9, 105.9, 15.9) == 0);
        CHECK(dots.ink(21.9, 19.7, 105.9, 21.6) == 0);
        CHECK(dots.ink(21.9, 15.9, 23.9, 19.7) == 0);
        CHECK(dots.ink(103.9, 15.9, 105.9, 19.7) == 0);
    }
}

TEST_CASE("nearly every letter of a run carries its barcode, and each one says its own address [G3]")
{
    auto all = sample(40);
    std::erase_if(all, [](const Addressee& to) { return to.category != Category::lean_guidance; });
    REQUIRE(all.size() > 5);
    const auto run = print(all).value();
    const auto& bytes = run->files[static_cast<std::size_t>(Category::lean_guidance)].bytes();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto said = barcode_says(bars_of(dots_of(bytes, 2 * i + 1), 21.5, 14, 106, 21.6));
        auto postcode = std::string(all[i].recipient.value(*columns().index_of("postal_code")));
        std::erase(postcode, '-');
        CHECK_MESSAGE(said.starts_with(postcode + " "), said);
        CHECK(said.size() > 9);
    }
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

TEST_CASE("letters are printed on the ward's own form when a page names one, and a bad form is named by line [G3]")
{
    pdf::TextSink sink;
    pdf::Document form(sink, fonts(), {.title = "様式"});
    pdf::Canvas page(form.shaper());
    page.text(20, 150, "架空区所定の様式", {});
    form.add_page(page);
    form.finish();
    const auto with_form = [](const std::string& bytes) {
        const auto copy = std::filesystem::temp_directory_path() / fmt::format("azukari-layout-{}", ::getpid());
        std::filesystem::copy(kLayouts, copy);
        std::ofstream(copy / "form.pdf", std::ios::binary) << bytes;
        std::ofstream(copy / "referral.toml")
            << "template = \"form.pdf\"\n[[text]]\nat = [20, 30]\ntext = \"{name} 様\"\nstyle = \"title\"\n";
        auto read = LetterLayout::read(copy.string(), columns());
        std::filesystem::remove_all(copy);
        return read;
    };
    const auto on_form = with_form(sink.bytes()).value();
    auto all = sample(200);
    std::erase_if(all, [](const Addressee& to) { return to.category != Category::referral; });
    REQUIRE(all.size() > 1);
    pdf::TextSink made;
    PressSettings settings;
    settings.open = [&](Category) -> pdf::Sink& { return made; };
    std::size_t next = 0;
    const Supply supply = [&](Addressee& to) -> Result<bool> {
        if (next == all.size()) return false;
        to = all[next++];
        return true;
    };
    REQUIRE(compose(fonts(), on_form, supply, settings).has_value());
    const auto pages = page_texts(made.bytes());
    REQUIRE(pages.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(pages[i].find("架空区所定の様式") != std::string::npos);
        const auto name = as_poppler_shows(all[i].recipient.value(*columns().index_of("name")));
        CHECK(pages[i].find(name + " 様") != std::string::npos);
    }
    const auto torn = with_form(sink.bytes().substr(0, 400));
    REQUIRE_FALSE(torn.has_value());
    CHECK(torn.error().sentence().find("referral.toml:1行目: template が使えません。様式のPDF form.pdf が壊れている") !=
          std::string::npos);
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
