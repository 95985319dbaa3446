#include "programmes/guidance/recipient_file.h"

#include "infra/text/cp932.h"
#include "programmes/guidance/classification.h"
#include "programmes/guidance/guidance_refusals.h"

#include <doctest/doctest.h>

using namespace azukari;
using namespace azukari::guidance;

namespace {

const RecipientLayout& layout()
{
    static const auto read =
        RecipientLayout::read(AZK_SOURCE_DIR "/definitions/layouts/guidance/recipients.toml").value();
    return read;
}

using Cells = std::vector<std::string>;

Cells headers()
{
    Cells cells;
    for (const auto& column : layout().columns()) cells.push_back(column.header);
    return cells;
}

Cells right_row(const std::string& ticket = "21100000001")
{
    return {"3284166189",
            "見本　太郎",
            "男",
            "19751210",
            "46",
            "160-0021",
            "東京都新宿区歌舞伎町一丁目26番12号",
            "",
            "新国20",
            "9685590",
            ticket,
            "20210815",
            "159.4",
            "72.7",
            "28.6",
            "97.6",
            "158",
            "81",
            "324",
            "48",
            "182",
            "26",
            "16",
            "32",
            "102",
            "4.7",
            "－",
            "±",
            "2",
            "2",
            "2",
            "1",
            "2" + ticket.substr(1),
            "特定保健指導",
            "積極的支援"};
}

std::string csv(const std::vector<Cells>& rows)
{
    std::string out;
    for (const auto& row : rows) text::append_csv_row(out, {row.begin(), row.end()});
    return text::encode_cp932(out).value();
}

struct Outcome {
    std::vector<std::string> names;
    std::vector<BadCell> bad;
    Cells dropped;
};

Result<Outcome> read(const std::string& bytes, UndeclaredColumns undeclared = UndeclaredColumns::refuse)
{
    text::TextSource source(bytes);
    AZK_TRY(auto file, RecipientFile::open(source, layout(), undeclared));
    Outcome outcome;
    Recipient recipient;
    const auto name = *layout().index_of("name");
    for (;;) {
        AZK_TRY(const bool more, file.next(recipient, outcome.bad));
        if (!more) break;
        outcome.names.emplace_back(recipient.value(name));
    }
    outcome.dropped = file.dropped_columns();
    return outcome;
}

Cells with(const std::string& id, const std::string& value)
{
    auto row = right_row();
    row[*layout().index_of(id)] = value;
    return row;
}

} // namespace

TEST_CASE("a correct file is read, whatever its encoding and the order of its columns [G1]")
{
    const auto rows = csv({headers(), right_row()});
    const auto outcome = read(rows).value();
    CHECK(outcome.bad.empty());
    CHECK(outcome.names == Cells{"見本　太郎"});
    CHECK(read("\xEF\xBB\xBF" + text::decode_cp932(rows).value()).value().names == outcome.names);
    auto turned_headers = headers();
    auto turned_row = right_row();
    std::reverse(turned_headers.begin(), turned_headers.end());
    std::reverse(turned_row.begin(), turned_row.end());
    CHECK(read(csv({turned_headers, turned_row})).value().names == outcome.names);
}

TEST_CASE("every bad cell is listed with row, column, masked value and what was expected [G1]")
{
    const struct {
        const char *id, *value, *masked, *expected;
    } kCases[] = {
        {"born", "19750230", "99999999", "実在する日付"},
        {"born", "１９７５１２１０", "９９９９９９９９", "実在する日付"},
        {"sex", "女性", "漢漢", "男・女のいずれか"},
        {"postal_code", "1600021", "9999999", "郵便番号"},
        {"age", "4６", "9９", "半角整数"},
        {"hba1c", "5,7", "9,9", "半角数値"},
        {"checkup_ticket", "2110000001", "9999999999", "半角数字11桁"},
        {"voucher", "", "", "利用券種別が"},
        {"level", "", "", "積極的支援・動機付け支援"},
        {"kind", "受診勧奨", "漢漢漢漢", "受診勧奨通知"},
        {"name", "見本\t太郎", "漢漢␣漢漢", "文字"},
    };
    for (const auto& each : kCases) {
        CAPTURE(each.id);
        const auto outcome = read(csv({headers(), right_row("21100000009"), with(each.id, each.value)})).value();
        REQUIRE(outcome.bad.size() >= 1);
        const auto& header = layout().columns()[*layout().index_of(each.id)].header;
        const auto found = std::ranges::find(outcome.bad, header, &BadCell::column);
        REQUIRE(found != outcome.bad.end());
        CHECK(found->line == 3);
        CHECK(found->masked == each.masked);
        CHECK(found->expected.find(each.expected) != std::string::npos);
    }
}

