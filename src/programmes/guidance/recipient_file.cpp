#include "programmes/guidance/recipient_file.h"

#include "infra/text/folding.h"
#include "programmes/guidance/guidance_refusals.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::guidance {

namespace {

constexpr std::size_t kNowhere = ~std::size_t{0};

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
                                          UndeclaredColumns undeclared)
{
    RecipientFile file(source, layout);
    AZK_REQUIRE(file.read_header(undeclared));
    return file;
}

Result<void> RecipientFile::read_header(UndeclaredColumns undeclared)
{
    const auto guessed = text::guess_encoding(reader_.head());
    encoding_ = reader_.had_byte_order_mark() ? text::Encoding::utf8 : guessed;
    AZK_TRY(const bool present, reader_.next(row_));
    if (!present) return refuse(kEmptyFile);
    width_ = row_.cells.size();
    const auto& columns = layout_->columns();
    sources_.assign(columns.size(), kNowhere);
    seen_.resize(columns.size());
    std::vector<std::string> keys;
    for (const auto& column : columns) keys.push_back(text::comparison_key(column.header));
    for (std::size_t cell = 0; cell < width_; ++cell) {
        const auto header = text::decode(row_.cells[cell], encoding_);
        if (!header) return refuse(kUnreadableHeader, header.error().sentence());
        const auto found = std::ranges::find(keys, text::comparison_key(*header));
        if (found == keys.end()) {
            dropped_.push_back(*header);
            continue;
        }
        auto& source = sources_[static_cast<std::size_t>(found - keys.begin())];
        if (source != kNowhere) return refuse(kColumnTwice, *header);
        source = cell;
    }
    if (!dropped_.empty() && undeclared == UndeclaredColumns::refuse)
        return refuse(kUndeclaredColumn, fmt::format("{}", fmt::join(dropped_, "、")));
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (sources_[i] == kNowhere) return refuse(kColumnMissing, columns[i].header);
    return {};
}

Result<bool> RecipientFile::next(Recipient& recipient, std::vector<BadCell>& bad)
{
    AZK_TRY(const bool present, reader_.next(row_));
    if (!present) return false;
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
