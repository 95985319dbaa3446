#include "programmes/guidance/batch/printed_letters.h"

#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"

#include <fmt/format.h>

namespace azukari::guidance {
namespace {

struct Letters {
    BatchId batch;
    std::string category;
};

// "0190…-….tokutei-sekkyoku"
Result<Letters> letters_of(std::string_view reference)
{
    const auto dot = reference.find('.');
    const auto batch = BatchId::parse(reference.substr(0, dot));
    if (!batch || dot == std::string_view::npos || !category_with_slug(reference.substr(dot + 1)))
        return refuse(kNoSuchLetters);
    return Letters{*batch, std::string(reference.substr(dot + 1))};
}

printing::Printable printable(const Batch& batch, const ComposedLetters& letters)
{
    const auto title = facts_of(*category_with_slug(letters.category)).title;
    const auto day = CivilDate::of(batch.received_at);
    return {.source = std::string(kPrintedLetters),
            .reference = print_reference(batch.id, letters.category),
            .label = fmt::format("{}の通知 {}通（{} に受け取ったデータ）", title, letters.letters,
                                 to_japanese(batch.received_at)),
            .file_name = fmt::format("通知_{}_{:04}{:02}{:02}.pdf", title, day.year(), day.month(), day.day()),
            .sha256 = letters.sha256,
            .pages = letters.pages,
            .persons = letters.letters,
            .seen_at = "/guidance/batches/" + batch.id.text()};
}

class PrintedLetters final : public printing::Source {
public:
    explicit PrintedLetters(const Press& press) : press_(press) {}

    std::string_view code() const override { return kPrintedLetters; }

    std::vector<printing::Printable> offered(const storage::Snapshot& snapshot,
                                             const access::Scope& scope) const override
    {
        std::vector<printing::Printable> all;
        for (const auto& batch : batches(snapshot, scope)) {
            if (!batch.composition) continue;
            for (const auto& letters : batch.composition->categories)
                if (may_take(batch, letters.category)) all.push_back(printable(batch, letters));
        }
        return all;
    }

    Result<printing::Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, letters_of(reference));
        AZK_TRY(const auto batch, find_batch(snapshot, scope, wanted.batch));
        AZK_TRY(const auto* letters, may_take(batch, wanted.category));
        return printable(batch, *letters);
    }

    Result<std::string> draw(const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, letters_of(reference));
        AZK_TRY(const auto batch, press_.db.read([&](const storage::Snapshot& snapshot) {
            return find_batch(snapshot, scope, wanted.batch);
        }));
        AZK_REQUIRE(may_take(batch, wanted.category));
        pdf::TextSink sink;
        AZK_REQUIRE(draw_letters(press_, scope, wanted.batch, *category_with_slug(wanted.category), 0,
                                 batch.composition->at, sink));
        return std::move(sink).take();
    }

    std::vector<SubjectId> subjects(const storage::Snapshot& snapshot, const access::Scope& scope,
                                    std::string_view reference) const override
    {
        const auto wanted = letters_of(reference);
        if (!wanted) return {};
        return composed_subjects(snapshot, scope, wanted->batch, wanted->category);
    }

    Result<void> leaving(storage::Tx& tx, const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, letters_of(reference));
        AZK_REQUIRE(record_taking(tx, scope, wanted.batch, wanted.category));
        return {};
    }

private:
    const Press& press_;
};

} // namespace

std::string print_reference(BatchId batch, std::string_view category)
{
    return fmt::format("{}.{}", batch.text(), category);
}

std::shared_ptr<const printing::Source> printed_letters(const Press& press)
{
    return std::make_shared<PrintedLetters>(press);
}

} // namespace azukari::guidance
