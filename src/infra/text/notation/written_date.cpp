#include "infra/text/notation/written_date.h"

#include "infra/text/notation/notation_refusals.h"
#include "infra/text/notation/numeral.h"
#include "infra/text/utf8.h"

#include <array>
#include <fmt/format.h>

namespace azukari::text {

namespace {

struct EraMark {
    std::u32string_view mark;
    std::size_t era; // in eras(), newest first
};
constexpr std::array<EraMark, 25> kEraMarks = {{{U"令和", 0}, {U"平成", 1}, {U"昭和", 2}, {U"大正", 3}, {U"明治", 4},
                                                {U"㋿", 0},  {U"㍻", 1},   {U"㍼", 2},   {U"㍽", 3},   {U"㍾", 4},
                                                {U"令", 0},   {U"平", 1},   {U"昭", 2},   {U"大", 3},   {U"明", 4},
                                                {U"R", 0},    {U"H", 1},    {U"S", 2},    {U"T", 3},    {U"M", 4},
                                                {U"r", 0},    {U"h", 1},    {U"s", 2},    {U"t", 3},    {U"m", 4}}};
constexpr int kFirstYear = 1868, kLastYear = 2100; // of a bare number taken for a year
constexpr std::size_t kLongest = 48;               // characters of a notation

struct Written {
    std::optional<std::size_t> era;
    std::optional<int> year; // of the era, or western
    std::optional<unsigned> month, day;
};

class Reader {
public:
    explicit Reader(std::u32string_view text) : text_(text) {}

