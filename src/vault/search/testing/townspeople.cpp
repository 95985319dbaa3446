#include "vault/search/townspeople.h"

#include "base/instant.h"
#include "base/random.h"
#include "infra/text/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace azukari::search {

namespace {

struct Surname {
    std::string_view kanji, reading;
    int weight;
};
constexpr Surname kSurnames[] = {
    {"佐藤", "サトウ", 150},    {"鈴木", "スズキ", 140},  {"高橋", "タカハシ", 100}, {"髙橋", "タカハシ", 40},
    {"田中", "タナカ", 105},    {"伊藤", "イトウ", 85},   {"渡辺", "ワタナベ", 70},  {"渡邊", "ワタナベ", 25},
    {"渡邉", "ワタナベ", 12},   {"山本", "ヤマモト", 80}, {"中村", "ナカムラ", 80},  {"小林", "コバヤシ", 80},
    {"加藤", "カトウ", 70},     {"吉田", "ヨシダ", 65},   {"山田", "ヤマダ", 65},    {"佐々木", "ササキ", 50},
    {"山口", "ヤマグチ", 50},   {"松本", "マツモト", 48}, {"井上", "イノウエ", 48},  {"木村", "キムラ", 45},
    {"林", "ハヤシ", 42},       {"斎藤", "サイトウ", 32}, {"斉藤", "サイトウ", 20},  {"齋藤", "サイトウ", 10},
    {"齊藤", "サイトウ", 6},    {"清水", "シミズ", 42},   {"山崎", "ヤマザキ", 28},  {"山﨑", "ヤマザキ", 14},
    {"森", "モリ", 40},         {"池田", "イケダ", 38},   {"橋本", "ハシモト", 38},  {"阿部", "アベ", 38},
    {"安部", "アベ", 6},        {"石川", "イシカワ", 36}, {"中島", "ナカジマ", 30},  {"中嶋", "ナカジマ", 8},
    {"小川", "オガワ", 34},     {"前田", "マエダ", 32},   {"岡田", "オカダ", 32},    {"長谷川", "ハセガワ", 32},
    {"後藤", "ゴトウ", 30},     {"近藤", "コンドウ", 30}, {"村上", "ムラカミ", 30},  {"遠藤", "エンドウ", 30},
    {"青木", "アオキ", 29},     {"坂本", "サカモト", 29}, {"太田", "オオタ", 22},    {"大田", "オオタ", 5},
    {"金子", "カネコ", 24},     {"三浦", "ミウラ", 24},   {"原田", "ハラダ", 22},    {"小野", "オノ", 22},
    {"大野", "オオノ", 18},     {"竹内", "タケウチ", 22}, {"和田", "ワダ", 21},      {"原", "ハラ", 20},
    {"柴田", "シバタ", 19},     {"酒井", "サカイ", 19},   {"宮崎", "ミヤザキ", 14},  {"宮﨑", "ミヤザキ", 6},
    {"高木", "タカギ", 14},     {"髙木", "タカギ", 5},    {"工藤", "クドウ", 17},    {"今井", "イマイ", 17},
    {"大塚", "オオツカ", 16},   {"新井", "アライ", 16},   {"河野", "コウノ", 15},    {"千葉", "チバ", 14},
    {"菅原", "スガワラ", 14},   {"久保", "クボ", 13},     {"菊地", "キクチ", 12},    {"菊池", "キクチ", 12},
    {"島田", "シマダ", 12},     {"嶋田", "シマダ", 4},    {"桜井", "サクライ", 10},  {"櫻井", "サクライ", 6},
    {"五十嵐", "イガラシ", 11}, {"服部", "ハットリ", 10}, {"東", "ヒガシ", 9},       {"土屋", "ツチヤ", 9},
    {"辻", "ツジ", 9},          {"樋口", "ヒグチ", 8},    {"浜田", "ハマダ", 7},     {"濱田", "ハマダ", 4},
    {"広瀬", "ヒロセ", 6},      {"廣瀬", "ヒロセ", 4},    {"田辺", "タナベ", 5},     {"田邊", "タナベ", 4},
    {"沢田", "サワダ", 5},      {"澤田", "サワダ", 5},    {"国分", "コクブ", 3},     {"國分", "コクブ", 2},
    {"王", "オウ", 6},          {"李", "リ", 6},          {"金", "キム", 5},         {"グエン", "グエン", 3},
    {"東海林", "ショウジ", 2},  {"見本", "ミホン", 1},    {"架空", "カクウ", 1},     {"試験", "シケン", 1}};

struct Part {
    std::string_view kanji, reading;
};
constexpr Part kMaleFirst[] = {{"和", "カズ"}, {"正", "マサ"}, {"義", "ヨシ"}, {"秀", "ヒデ"}, {"英", "ヒデ"},
                               {"健", "ケン"}, {"康", "ヤス"}, {"孝", "タカ"}, {"隆", "タカ"}, {"俊", "トシ"},
                               {"敏", "トシ"}, {"直", "ナオ"}, {"信", "ノブ"}, {"文", "フミ"}, {"光", "ミツ"},
                               {"幸", "ユキ"}, {"昭", "アキ"}, {"明", "アキ"}, {"勝", "カツ"}, {"國", "クニ"},
                               {"国", "クニ"}, {"浩", "ヒロ"}, {"真", "シン"}, {"眞", "シン"}, {"龍", "リュウ"}};
constexpr Part kMaleLast[] = {{"男", "オ"},   {"夫", "オ"}, {"雄", "オ"}, {"一", "イチ"}, {"樹", "キ"},  {"彦", "ヒコ"},
                              {"之", "ユキ"}, {"也", "ヤ"}, {"人", "ト"}, {"二", "ジ"},   {"介", "スケ"}};
constexpr Part kFemaleFirst[] = {
    {"和", "カズ"},   {"幸", "サチ"},   {"節", "セツ"},   {"陽", "ヨウ"},   {"洋", "ヨウ"},
    {"恵", "ケイ"},   {"京", "キョウ"}, {"久美", "クミ"}, {"由美", "ユミ"}, {"真由", "マユ"},
    {"明", "アキ"},   {"直", "ナオ"},   {"智", "トモ"},   {"裕", "ユウ"},   {"優", "ユウ"},
    {"千代", "チヨ"}, {"文", "フミ"},   {"敏", "トシ"},   {"光", "ミツ"},   {"弘", "ヒロ"},
    {"美智", "ミチ"}, {"淳", "ジュン"}, {"典", "ノリ"},   {"榮", "エイ"},   {"桜", "サクラ"}};
constexpr Part kFemaleLast[] = {{"子", "コ"}, {"子", "コ"}, {"子", "コ"}, {"美", "ミ"}, {"江", "エ"},
                                {"代", "ヨ"}, {"枝", "エ"}, {"香", "カ"}, {"奈", "ナ"}};

struct Quarter {
    std::string_view name, postcode;
    int blocks; // 丁目; 0 where there are none
};
constexpr Quarter kQuarters[] = {{"見本台", "9990001", 5},   {"見本町", "9990002", 3},     {"架空町", "9990003", 8},
                                 {"架空が丘", "9990004", 4}, {"試験坂", "9990005", 0},     {"西試験坂", "9990006", 4},
                                 {"例示橋", "9990007", 2},   {"仮名町", "9990008", 0},     {"北仮名町", "9990009", 3},
                                 {"雛形", "9990010", 6},     {"上雛形", "9990011", 0},     {"下雛形", "9990012", 4},
                                 {"二十本町", "9990013", 0}, {"三栄見本町", "9990014", 0}, {"市谷架空町", "9990015", 0},
                                 {"本見本", "9990016", 2},   {"寓話町", "9990017", 5},     {"想像新田", "9990018", 0}};
constexpr std::string_view kBuildings[] = {"コーポ見本",   "メゾン架空",     "第二髙田ハイツ",   "グランドハイム試験坂",
                                           "ハイツさくら", "見本・タワーズ", "シャトー雛形",     "メゾン・ド・仮名",
                                           "区営寓話住宅", "サンハイツⅡ",    "パークサイド例示", "ドミール想像"};
constexpr std::pair<std::string_view, std::string_view> kForms[] = {
    {"髙", "高"}, {"﨑", "崎"}, {"邊", "辺"}, {"邉", "辺"}, {"澤", "沢"}, {"廣", "広"}, {"濱", "浜"}, {"眞", "真"},
    {"櫻", "桜"}, {"國", "国"}, {"榮", "栄"}, {"嶋", "島"}, {"齋", "斎"}, {"齊", "斉"}, {"龍", "竜"}};
constexpr std::u32string_view kKana =
    U"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
constexpr std::u32string_view kFull = U"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラ"
                                      U"リルレロワヲンァィゥェォャュョッー　";
constexpr std::u32string_view kHalf = U"ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ ";
constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";

std::u32string characters(std::string_view utf8)
{
    std::u32string out;
    for (std::size_t at = 0; at < utf8.size();) out += text::next_code_point(utf8, at);
    return out;
}

std::string as_utf8(std::u32string_view text)
{
    std::string out;
    for (const char32_t c : text) text::append_utf8(out, c);
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string full_width(std::string_view text)
{
    std::u32string out;
    for (const char32_t c : characters(text)) out += c > 0x20 && c < 0x7F ? c + 0xFEE0 : c == U' ' ? U'　' : c;
    return as_utf8(out);
}

std::string half_width(std::string_view text)
{
    std::u32string out;
    for (const char32_t c : characters(text)) {
        if (const auto at = kFull.find(c); at != kFull.npos)
            out += kHalf[at];
        else if (const auto plain = kFull.find(c - 1); c >= U'ガ' && c <= U'ボ' && plain != kFull.npos)
            out += {kHalf[plain], U'ﾞ'};
        else if (const auto half = kFull.find(c - 2); c >= U'パ' && c <= U'ポ' && half != kFull.npos)
            out += {kHalf[half], U'ﾟ'};
        else
            out += c;
    }
    return as_utf8(out);
}

std::string hiragana(std::string_view text)
{
    std::u32string out;
    for (const char32_t c : characters(text)) out += c >= U'ァ' && c <= U'ヴ' ? c - 0x60 : c;
    return as_utf8(out);
}

struct Home {
    const Quarter* quarter;
    int block, number, house; // 丁目 番 号
    std::string_view building;
    int room;
};

class Registrar {
public:
    explicit Registrar(std::uint64_t seed) : rng_(seed)
    {
        for (const auto& surname : kSurnames) total_ += surname.weight;
    }

    Town town(std::size_t count)
    {
        Town town;
        const std::size_t again = count / 20;
        for (std::size_t i = 0; i < count - again; ++i) town.people.push_back(somebody(town.people));
        std::vector<std::uint32_t> order(count), origin(count, UINT32_MAX);
        std::vector<std::uint8_t> taken(count - again);
        while (town.people.size() < count) {
            const auto of = static_cast<std::uint32_t>(rng_.below(count - again));
            if (std::exchange(taken[of], 1) != 0) continue;
            origin[town.people.size()] = of;
            town.people.push_back(written_again(town.people[of], homes_[of]));
        }
        for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
        for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[rng_.below(i)]);
        Town mixed;
        mixed.people.resize(count);
        for (std::size_t i = 0; i < count; ++i) mixed.people[order[i]] = std::move(town.people[i]);
        for (std::size_t i = count - again; i < count; ++i)
            mixed.twice.emplace_back(std::min(order[i], order[origin[i]]), std::max(order[i], order[origin[i]]));
        std::ranges::sort(mixed.twice);
        return mixed;
    }

private:
    bool chance(unsigned percent) { return rng_.below(100) < percent; }
    int between(int low, int high)
    {
        return low + static_cast<int>(rng_.below(static_cast<std::uint64_t>(high - low + 1)));
    }
    template <class T, std::size_t N>
    const T& one_of(const T (&of)[N])
    {
        return of[rng_.below(N)];
    }

    const Surname& surname()
    {
        int at = between(0, total_ - 1);
        for (const auto& surname : kSurnames)
            if ((at -= surname.weight) < 0) return surname;
        return kSurnames[0];
    }

    Home home()
    {
        Home home{&one_of(kQuarters), 0, between(1, 40), between(1, 30), {}, 0};
        if (home.quarter->blocks > 0) home.block = between(1, home.quarter->blocks);
        if (chance(62)) {
            home.building = one_of(kBuildings);
            home.room = between(1, 9) * 100 + between(1, 12);
        }
        return home;
    }

    std::string telephone()
    {
        if (chance(55)) return fmt::format("0{}0-0{:03}-{:04}", between(7, 9), between(0, 999), between(0, 9999));
        return fmt::format("03-0{:03}-{:04}", between(0, 999), between(0, 9999));
    }

    std::string written(const Home& home, int style)
    {
        const auto block = home.block == 0 ? std::string() : fmt::format("{}-", home.block);
        const auto digit = as_utf8(kDigits.substr(static_cast<std::size_t>(home.block), 1));
        const auto named = home.block == 0 ? std::string() : digit + "丁目";
        switch (style) {
        case 0:
            return fmt::format("{}{}{}-{}", home.quarter->name, block, home.number, home.house);
        case 1:
            return fmt::format("{}{}{}番{}号", home.quarter->name, named, home.number, home.house);
        case 2:
            return full_width(fmt::format("{}{}{}-{}", home.quarter->name, block, home.number, home.house));
        default:
            return full_width(fmt::format("{}{}{}番地{}", home.quarter->name,
                                          home.block == 0 ? "" : fmt::format("{}丁目", home.block), home.number,
                                          home.house));
        }
    }
    std::string building(const Home& home, int style)
    {
        if (home.building.empty()) return {};
        return style == 0   ? fmt::format(" {} {}号室", home.building, home.room)
               : style == 1 ? fmt::format(" {}{}", home.building, home.room)
                            : full_width(fmt::format(" {} {}", home.building, home.room));
    }
    static std::string postcode(const Home& home)
    {
        return fmt::format("{}-{}", home.quarter->postcode.substr(0, 3), home.quarter->postcode.substr(3));
    }

    Townsperson somebody(const std::vector<Townsperson>& neighbours)
    {
        const auto& family = surname();
        const bool female = chance(52);
        const Part& first = female ? one_of(kFemaleFirst) : one_of(kMaleFirst);
        const Part& last = female ? one_of(kFemaleLast) : one_of(kMaleLast);
        const auto born = CivilDate::from(1930, 4, 1)->plus_days(between(0, 77 * 365));
        auto place = home();
        Townsperson person{fmt::format("{}　{}{}", family.kanji, first.kanji, last.kanji),
                           fmt::format("{}　{}{}", family.reading, first.reading, last.reading),
                           born.iso(),
                           female ? "女" : "男",
                           {},
                           {},
                           telephone()};
        if (!neighbours.empty() && chance(12)) {
            const auto of = neighbours.size() - 1 - rng_.below(std::min<std::size_t>(50, neighbours.size()));
            const auto& relative = neighbours[of];
            place = homes_[of];
            if (chance(60)) person.telephone = relative.telephone;
            if (chance(2)) person.birth = relative.birth;
            person.name =
                relative.name.substr(0, relative.name.find("　")) + person.name.substr(person.name.find("　"));
            person.reading = relative.reading.substr(0, relative.reading.find("　")) +
                             person.reading.substr(person.reading.find("　"));
        }
        person.postcode = postcode(place);
        person.address = "東京都見本区" + written(place, 0) + building(place, 0);
        homes_.push_back(place);
        return person;
    }

    // What really differs between two forms of the same person.
    Townsperson written_again(Townsperson person, Home place)
    {
        if (chance(35))
            for (const auto& [old, today] : kForms)
                person.name = chance(50) ? replaced(person.name, old, today) : replaced(person.name, today, old);
        rewrite_reading(person);
        if (chance(4)) slip_in_birth(person);
        if (chance(20)) place = home();
        person.postcode = postcode(place);
        const auto area = chance(50) ? "東京都見本区" : chance(80) ? "見本区" : "";
        person.address = area + written(place, between(0, 3)) + (chance(25) ? "" : building(place, between(0, 2)));
        const auto k = rng_.below(100);
        if (k < 15)
            person.telephone = telephone();
        else if (k < 55)
            person.telephone = replaced(person.telephone, "-", "");
        else if (k < 65)
            person.telephone = full_width(person.telephone);
        if (person.sex == "女" && chance(5)) { // married
            const auto& family = surname();
            person.name = std::string(family.kanji) + person.name.substr(person.name.find("　"));
            if (const auto at = person.reading.find("　"); at != std::string::npos)
                person.reading = std::string(family.reading) + person.reading.substr(at);
        }
        return person;
    }

    void rewrite_reading(Townsperson& person)
    {
        const auto k = rng_.below(100);
        if (k < 12) {
            auto kana = characters(person.reading);
            auto& slip = kana[rng_.below(kana.size())];
            if (slip != U'　') slip = kKana[rng_.below(kKana.size())];
            person.reading = as_utf8(kana);
        } else if (k < 22) {
            person.reading = half_width(person.reading);
        } else if (k < 30) {
            person.reading = hiragana(person.reading);
        } else if (k < 36) {
            person.reading = replaced(person.reading, "　", "");
        }
    }

    void slip_in_birth(Townsperson& person)
    {
        const auto birth = *CivilDate::parse(person.birth);
        const int year = birth.year(), slips[] = {-10, -1, 1, 10};
        const auto k = rng_.below(10);
        auto slip = k < 4   ? CivilDate::from(year, birth.day(), birth.month())
                    : k < 7 ? CivilDate::from(year + one_of(slips), birth.month(), birth.day())
                            : CivilDate::from(year, birth.month(), static_cast<unsigned>(between(1, 28)));
        if (slip) person.birth = slip->iso();
    }

    Rng rng_;
    int total_ = 0;
    std::vector<Home> homes_; // of those who were written once
};

} // namespace

Town townspeople(std::size_t count, std::uint64_t seed)
{
    return Registrar(seed).town(count);
}

SubjectId id_of_place(std::size_t place)
{
    IdBytes bytes{};
    for (std::size_t i = 0; i < sizeof place; ++i) bytes[15 - i] = static_cast<std::uint8_t>(place >> (8 * i));
    bytes[0] = 1;
    return SubjectId(bytes);
}

Person as_person(const Townsperson& of, std::size_t place)
{
    return {id_of_place(place),
            {{Facet::name, of.name},
             {Facet::reading, of.reading},
             {Facet::birth, of.birth},
             {Facet::telephone, of.telephone},
             {Facet::address, of.address}}};
}

} // namespace azukari::search