TEST_CASE("a value is never repeated in the list of bad cells")
{
    const auto outcome = read(csv({headers(), with("born", "29999999")})).value();
    REQUIRE(outcome.bad.size() == 1);
    CHECK(outcome.bad[0].sentence().find("29999999") == std::string::npos);
    CHECK(outcome.bad[0].sentence().starts_with("2行目 生年月日「99999999」"));
}

TEST_CASE("a number that occurs twice is found [G1]")
{
    const auto outcome = read(csv({headers(), right_row(), right_row()})).value();
    REQUIRE(outcome.bad.size() == 2); // the ticket and the voucher
    CHECK(outcome.bad[0].line == 3);
    CHECK(outcome.bad[0].expected == "ほかの行と重ならない番号");
}

TEST_CASE("a row with a cell too many is listed, and the next row is read")
{
    auto broken = right_row();
    broken.push_back("余分");
    const auto outcome = read(csv({headers(), broken, right_row()})).value();
    REQUIRE(outcome.bad.size() == 1);
    CHECK(outcome.bad[0].sentence() == "2行目: 見出しと同じ35列が必要ですが、36列あります。");
    CHECK(outcome.names.size() == 2);
}

TEST_CASE("a column that was not declared is refused by its name, or dropped visibly [K21]")
{
    auto more_headers = headers();
    auto more_cells = right_row();
    more_headers.insert(more_headers.begin() + 2, "電話番号");
    more_cells.insert(more_cells.begin() + 2, "03-0000-0000");
    const auto bytes = csv({more_headers, more_cells});
    const auto refused = read(bytes);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().is(kUndeclaredColumn));
    CHECK(refused.error().sentence().find("電話番号") != std::string::npos);
    const auto dropped = read(bytes, UndeclaredColumns::drop).value();
    CHECK(dropped.dropped == Cells{"電話番号"});
    CHECK(dropped.bad.empty());
    CHECK(dropped.names == Cells{"見本　太郎"});
}

TEST_CASE("a missing or doubled column refuses the file")
{
    auto fewer = headers();
    fewer.pop_back();
    CHECK(read(csv({fewer})).error().sentence().find("保健指導区分") != std::string::npos);
    auto doubled = headers();
    doubled.push_back("氏名");
    CHECK(read(csv({doubled})).error().is(kColumnTwice));
    CHECK(read("").error().is(kEmptyFile));
}

TEST_CASE(
    "headings that are not the layout's are told as unknown and missing, and as undeclared only where they are [K21]")
{
    auto wanted = headers();
    std::erase(wanted, "保険証記号");
    std::erase(wanted, "保険証番号");
    wanted.push_back("保険証記号番号"); // the register's word for both
    const auto differ = read(csv({wanted})).error();
    CHECK(differ.is(kColumnsDiffer));
    CHECK(differ.sentence().find("足りない列: 保険証記号、保険証番号。") != std::string::npos);
    CHECK(differ.sentence().find("にない列: 保険証記号番号。") != std::string::npos);
    CHECK(differ.sentence().find("委託の情報項目") == std::string::npos);
    wanted.push_back("電話番号");
    CHECK(read(csv({wanted})).error().sentence().find("このうち電話番号は、委託の情報項目にもありません") !=
          std::string::npos);

    auto more = headers();
    more.push_back("健診結果");
    CHECK(read(csv({more})).error().is(kUnknownColumn));
    auto other = headers();
    other.push_back("電話番号");
    const auto bytes = csv({other});
    CHECK(read(bytes).error().is(kUndeclaredColumn));
    text::TextSource source(bytes);
    const std::vector<std::string> register_says{"電話番号"};
    CHECK(RecipientFile::open(source, layout(), UndeclaredColumns::refuse, register_says).error().is(kUnknownColumn));
    // A file that lacks columns is refused even by who leaves out the others.
    CHECK(read(csv({wanted}), UndeclaredColumns::drop).error().is(kColumnsDiffer));
}

