// Comma separated values as RFC 4180 has them: cells may be quoted, a quoted cell may hold commas,
// quotes and line ends. Cells come as the file's own bytes: neither a comma nor a quote nor a line
// end is ever the second byte of a CP932 pair, so that rows can be told apart before anything is
// decoded.
#pragma once

#include "base/result.h"
#include "infra/text/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::text {

struct CsvLimits {
    std::size_t row_bytes = 1 << 20;
    std::size_t cells = 2048;
    std::size_t piece = 256 * 1024; // bytes asked of the source at once
};

struct CsvRow {
    std::vector<std::string_view> cells; // alive until the next row is read
    std::size_t line = 0;                // of the file, from 1, where the row begins
};

class CsvReader {
public:
    explicit CsvReader(Source& source, CsvLimits limits = {});

    // True: `row` holds the next row. False: the file has ended. Refused: the file is no CSV;
    // reading cannot go on.
    Result<bool> next(CsvRow& row);
    // The first bytes of the file, for guessing its encoding; call before the first row. A byte
    // order mark is not in it.
    std::string_view head();
    bool had_byte_order_mark() const { return had_mark_; }

private:
    bool fill();
    void begin_reading();
    Result<bool> ensure(std::size_t at);
    Result<std::size_t> quoted_cell(std::size_t at);
    Result<std::size_t> open_cell(std::size_t at);

    Source& source_;
    CsvLimits limits_;
    std::string buffer_;
    std::size_t begin_ = 0, end_ = 0; // the unread part of the buffer
    std::size_t line_ = 1, row_line_ = 1;
    bool begun_ = false, ended_ = false, had_mark_ = false;
    struct Cell {
        std::size_t begin, size; // relative to begin_
    };
    std::vector<Cell> cells_;
};

// Appends one row with CRLF; quotes a cell only where RFC 4180 demands it.
void append_csv_row(std::string& out, const std::vector<std::string_view>& cells);

} // namespace azukari::text