    std::optional<Written> read()
    {
        skip_blank();
        era();
        if (!written_.era) {
            if (compact()) return end();
        } else if (compact_in_era()) {
            return end();
        }
        if (!parts() || !end()) return std::nullopt;
        return written_;
    }

private:
    bool take(std::u32string_view word)
    {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    void skip_blank()
    {
        while (at_ < text_.size() && text_[at_] == U' ') ++at_;
    }

    void era()
    {
        if (take(U"西暦")) return skip_blank();
        for (const auto& known : kEraMarks)
            if (take(known.mark)) {
                written_.era = known.era;
                take(U".");
                return skip_blank();
            }
    }

    std::u32string_view digits() const
    {
        std::size_t end = at_;
        while (end < text_.size() && text_[end] >= U'0' && text_[end] <= U'9') ++end;
        return text_.substr(at_, end - at_);
    }
    int taken(std::size_t count) // so many ASCII digits, known to be there
    {
        int value = 0;
        for (; count > 0; --count) value = value * 10 + static_cast<int>(text_[at_++] - U'0');
        return value;
    }
    void month_and_day()
    {
        written_.month = static_cast<unsigned>(taken(2));
        written_.day = static_cast<unsigned>(taken(2));
    }

    // 20230403, 202304, 3400401
    bool compact()
    {
        const auto run = digits();
        if (run.size() == 8) {
            written_.year = taken(4);
            month_and_day();
            return true;
        }
        if (run.size() != 7 || run[0] < U'1' || run[0] > U'5') return false;
        written_.era = 5 - static_cast<std::size_t>(taken(1)); // 1 明治 … 5 令和
        written_.year = taken(2);
        month_and_day();
        return true;
    }
    bool compact_in_era() // S400401
    {
        if (digits().size() != 6) return false;
        written_.year = taken(2);
        month_and_day();
        return true;
    }

    // What parts one number from the next; says whether it names the number before it.
    bool separator(std::u32string_view name, bool& named)
    {
        skip_blank();
        named = take(name);
        const bool mark = !named && (take(U".") || take(U"/") || take(U"-") || take(U"・") || take(U","));
        const auto before = at_;
        skip_blank();
        return named || mark || at_ > before;
    }

    bool parts()
    {
        bool named = false;
        std::optional<int> first = take(U"元") ? 1 : std::optional<int>(number_at(text_, at_));
        if (!first || at_ > text_.size()) return false;
        if (!written_.era && text_.substr(at_).starts_with(U"月")) return month_first(*first);
        written_.year = first;
        separator(U"年", named);
        if (at_ == text_.size() || text_[at_] == U'生') return written_.era || named || *first >= kFirstYear;
        const auto month = number_at(text_, at_);
        if (!month) return false;
        written_.month = static_cast<unsigned>(*month);
        separator(U"月", named);
        if (at_ == text_.size() || text_[at_] == U'生') return true;
        const auto day = number_at(text_, at_);
        if (!day) return false;
        written_.day = static_cast<unsigned>(*day);
        skip_blank();
        take(U"日");
        return true;
    }
    bool month_first(int month)
    {
        bool named = false;
        written_.month = static_cast<unsigned>(month);
        separator(U"月", named);
        if (at_ == text_.size()) return true;
        const auto day = number_at(text_, at_);
        if (!day) return false;
        written_.day = static_cast<unsigned>(*day);
        return take(U"日") || at_ == text_.size();
    }

    // Weekday and 生まれ may follow, nothing else.
    std::optional<Written> end()
    {
        skip_blank();
        if (take(U"(")) {
            if (at_ < text_.size() &&
                std::u32string_view(U"月火水木金土日").find(text_[at_]) != std::u32string_view::npos)
                ++at_;
            take(U"曜日") || take(U"曜");
            if (!take(U")")) return std::nullopt;
        }
        take(U"生まれ") || take(U"生れ") || take(U"生");
        skip_blank();
        if (at_ != text_.size()) return std::nullopt;
        return written_;
    }

    std::u32string_view text_;
    std::size_t at_ = 0;
    Written written_;
};

std::optional<Written> written_in(std::string_view utf8)
{
    const auto text = plain_characters(utf8);
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    auto written = Reader(text).read();
    if (written && written->year && written->era && (*written->year < 1 || *written->year > 99)) return std::nullopt;
    return written;
}

int western(const Written& written)
{
    return written.era ? eras()[*written.era].first_year + *written.year - 1 : *written.year;
}

std::string spoken(const Written& written) // as it was written, in the long form
{
    const auto year = written.era ? fmt::format("{}{}", eras()[*written.era].name,
                                                *written.year == 1 ? "元" : std::to_string(*written.year))
                                  : std::to_string(*written.year);
    return fmt::format("{}年{}月{}日", year, *written.month, *written.day);
}

} // namespace

Result<CivilDate> read_date(std::string_view utf8)
{
    if (auto iso = CivilDate::parse(utf8)) return iso; // most that machines wrote
    const auto written = written_in(utf8);
    if (!written || !written->year || !written->month || !written->day) return refuse(kNoWrittenDate);
    if (!written->era && *written->year < 1000) return refuse(kNoWrittenDate); // 5.4.3: which era?
    const auto date = CivilDate::from(western(*written), *written->month, *written->day);
    if (!date) return refuse(kNoSuchWrittenDay, spoken(*written));
    if (written->era) {
        const auto& era = eras()[*written->era];
        if (*date < eras().back().from) return refuse(kLunarDate);
        const bool ended = *written->era > 0 && *date >= eras()[*written->era - 1].from;
        if (*date < era.from || ended) return refuse(kOutsideEra, spoken(*written), to_era(*date));
    }
    return *date;
}

bool DatePart::fits(CivilDate date) const
{
    return (!year || *year == date.year()) && (!month || *month == date.month()) && (!day || *day == date.day());
}

std::optional<DatePart> date_part(std::string_view utf8)
{
    const auto written = written_in(utf8);
    if (!written) return std::nullopt;
    DatePart part;
    if (written->year) part.year = western(*written);
    part.month = written->month;
    part.day = written->day;
    if (part.year && (*part.year < kFirstYear || *part.year > kLastYear)) return std::nullopt;
    if (part.month && (*part.month < 1 || *part.month > 12)) return std::nullopt;
    if (part.day && (*part.day < 1 || *part.day > 31)) return std::nullopt;
    return part;
}

} // namespace azukari::text
