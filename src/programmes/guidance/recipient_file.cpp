#include "programmes/guidance/recipient_file.h"

#include "infra/text/cp932.h"
#include "infra/text/folding.h"
#include "programmes/guidance/guidance_refusals.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unordered_map>

namespace azukari::guidance {

namespace {

constexpr std::size_t kNowhere = ~std::size_t{0};

// What a file is that is no text, by its first bytes, in the user's words; empty when it may be one.
std::string_view other_kind_of_file(std::string_view head)
{
    constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
        {"%PDF-", "PDF のようです"},
        {"PK\x03\x04", "Excel のブックか ZIP のようです"},
        {"\xD0\xCF\x11\xE0", "古い形式の Excel か Word のようです"},
        {"\x89PNG", "画像のようです"},
        {"\xFF\xD8\xFF", "画像のようです"},
        {"\xFF\xFE", "文字コードが UTF-16 のようです"},
        {"\xFE\xFF", "文字コードが UTF-16 のようです"}};
    for (const auto& [sign, kind] : kSigns)
        if (head.starts_with(sign)) return kind;
    const bool text = std::ranges::none_of(
        head, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n'; });
    return text ? std::string_view() : "文字でないデータが入っています";
}

std::string listed(const std::vector<std::string>& headers)
{
    return fmt::format("{}", fmt::join(headers, "、"));
}

// Those that neither are declared nor carry an item of the layout.
std::vector<std::string> undeclared_among(const std::vector<std::string>& headers, const RecipientLayout& layout,
                                          std::span<const std::string> declared_items)
{
    std::vector<std::string> known, strange;
    for (const auto& item : declared_items) known.push_back(text::comparison_key(item));
    for (const auto& column : layout.columns()) known.push_back(text::comparison_key(column.item));
    for (const auto& header : headers)
        if (std::ranges::find(known, text::comparison_key(header)) == known.end()) strange.push_back(header);
    return strange;
}

} // namespace

void Recipient::clear(std::size_t line)
{
    text_.clear();
    ends_.clear();
    line_ = line;
}

void Recipient::add(std::string_view value)
{
    text_ += value;
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

bool Recipient::add_decoded(std::string_view bytes, text::Encoding encoding)
{
    std::size_t bad = 0;
    const bool decoded = text::decode_into(text_, bytes, encoding, bad);
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    return decoded;
}

Result<RecipientFile> RecipientFile::open(text::Source& source, const RecipientLayout& layout,
                                          UndeclaredColumns undeclared, std::span<const std::string> declared_items)
{
    RecipientFile file(source, layout);
    AZK_REQUIRE(file.read_header(undeclared, declared_items));
    return file;
}

Result<void> RecipientFile::read_header(UndeclaredColumns undeclared, std::span<const std::string> declared_items)
{
    const auto head = reader_.head();
    if (const auto kind = other_kind_of_file(head); !kind.empty()) return refuse(kNotCsv, kind);
    const auto guessed = text::guess_encoding(head);
    encoding_ = reader_.had_byte_order_mark() ? text::Encoding::utf8 : guessed;
    AZK_REQUIRE(read_control_row());
    AZK_TRY(const bool present, reader_.next(row_));
    if (!present) return refuse(kEmptyFile);
    width_ = row_.cells.size();
    AZK_REQUIRE(place_columns());
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < sources_.size(); ++i)
        if (sources_[i] == kNowhere) missing.push_back(layout_->columns()[i].header);
    // What stands there may be a person: it is not repeated.
    if (missing.size() == sources_.size()) return refuse(kNoHeading);
    if (dropped_.empty() || (missing.empty() && undeclared == UndeclaredColumns::drop)) {
        if (missing.empty()) return {};
        return refuse(kColumnMissing, listed(missing));
    }
    const auto strange = undeclared_among(dropped_, *layout_, declared_items);
    if (missing.empty())
        return refuse(strange.size() == dropped_.size() ? kUndeclaredColumn : kUnknownColumn, listed(dropped_));
    const auto also = strange.empty() ? std::string()
                      : strange.size() == dropped_.size()
                          ? std::string("（委託の情報項目にもありません）")
                          : fmt::format("（このうち{}は、委託の情報項目にもありません）", listed(strange));
    return refuse(kColumnsDiffer, listed(missing), listed(dropped_) + also);
}

Result<void> RecipientFile::read_control_row()
{
    const auto& shape = layout_->shape();
    if (shape.control_word.empty()) return {};
    AZK_TRY(const bool present, reader_.next(row_));
    if (!present) return refuse(kEmptyFile);
    const auto differs = [&] {
        return refuse(kControlRowDiffers, shape.control_word, std::to_string(shape.control_cell));
    };
    if (row_.cells.size() < shape.control_cell) return differs();
    const auto word = text::decode(row_.cells[shape.control_cell - 1], encoding_);
    if (!word || text::comparison_key(*word) != text::comparison_key(shape.control_word)) return differs();
    return {};
}

Result<void> RecipientFile::place_columns()
{
    const auto& columns = layout_->columns();
    sources_.assign(columns.size(), kNowhere);
    seen_.resize(columns.size());
    std::vector<std::string> keys;
    for (const auto& column : columns) keys.push_back(text::comparison_key(column.header));
    std::unordered_map<std::string, std::size_t> met; // how often each heading has stood there so far
    for (std::size_t cell = 0; cell < width_; ++cell) {
        const auto header = text::decode(row_.cells[cell], encoding_);
        if (!header) return refuse(kUnreadableHeader, header.error().sentence());
        const auto key = text::comparison_key(*header);
        const auto occurrence = ++met[key];
        std::size_t column = 0;
        while (column < keys.size() &&
               (keys[column] != key || (columns[column].occurrence != 0 && columns[column].occurrence != occurrence)))
            ++column;
        if (column == keys.size()) {
            dropped_.push_back(*header);
            continue;
        }
        if (sources_[column] != kNowhere) return refuse(kColumnTwice, *header);
        sources_[column] = cell;
    }
    return {};
}

Result<std::string> heading_row(const RecipientLayout& layout)
{
    return text::encode_cp932(rows_before_data(layout) + rows_after_data(layout, 0));
}

std::string rows_before_data(const RecipientLayout& layout)
{
    std::string rows;
    std::vector<std::string_view> cells;
    const auto& shape = layout.shape();
    if (!shape.control_word.empty()) {
        cells.resize(shape.control_cell);
        cells.back() = shape.control_word;
        text::append_csv_row(rows, cells);
        cells.clear();
    }
    for (const auto& column : layout.columns()) cells.push_back(column.header);
    text::append_csv_row(rows, cells);
    return rows;
}

std::string rows_after_data(const RecipientLayout& layout, std::size_t count)
{
    std::string rows;
    const auto number = std::to_string(count);
    const auto trailer = layout.shape().trailer;
    if (trailer != FileShape::Trailer::none)
        text::append_csv_row(rows, {trailer == FileShape::Trailer::counts ? std::string_view(number) : "END"});
    return rows;
}

Result<bool> RecipientFile::next(Recipient& recipient, std::vector<BadCell>& bad)
{
    AZK_TRY(const bool present, reader_.next(row_));
    if (!present || is_trailer()) return end_of_rows(present);
    if (++rows_ > layout_->maximum_rows()) return refuse(kTooManyRows, std::to_string(layout_->maximum_rows()));
    recipient.clear(row_.line);
    if (row_.cells.size() != width_) {
        for (std::size_t i = 0; i < layout_->columns().size(); ++i) recipient.add("");
        bad.push_back({row_.line, "", "",
                       fmt::format("見出しと同じ{}列が必要ですが、{}列あります。", width_, row_.cells.size())});
        return true;
    }
    if (decode_row(recipient, bad)) check_row(recipient, bad);
    return true;
}

bool RecipientFile::is_trailer() const
{
    return layout_->shape().trailer != FileShape::Trailer::none && row_.cells.size() == 1 && width_ != 1;
}

Result<bool> RecipientFile::end_of_rows(bool at_trailer)
{
    if (layout_->shape().trailer == FileShape::Trailer::none) return false;
    if (!at_trailer) return refuse(kTrailerMissing);
    AZK_REQUIRE(check_trailer());
    const auto line = row_.line;
    AZK_TRY(const bool more, reader_.next(row_));
    if (more) return refuse(kAfterTrailer, std::to_string(line));
    return false;
}

Result<void> RecipientFile::check_trailer()
{
    if (layout_->shape().trailer != FileShape::Trailer::counts) return {};
    const auto written = text::decode(row_.cells[0], encoding_);
    const auto key = written ? text::comparison_key(*written) : std::string();
    std::size_t count = 0;
    const auto [stop, error] = std::from_chars(key.data(), key.data() + key.size(), count);
    if (key.empty() || error != std::errc() || stop != key.data() + key.size()) return refuse(kTrailerUnreadable);
    if (count != rows_) return refuse(kTrailerCount, std::to_string(count), std::to_string(rows_));
    return {};
}

bool RecipientFile::decode_row(Recipient& recipient, std::vector<BadCell>& bad)
{
    bool readable = true;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (recipient.add_decoded(row_.cells[sources_[i]], encoding_)) [[likely]]
            continue;
        readable = false;
        bad.push_back(
            {row_.line, layout_->columns()[i].header, "",
             encoding_ == text::Encoding::cp932 ? "シフトJIS(CP932)として読める文字" : "UTF-8として読める文字"});
    }
    return readable;
}

void RecipientFile::check_row(const Recipient& recipient, std::vector<BadCell>& bad)
{
    const auto kind = recipient.value(layout_->kind_column());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto& column = layout_->columns()[i];
        const auto value = recipient.value(i);
        if (!is_right(column, value, kind)) {
            bad.push_back({row_.line, column.header, mask_of(value), column.expectation()});
        } else if (column.unique && !value.empty() && seen_before(i, value)) {
            bad.push_back({row_.line, column.header, mask_of(value), "ほかの行と重ならない番号"});
        }
    }
}

bool RecipientFile::seen_before(std::size_t column, std::string_view digits)
{
    std::uint64_t number = 1; // so that leading zeros count
    for (const char c : digits) number = number * 10 + static_cast<std::uint64_t>(c - '0');
    return !seen_[column].insert(number).second;
}

} // namespace azukari::guidance
