#include "infra/text/csv.h"

#include "infra/text/encoding.h"
#include "infra/text/text_refusals.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace azukari::text {

namespace {

constexpr char kDosEndOfFile = '\x1A'; // mainframes and old tools leave one behind the last row

constexpr auto kEndsOpenCell = [] {
    std::array<bool, 256> table{};
    for (const char c : {',', '"', '\r', '\n'}) table[static_cast<unsigned char>(c)] = true;
    return table;
}();

} // namespace

CsvReader::CsvReader(Source& source, CsvLimits limits) : source_(source), limits_(limits) {}

bool CsvReader::fill()
{
    if (ended_) return false;
    if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() - end_ < limits_.piece) buffer_.resize(end_ + limits_.piece);
    const std::size_t count = source_.read({buffer_.data() + end_, buffer_.size() - end_});
    end_ += count;
    ended_ = count == 0;
    return !ended_;
}

void CsvReader::begin_reading()
{
    begun_ = true;
    while (end_ - begin_ < kByteOrderMark.size() && fill()) {
    }
    had_mark_ = std::string_view(buffer_.data(), end_).starts_with(kByteOrderMark);
    if (had_mark_) begin_ = kByteOrderMark.size();
}

std::string_view CsvReader::head()
{
    if (!begun_) begin_reading();
    return {buffer_.data() + begin_, end_ - begin_};
}

// True when the byte at `at`, counted from the row's beginning, is in the buffer; false at the end
// of the file.
Result<bool> CsvReader::ensure(std::size_t at)
{
    while (begin_ + at >= end_) {
        if (end_ - begin_ > limits_.row_bytes)
            return refuse(kRowTooLong, std::to_string(row_line_), std::to_string(limits_.row_bytes));
        if (!fill()) return false;
    }
    return true;
}

Result<std::size_t> CsvReader::open_cell(std::size_t at)
{
    const std::size_t begin = at;
    for (;;) {
        const char* p = buffer_.data() + begin_ + at;
        const char* const end = buffer_.data() + end_;
        while (p < end && !kEndsOpenCell[static_cast<unsigned char>(*p)]) ++p;
        at = static_cast<std::size_t>(p - buffer_.data()) - begin_;
        if (p < end) break;
        AZK_TRY(const bool more, ensure(at));
        if (!more) break;
    }
    if (begin_ + at < end_ && buffer_[begin_ + at] == '"') return refuse(kStrayQuote, std::to_string(line_));
    cells_.push_back({begin, at - begin});
    return at;
}

// The doubled quotes inside are made single in place, so that the cell is one stretch of the
// buffer.
Result<std::size_t> CsvReader::quoted_cell(std::size_t at)
{
    const std::size_t first_line = line_;
    const std::size_t begin = ++at;
    std::size_t write = begin;
    for (;;) {
        AZK_TRY(const bool more, ensure(at));
        if (!more) return refuse(kOpenQuote, std::to_string(first_line));
        const char c = buffer_[begin_ + at];
        if (c == '"') {
            AZK_TRY(const bool followed, ensure(at + 1));
            if (!followed || buffer_[begin_ + at + 1] != '"') break;
            ++at;
        }
        if (c == '\n') ++line_;
        buffer_[begin_ + write++] = c;
        ++at;
    }
    cells_.push_back({begin, write - begin});
    return at + 1;
}

Result<bool> CsvReader::next(CsvRow& row)
{
    if (!begun_) begin_reading();
    row_line_ = line_;
    cells_.clear();
    AZK_TRY(bool more, ensure(0));
    if (!more) return false;
    if (buffer_[begin_] == kDosEndOfFile) {
        AZK_TRY(more, ensure(1));
        if (!more) return false;
    }
    std::size_t at = 0;
    for (bool row_ended = false; !row_ended;) {
        AZK_TRY(more, ensure(at));
        const bool quoted = more && buffer_[begin_ + at] == '"';
        AZK_TRY(at, quoted ? quoted_cell(at) : open_cell(at));
        if (cells_.size() > limits_.cells)
            return refuse(kTooManyCells, std::to_string(row_line_), std::to_string(limits_.cells));
        AZK_TRY(more, ensure(at));
        if (!more) break;
        const char c = buffer_[begin_ + at++];
        if (c == ',') continue;
        if (c == '\r') {
            AZK_TRY(more, ensure(at));
            if (!more || buffer_[begin_ + at++] != '\n') return refuse(kStrayReturn, std::to_string(line_));
        } else if (c != '\n') {
            return refuse(kStrayQuote, std::to_string(line_));
        }
        ++line_;
        row_ended = true;
    }
    if (at > limits_.row_bytes)
        return refuse(kRowTooLong, std::to_string(row_line_), std::to_string(limits_.row_bytes));
    row.line = row_line_;
    row.cells.clear();
    for (const auto& cell : cells_) row.cells.emplace_back(buffer_.data() + begin_ + cell.begin, cell.size);
    begin_ += at;
    return true;
}

void append_csv_row(std::string& out, const std::vector<std::string_view>& cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        const auto cell = cells[i];
        const bool alone_and_empty = cells.size() == 1 && cell.empty();
        if (cell.find_first_of(",\"\r\n") == std::string_view::npos && !alone_and_empty) {
            out += cell;
            continue;
        }
        out += '"';
        for (const char c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

} // namespace azukari::text