TEST_CASE("what is no CSV is said to be none, and a first row without headings is not repeated")
{
    const auto sentence = [](const std::string& bytes) { return read(bytes).error().sentence(); };
    CHECK(sentence("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj") ==
          "このファイルは CSV ではありません（PDF のようです）。CSV として保存したファイルを受け取ってください。");
    CHECK(read(std::string("PK\x03\x04\x14\x00", 6)).error().is(kNotCsv));
    CHECK(read(std::string("\xFF\xFEl0\x00,\x00", 7)).error().is(kNotCsv));
    CHECK(read(std::string("a,b\x00,c\r\n", 8)).error().is(kNotCsv));
    CHECK(read(csv({right_row()})).error().is(kNoHeading));
    CHECK(sentence(csv({right_row()})).find("見本") == std::string::npos);
    CHECK(read(csv({{""}})).error().is(kNoHeading));
}

// A layout in the shape of the 国保連's files: a control row, a heading that repeats, a row of one cell at the end.
constexpr std::string_view kShaped = R"(
name = "国保連の形"
maximum_rows = 100
[file]
control_row = "FKAC167"
trailer = "counts"
[[column]]
id = "checkup_ticket"
header = "受診券整理番号"
occurrence = 2
item = "受診券整理番号"
kind = "digits"
length = [11, 11]
required = "always"
[[column]]
id = "glucose"
header = "空腹時血糖（電位差法）"
item = "健診結果"
kind = "integer"
range = [1, 2000]
required = "optional"
[[column]]
id = "kind"
header = "利用券種別"
item = "利用券種別"
kind = "choice"
choices = ["特定保健指導"]
required = "always"
[[column]]
id = "level"
header = "保健指導レベル"
item = "保健指導区分"
kind = "choice"
choices = ["積極的支援"]
required = "always"
)";

Result<Outcome> read_shaped(const std::string& utf8, bool mark, std::string_view toml = kShaped)
{
    const auto shaped = RecipientLayout::parse(toml, "shaped.toml").value();
    const auto bytes = mark ? "\xEF\xBB\xBF" + utf8 : text::encode_cp932(utf8).value();
    text::TextSource source(bytes);
    AZK_TRY(auto file, RecipientFile::open(source, shaped, UndeclaredColumns::drop));
    Outcome outcome;
    Recipient recipient;
    for (;;) {
        AZK_TRY(const bool more, file.next(recipient, outcome.bad));
        if (!more) break;
        outcome.names.emplace_back(recipient.value(0));
    }
    outcome.dropped = file.dropped_columns();
    return outcome;
}

// Half and full width are mixed in the headings, as the real ones do.
const std::string kControl = "1,FKAC167,20210815\r\n";
const std::string kHeading =
    "受診券整理番号,空腹時血糖(電位差法),利用券種別,既往歴,受診券整理番号,既往歴,保健指導ﾚﾍﾞﾙ\r\n";
const std::string kRow = "1,97,特定保健指導,a,21100000001,b,積極的支援\r\n";

TEST_CASE("the 国保連's file is read by its shape: control row, repeated headings, trailer with its count [G1]")
{
    const auto whole = kControl + kHeading + kRow + kRow + "２\r\n";
    for (const bool mark : {true, false}) {
        const auto outcome = read_shaped(whole, mark).value();
        CHECK(outcome.bad.empty());
        CHECK(outcome.names == Cells{"21100000001", "21100000001"}); // the second of the two columns
        CHECK(outcome.dropped == Cells{"受診券整理番号", "既往歴", "既往歴"});
    }
    auto any_trailer = std::string(kShaped);
    any_trailer.replace(any_trailer.find("\"counts\""), 8, "\"present\"");
    CHECK(read_shaped(kControl + kHeading + kRow + "END\r\n", true, any_trailer).value().names.size() == 1);
}

