#include "vault/purpose/purpose_file.h"

#include "infra/text/definition_file.h"

namespace azukari::vault {

struct PurposeFileReader {
    static Result<FirstPurposes::Named> purpose(const text::Definition& table)
    {
        AZK_REQUIRE(table.allow_only({"entrustment", "code", "name"}));
        FirstPurposes::Named named;
        AZK_TRY(named.entrustment, table.text("entrustment"));
        AZK_TRY(named.code, table.text("code"));
        AZK_TRY(named.name, table.text("name"));
        return named;
    }

    static Result<FirstPurposes::Told> text(const text::Definition& table)
    {
        AZK_REQUIRE(table.allow_only({"entrustment", "kind", "title", "text"}));
        FirstPurposes::Told told;
        AZK_TRY(told.entrustment, table.text("entrustment"));
        AZK_TRY(const auto kind, table.text("kind"));
        if (kind != "purpose" && kind != "consent")
            return tl::unexpected(
                table.wrong("kind", "purpose（利用目的の文）か consent（同意の説明文）のどちらかです。"));
        told.kind = kind == "purpose" ? TextKind::purpose : TextKind::consent;
        AZK_TRY(told.title, table.text("title"));
        AZK_TRY(told.text, table.text("text"));
        return told;
    }

    static Result<FirstPurposes> all(const text::Definition& file)
    {
        AZK_REQUIRE(file.allow_only({"purposes", "texts"}));
        FirstPurposes first;
        AZK_TRY(const auto purposes, file.tables_or_none("purposes"));
        for (const auto& table : purposes) {
            AZK_TRY(auto named, purpose(table));
            first.purposes_.push_back(std::move(named));
        }
        AZK_TRY(const auto texts, file.tables_or_none("texts"));
        for (const auto& table : texts) {
            AZK_TRY(auto told, text(table));
            first.texts_.push_back(std::move(told));
        }
        return first;
    }
};

Result<FirstPurposes> FirstPurposes::read(const std::string& path)
{
    AZK_TRY(const auto file, text::Definition::read(path));
    return PurposeFileReader::all(file);
}

Result<FirstPurposes> FirstPurposes::parse(std::string_view text, const std::string& name)
{
    AZK_TRY(const auto file, text::Definition::parse(text, name));
    return PurposeFileReader::all(file);
}

Result<void> FirstPurposes::declare(storage::Tx& tx, const access::Scope& scope,
                                    std::string_view entrustment_code) const
{
    for (const auto& named : purposes_)
        if (named.entrustment == entrustment_code) AZK_REQUIRE(declare_purpose(tx, scope, named.code, named.name));
    for (const auto& told : texts_)
        if (told.entrustment == entrustment_code)
            AZK_REQUIRE(publish_text(tx, scope, told.kind, told.title, told.text));
    return {};
}

} // namespace azukari::vault
