// Reading the ward's file of recipients: every cell is checked against the layout before anything
// is made of it, and what is wrong is listed by row and column, with the value's shape but never
// the value.
#pragma once

#include "infra/text/csv.h"
#include "infra/text/encoding.h"
#include "programmes/guidance/recipient_layout.h"

#include <span>
#include <unordered_set>

namespace azukari::guidance {

// One person, as the values of the layout's columns in UTF-8.
class Recipient {
public:
    std::string_view value(std::size_t column) const
    {
        const std::size_t begin = column == 0 ? 0 : ends_[column - 1];
        return std::string_view(text_).substr(begin, ends_[column] - begin);
    }
    std::size_t columns() const { return ends_.size(); }
    std::size_t line() const { return line_; } // of the file, from 1; 0 when the person came another way

    void clear(std::size_t line);
    void add(std::string_view value);
    bool add_decoded(std::string_view bytes, text::Encoding encoding);

private:
    std::string text_;
    std::vector<std::uint32_t> ends_;
    std::size_t line_ = 0;
};

struct BadCell {
    std::size_t line;     // of the file, from 1
    std::string column;   // its header; empty when the row as a whole is wrong
    std::string masked;   // the shape of the value: 9 for a digit, 漢 for a kanji …
    std::string expected; // in Japanese

    std::string sentence() const; // "12行目 生年月日「99999999」: 実在する日付…"
};

// The shape of a value, for messages and logs: tells a full-width digit from a half-width one,
// tells no value.
std::string mask_of(std::string_view utf8);

enum class UndeclaredColumns : std::uint8_t { refuse, drop };

class RecipientFile {
public:
    // Reads the header row. The layout and the source must outlive the file. Refuses what is no CSV, missing columns,
    // and a column that the layout does not have, by its name; or leaves that one out and says so in dropped_columns()
    // (K21: what was not declared has nowhere to go). `declared_items`: the register's, so that a column of a declared
    // item is not called undeclared; the layout's own items are known anyway.
    static Result<RecipientFile> open(text::Source& source, const RecipientLayout& layout,
                                      UndeclaredColumns undeclared = UndeclaredColumns::refuse,
                                      std::span<const std::string> declared_items = {});

    // True: `recipient` is the next person; what is wrong with the row has been appended to `bad`.
    // False: no more.
    Result<bool> next(Recipient& recipient, std::vector<BadCell>& bad);

    const RecipientLayout& layout() const { return *layout_; }
    const std::vector<std::string>& dropped_columns() const { return dropped_; }
    text::Encoding encoding() const { return encoding_; }
    std::size_t rows() const { return rows_; }

private:
    RecipientFile(text::Source& source, const RecipientLayout& layout) : reader_(source), layout_(&layout) {}
    Result<void> read_header(UndeclaredColumns undeclared, std::span<const std::string> declared_items);
    Result<void> read_control_row();
    Result<void> place_columns();
    bool is_trailer() const;
    Result<bool> end_of_rows(bool at_trailer);
    Result<void> check_trailer();
    bool decode_row(Recipient& recipient, std::vector<BadCell>& bad);
    void check_row(const Recipient& recipient, std::vector<BadCell>& bad);
    bool seen_before(std::size_t column, std::string_view digits);

    text::CsvReader reader_;
    text::CsvRow row_;
    const RecipientLayout* layout_;
    text::Encoding encoding_ = text::Encoding::cp932;
    std::size_t width_ = 0;            // cells in the header row
    std::vector<std::size_t> sources_; // by layout column: the cell of the row
    std::vector<std::string> dropped_;
    std::vector<std::unordered_set<std::uint64_t>> seen_; // by layout column, where values are unique
    std::size_t rows_ = 0;
};

// A file of the layout without a person, in CP932, as a ward may fill it in: its headings, and what its shape wants
// before and after the rows.
Result<std::string> heading_row(const RecipientLayout& layout);
std::string rows_before_data(const RecipientLayout& layout); // UTF-8
std::string rows_after_data(const RecipientLayout& layout, std::size_t rows);

// Whether a value is right for its column, the recipient's 利用券種別 being `kind`. Used by other
// ways in, too.
bool is_right(const RecipientColumn& column, std::string_view value, std::string_view kind);

} // namespace azukari::guidance
