// The layout of the file in which the ward hands over its recipients: which columns there are,
// which declared item of the entrustment each one carries, and what a correct cell looks like.
// Data, in definitions/layouts/guidance/recipients.toml.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::text {
class Definition;
}

namespace azukari::guidance {

enum class CellKind : std::uint8_t { text, digits, integer, decimal, date, postal_code, choice };
enum class Required : std::uint8_t { always, optional, by_kind };

struct RecipientColumn {
    std::string id;     // what letter layouts call it
    std::string header; // as the ward writes it
    std::string item;   // 情報項目, in the register's words
    CellKind kind = CellKind::text;
    std::size_t shortest = 0, longest = 0; // characters
    double least = 0, most = 0;
    std::vector<std::string> choices;
    Required required = Required::always;
    std::vector<std::string> kinds; // 利用券種別 under which the cell must be filled, and may only then
    bool unique = false;
    std::size_t occurrence = 0; // which of the columns under the same heading, from 1; 0: there is only one

    std::string expectation() const; // in Japanese: what a correct cell looks like
};

// What a file has besides its heading and its rows. The files of the 国保連 begin with a control row, which names the
// kind of file, and end with a row of one cell.
struct FileShape {
    enum class Trailer : std::uint8_t { none, present, counts };

    std::string control_word;        // of the first row; empty: the file begins with its heading
    std::size_t control_cell = 2;    // where it stands, from 1
    Trailer trailer = Trailer::none; // counts: its one cell says how many rows there are
};

class RecipientLayout {
public:
    static Result<RecipientLayout> read(const std::string& path);
    static Result<RecipientLayout> parse(std::string_view toml, const std::string& name);

    const std::string& name() const { return name_; }
    const std::vector<RecipientColumn>& columns() const { return columns_; }
    const FileShape& shape() const { return shape_; }
    std::optional<std::size_t> index_of(std::string_view id) const;
    std::size_t maximum_rows() const { return maximum_rows_; }
    // The columns this programme cannot do without.
    std::size_t kind_column() const { return kind_column_; }
    std::size_t level_column() const { return level_column_; }

private:
    static Result<RecipientLayout> from(const text::Definition& file);

    std::string name_;
    std::vector<RecipientColumn> columns_;
    FileShape shape_;
    std::size_t maximum_rows_ = 0, kind_column_ = 0, level_column_ = 0;
};

} // namespace azukari::guidance
