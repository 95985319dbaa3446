#include "programmes/guidance/letters/letter_layout.h"

#include "programmes/guidance/letters/layout_reader.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance {

namespace {

using text::Definition;

Result<void> read_values(const Definition& from, Vocabulary& vocabulary)
{
    for (const auto* date : {"issued", "expires"}) {
        AZK_TRY(const auto day, from.date(date));
        vocabulary.values[date] = fmt::format("{:04}{:02}{:02}", day.year(), day.month(), day.day());
    }
    AZK_TRY(const auto values, from.table("values"));
    for (const auto& key : values.keys()) {
        AZK_TRY(vocabulary.values[key], values.text(key));
    }
    if (!from.has("words")) return {};
    AZK_TRY(const auto words, from.table("words"));
    for (const auto& name : words.keys()) {
        AZK_TRY(const auto table, words.table(name));
        for (const auto& key : table.keys()) {
            AZK_TRY(vocabulary.words[name][key], table.text(key));
        }
    }
    return {};
}

Result<Styles> read_styles(const Definition& from)
{
    Styles styles;
    AZK_TRY(const auto tables, from.table("style"));
    for (const auto& name : tables.keys()) {
        AZK_TRY(const auto table, tables.table(name));
        AZK_TRY(styles[name], read_style(table));
    }
    return styles;
}

// The ward's own form, which lies under what the page itself draws.
Result<std::shared_ptr<const pdf::PageTemplate>> read_template(const std::string& directory, const Definition& from)
{
    if (!from.has("template")) return {};
    AZK_TRY(const auto file, from.text("template"));
    if (file.find('/') != std::string::npos)
        return tl::unexpected(from.wrong("template", "のPDFは同じフォルダに置いてください"));
    auto page = pdf::PageTemplate::read(directory + "/" + file);
    if (!page) return tl::unexpected(from.wrong("template", "が使えません。" + page.error().sentence()));
    return std::make_shared<const pdf::PageTemplate>(*std::move(page));
}

bool has_postal(const PageLayout& page)
{
    return !page.postals.empty();
}

Result<std::vector<PageLayout>> read_pages(const std::string& directory, const Definition& papers, std::string_view key,
                                           const LayoutWords& words)
{
    std::vector<PageLayout> pages;
    AZK_TRY(const auto files, papers.texts_or_none(key));
    if (files.empty() || files.size() > 9) return tl::unexpected(papers.wrong(key, "に1から9枚の様式が必要です"));
    for (const auto& file : files) {
        if (file.find('/') != std::string::npos)
            return tl::unexpected(papers.wrong(key, "の様式は同じフォルダに置いてください"));
        AZK_TRY(const auto definition, Definition::read(directory + "/" + file));
        AZK_TRY(auto page, read_page(definition, words));
        AZK_TRY(page.beneath, read_template(directory, definition));
        pages.push_back(std::move(page));
    }
    return pages;
}

} // namespace

Result<LetterLayout> LetterLayout::read(const std::string& directory, const RecipientLayout& columns)
{
    AZK_TRY(const auto file, Definition::read(directory + "/letters.toml"));
    AZK_REQUIRE(
        file.allow_only({"title", "author", "issued", "expires", "lot_sheets", "papers", "values", "words", "style"}));
    LetterLayout layout;
    AZK_TRY(layout.title, file.text("title"));
    AZK_TRY(layout.author, file.text("author"));
    AZK_TRY(const auto lot_sheets, file.integer("lot_sheets"));
    if (lot_sheets < 1) return tl::unexpected(file.wrong("lot_sheets", "は1枚以上にしてください"));
    layout.lot_sheets = static_cast<std::size_t>(lot_sheets);
    auto vocabulary = std::make_unique<Vocabulary>();
    vocabulary->columns = &columns;
    AZK_REQUIRE(read_values(file, *vocabulary));
    layout.vocabulary = std::move(vocabulary);
    AZK_TRY(auto styles, read_styles(file));
    const LayoutWords words{*layout.vocabulary, std::move(styles)};
    AZK_TRY(const auto papers, file.table("papers"));
    AZK_REQUIRE(papers.allow_only({"voucher", "referral"}));
    AZK_TRY(layout.voucher_pages, read_pages(directory, papers, "voucher", words));
    AZK_TRY(layout.referral_pages, read_pages(directory, papers, "referral", words));
    const auto column = [&](std::string_view id, std::size_t& into) -> Result<void> {
        const auto index = columns.index_of(id);
        if (!index) return tl::unexpected(file.wrong("papers", fmt::format("には id が {} の列が要ります", id)));
        into = *index;
        return {};
    };
    AZK_REQUIRE(column("sex", layout.sex_column));
    AZK_REQUIRE(column("name", layout.identity.name));
    AZK_REQUIRE(column("address", layout.identity.address));
    AZK_REQUIRE(column("building", layout.identity.building));
    AZK_REQUIRE(column("voucher", layout.identity.voucher));
    AZK_REQUIRE(column("checkup_ticket", layout.identity.ticket));
    if (std::ranges::any_of(layout.voucher_pages, has_postal) || std::ranges::any_of(layout.referral_pages, has_postal))
        AZK_REQUIRE(column("postal_code", layout.postcode_column));
    return layout;
}

} // namespace azukari::guidance
