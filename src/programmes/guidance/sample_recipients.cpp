#include "programmes/guidance/sample_recipients.h"

#include "base/check.h"
#include "base/random.h"
#include "infra/text/cp932.h"
#include "infra/text/csv.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace azukari::guidance {

namespace {

// 髙, 﨑, 濵 and 德 are held by CP932 but not by JIS X 0208: the files of wards are full of them.
constexpr std::string_view kSurnames[] = {"見本",   "架空",   "試験",   "仮名",   "例示",   "模擬",   "想定",
                                          "練習",   "検証",   "雛形",   "見本田", "架空山", "試験川", "仮野",
                                          "例田",   "模木",   "髙見本", "例﨑",   "濵仮",   "德試",   "見本橋",
                                          "架空院", "仮名沢", "試野原", "例寺"};
constexpr std::string_view kMaleNames[] = {"太郎", "次郎", "三郎", "一郎", "健一", "浩", "茂", "隆", "誠",     "和夫",
                                           "正雄", "達也", "直樹", "哲也", "豊",   "稔", "昇", "薫", "龍之介", "眞一"};
constexpr std::string_view kFemaleNames[] = {"花子",   "和子", "幸子", "洋子", "恵子", "京子", "由美子",
                                             "明美",   "直美", "智子", "陽子", "裕子", "文子", "さくら",
                                             "みどり", "榮子", "澄子", "トミ", "薫",   "千鶴"};
struct Town {
    std::string_view postal_code, name;
    unsigned chome; // 0: the town has none
};
constexpr Town kTowns[] = {
    {"160-0004", "四谷", 4},         {"160-0013", "霞ケ丘町", 0}, {"160-0022", "新宿", 7},
    {"160-0023", "西新宿", 8},       {"161-0033", "下落合", 4},   {"161-0034", "上落合", 3},
    {"162-0041", "早稲田鶴巻町", 0}, {"162-0052", "戸山", 3},     {"162-0063", "市谷薬王寺町", 0},
    {"162-0825", "神楽坂", 6},       {"162-0833", "箪笥町", 0},   {"169-0073", "百人町", 4},
    {"169-0074", "北新宿", 4},       {"169-0075", "高田馬場", 4}};
constexpr std::string_view kBuildings[] = {
    "見本マンション",   "架空ハイツ",   "試験コーポ",  "例示荘",
    "メゾン・ド・見本", "第二架空ビル", "コーポ仮名Ⅱ", "見本グランドパークタワーイースト"};
constexpr std::string_view kChome[] = {"",       "一丁目", "二丁目", "三丁目", "四丁目",
                                       "五丁目", "六丁目", "七丁目", "八丁目"};

using Row = std::map<std::string_view, std::string>;

template <std::size_t N>
std::string_view one_of(Rng& rng, const std::string_view (&list)[N])
{
    return list[rng.below(N)];
}

std::uint64_t between(Rng& rng, std::uint64_t least, std::uint64_t most)
{
    return least + rng.below(most - least + 1);
}

std::string tenths(std::uint64_t value)
{
    return fmt::format("{}.{}", value / 10, value % 10);
}

std::string eight_digits(CivilDate date)
{
    return fmt::format("{:04}{:02}{:02}", date.year(), date.month(), date.day());
}

struct Risks { // which of the three groups of values are over 保健指導判定値
    bool pressure = false, lipids = false, sugar = false;
};

Risks some_risks(Rng& rng, unsigned count)
{
    const auto first = rng.below(3);
    bool chosen[3] = {};
    for (unsigned i = 0; i < count; ++i) chosen[(first + i) % 3] = true;
    return {chosen[0], chosen[1], chosen[2]};
}

void add_person(Row& row, Rng& rng, FiscalYear year, bool may_be_old)
{
    const bool female = rng.below(2) == 0;
    const int age = static_cast<int>(between(rng, 40, may_be_old ? 74 : 64));
    // Somebody who has turned `age` by 31 March was born within the year that ends there.
    const auto youngest = CivilDate::from(year.year() + 1 - age, 3, 31).value();
    const auto born = youngest.plus_days(-static_cast<std::int32_t>(rng.below(365)));
    row["name"] =
        fmt::format("{}　{}", one_of(rng, kSurnames), female ? one_of(rng, kFemaleNames) : one_of(rng, kMaleNames));
    row["sex"] = female ? "女" : "男";
    row["born"] = eight_digits(born);
    row["age"] = std::to_string(age_at_fiscal_year_end(born, year));
    const auto& town = kTowns[rng.below(std::size(kTowns))];
    const auto chome = town.chome > 0 ? kChome[between(rng, 1, town.chome)] : std::string_view();
    row["postal_code"] = town.postal_code;
    row["address"] =
        fmt::format("東京都新宿区{}{}{}番{}号", town.name, chome, between(rng, 50, 99), between(rng, 50, 99));
    if (rng.below(10) < 6)
        row["building"] =
            fmt::format("{} {}号室", one_of(rng, kBuildings), between(rng, 1, 29) * 100 + between(rng, 1, 12));
    row["insurance_symbol"] = fmt::format("新国{:02}", between(rng, 1, 99));
    row["insurance_number"] = fmt::format("{:07}", rng.below(10'000'000));
    row["resident_number"] = fmt::format("{:010}", 9'000'000'000 + rng.below(1'000'000'000));
    row["checkup_date"] =
        eight_digits(CivilDate::from(year.year(), 6, 1).value().plus_days(static_cast<std::int32_t>(rng.below(200))));
}