TEST_CASE("a file of another kind, cut short or with another count is refused, and nothing of it is repeated [G1]")
{
    const auto refusal = [](const std::string& utf8) { return read_shaped(utf8, true).error(); };
    CHECK(refusal("1,FKCA172\r\n" + kHeading + kRow + "1\r\n").is(kControlRowDiffers));
    CHECK(refusal(kHeading + kRow + "1\r\n").is(kControlRowDiffers));
    CHECK(refusal("見本太郎\r\n").is(kControlRowDiffers));
    CHECK(refusal("見本太郎\r\n").sentence().find("見本") == std::string::npos);
    CHECK(refusal(kControl).is(kEmptyFile));
    CHECK(refusal(kControl + kHeading + kRow).is(kTrailerMissing));
    CHECK(refusal(kControl + kHeading + kRow + "2\r\n").sentence() ==
          "終わりの行の件数（2）が、読んだ行の数（1）と合いません。ファイルを受け取り直してください。");
    CHECK(refusal(kControl + kHeading + kRow + "見本\r\n").is(kTrailerUnreadable));
    CHECK(refusal(kControl + kHeading + kRow + "見本\r\n").sentence().find("見本") == std::string::npos);
    CHECK(refusal(kControl + kHeading + "0\r\n" + kRow).is(kAfterTrailer));
}

TEST_CASE("a layout says which of several equal headings it means, or is refused")
{
    const auto wrong = [](std::string_view from, std::string_view to) {
        auto toml = std::string(kShaped);
        toml.replace(toml.find(from), from.size(), to);
        return RecipientLayout::parse(toml, "shaped.toml").error().sentence();
    };
    CHECK(wrong("occurrence = 2", "occurrence = 0").find("何番目") != std::string::npos);
    CHECK(wrong("\"空腹時血糖（電位差法）\"", "\"受診券整理番号\"").find("重なっています") != std::string::npos);
    CHECK(wrong("\"counts\"", "\"maybe\"").find("trailer は") != std::string::npos);
    CHECK(wrong("control_row", "control_word").find("知らない項目") != std::string::npos);
}

TEST_CASE("the file of headings alone is one that is read")
{
    const auto row = heading_row(layout()).value();
    CHECK(text::decode_cp932(row).value().starts_with("個人番号（住民番号）,氏名,性別,"));
    const auto outcome = read(row).value();
    CHECK(outcome.names.empty());
    CHECK(read(row + csv({right_row()})).value().names == Cells{"見本　太郎"});
}

TEST_CASE("a byte that is no CP932 is a bad cell, not the end of the file")
{
    auto bytes = csv({headers(), right_row("21100000007"), right_row()});
    bytes.replace(bytes.find("\x8C\xA9\x96\x7B"), 2, "\x85\x40");
    const auto outcome = read(bytes).value();
    REQUIRE(outcome.bad.size() == 1);
    CHECK(outcome.bad[0].column == "氏名");
    CHECK(outcome.names.size() == 2);
}

TEST_CASE("the ward's two words decide the category, and only pairs that exist do [G2]")
{
    for (const auto& facts : kCategories) CHECK(classify(facts.kind, facts.level) == facts.category);
    CHECK_FALSE(classify("特定保健指導", "").has_value());
    CHECK_FALSE(classify("受診勧奨通知", "積極的支援").has_value());
    SerialNumbers serials;
    CHECK(serials.next(Category::referral) == 1);
    CHECK(serials.next(Category::active_support) == 1);
    CHECK(serials.next(Category::referral) == 2);
}

TEST_CASE("a mistake in the layout definition is named by file and line")
{
    const auto wrong = RecipientLayout::parse("name = 'x'\nmaximum_rows = 1\n[[column]]\nid = 'kind'\nheader = 'h'\n"
                                              "item = 'i'\nkind = 'dates'\nrequired = 'always'\n",
                                              "recipients.toml");
    CHECK(wrong.error().sentence() == "recipients.toml:7行目: kind はこの様式にない種類です");
}