void add_results(Row& row, Rng& rng, Risks risks, bool wide, bool severe)
{
    const bool female = row["sex"] == "女";
    const auto height = between(rng, female ? 1450 : 1570, female ? 1680 : 1820);
    const auto bmi = wide ? between(rng, 250, 320) : between(rng, 190, 245);
    row["height"] = tenths(height);
    row["bmi"] = tenths(bmi);
    row["weight"] = tenths(bmi * height * height / 1'000'000); // height in mm
    row["waist"] = tenths(wide ? between(rng, female ? 900 : 850, 1080) : between(rng, 650, 840));
    row["systolic"] = std::to_string(severe           ? between(rng, 160, 185)
                                     : risks.pressure ? between(rng, 130, 158)
                                                      : between(rng, 98, 129));
    row["diastolic"] = std::to_string(risks.pressure ? between(rng, 76, 99) : between(rng, 58, 84));
    row["triglycerides"] = std::to_string(risks.lipids ? between(rng, 150, 340) : between(rng, 45, 149));
    row["hdl"] = std::to_string(risks.lipids ? between(rng, 32, 60) : between(rng, 42, 88));
    row["ldl"] = std::to_string(between(rng, 78, 168));
    row["ast"] = std::to_string(between(rng, 14, 42));
    row["alt"] = std::to_string(between(rng, 11, 55));
    row["gamma_gt"] = std::to_string(between(rng, 12, 96));
    if (risks.sugar || rng.below(10) > 0)
        row["glucose"] = std::to_string(risks.sugar ? between(rng, 100, 138) : between(rng, 76, 99));
    row["hba1c"] = tenths(risks.sugar ? between(rng, 56, 68) : between(rng, 48, 55));
    row["urine_sugar"] = rng.below(25) == 0 ? "＋" : "－";
    row["urine_protein"] = rng.below(14) == 0 ? "±" : "－";
    for (const auto* medicine : {"medicine_pressure", "medicine_sugar", "medicine_lipids"}) row[medicine] = "2";
    row["smoking"] = "2";
}

bool is_specific(Category category)
{
    return category == Category::active_support || category == Category::motivational_support;
}

// `like`: whose results the person has; the ward's words are those of `facts`.
Row make_row(Rng& rng, const CategoryFacts& facts, Category like, FiscalYear year)
{
    Row row;
    add_person(row, rng, year, facts.category != Category::active_support && like != Category::active_support);
    const bool severe = like == Category::referral;
    const unsigned risks = like == Category::motivational_support ? 1
                           : severe                               ? 0
                                                                  : static_cast<unsigned>(between(rng, 2, 3));
    add_results(row, rng, some_risks(rng, risks), is_specific(like), severe);
    row["kind"] = facts.kind;
    row["level"] = facts.level;
    return row;
}

// Which digit the vouchers of a category carry as 種別: 2 and 3 are the nation's, the others are
// the ward's choice.
unsigned voucher_type(Category category)
{
    switch (category) {
    case Category::active_support:
        return 2;
    case Category::motivational_support:
        return 3;
    case Category::lean_guidance:
        return 8;
    case Category::consultation:
        return 7;
    case Category::referral:
        return 0;
    }
    return 0;
}

std::vector<Category> shuffled_order(Rng& rng, std::size_t count)
{
    const auto shares = sample_shares(count);
    std::vector<Category> order;
    order.reserve(count);
    for (const auto& facts : kCategories)
        order.insert(order.end(), shares[static_cast<std::size_t>(facts.category)], facts.category);
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
    return order;
}

// The places in the order of the file whose results are to be the other class's: each one the middle of its share.
std::vector<bool> chosen_to_differ(const std::vector<Category>& order, std::size_t wanted)
{
    std::vector<std::size_t> specific;
    for (std::size_t i = 0; i < order.size(); ++i)
        if (is_specific(order[i])) specific.push_back(i);
    wanted = std::min(wanted, specific.size());
    std::vector<bool> chosen(order.size());
    for (std::size_t i = 0; i < wanted; ++i) chosen[specific[(2 * i + 1) * specific.size() / (2 * wanted)]] = true;
    return chosen;
}

Category other_class(Category category)
{
    return category == Category::active_support ? Category::motivational_support : Category::active_support;
}

} // namespace

std::array<std::size_t, kCategories.size()> sample_shares(std::size_t count)
{
    std::size_t total = 0;
    for (const auto& facts : kCategories) total += static_cast<std::size_t>(facts.expected);
    std::array<std::size_t, kCategories.size()> shares{};
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] = static_cast<std::size_t>(kCategories[i].expected) * count / total;
    shares[static_cast<std::size_t>(Category::lean_guidance)] +=
        count - std::accumulate(shares.begin(), shares.end(), std::size_t{0});
    return shares;
}

std::vector<std::size_t> write_sample_recipients(const RecipientLayout& layout, const SampleWish& wish,
                                                 const std::function<void(std::string_view)>& write)
{
    std::string out;
    std::vector<std::string_view> cells;
    const auto write_row = [&] {
        out.clear();
        text::append_csv_row(out, cells);
        write(text::encode_cp932(out).value());
    };
    const auto before = rows_before_data(layout);
    write(text::encode_cp932(before).value());
    const auto first_line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
    Rng rng(wish.seed);
    SerialNumbers serials;
    const int year = wish.checkup_year.year() % 100;
    const auto order = shuffled_order(rng, wish.count);
    const auto differs = chosen_to_differ(order, wish.differences);
    std::vector<std::size_t> lines;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& facts = facts_of(order[i]);
        auto row = make_row(rng, facts, differs[i] ? other_class(order[i]) : order[i], wish.checkup_year);
        if (differs[i]) lines.push_back(first_line + i);
        row["checkup_ticket"] = fmt::format("{:02}1{:08}", year, i + 1);
        if (facts.has_voucher)
            row["voucher"] = fmt::format("{:02}{}{:08}", year, voucher_type(order[i]), serials.next(order[i]));
        cells.clear();
        for (const auto& column : layout.columns()) cells.push_back(row[column.id]);
        write_row();
    }
    write(text::encode_cp932(rows_after_data(layout, order.size())).value());
    return lines;
}

} // namespace azukari::guidance
