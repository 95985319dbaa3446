#include "programmes/guidance/sealing/reprinted_letters.h"

#include "infra/seal/digest.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/sealing/envelope_store.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance {
namespace {

struct Wanted {
    BatchId batch;
    Category category;
};

// "0190…-….tokutei-sekkyoku"
Result<Wanted> wanted_by(std::string_view reference)
{
    const auto dot = reference.find('.');
    const auto batch = BatchId::parse(reference.substr(0, dot));
    const auto category = dot == std::string_view::npos ? std::nullopt : category_with_slug(reference.substr(dot + 1));
    if (!batch || !category) return refuse(kNoSuchLetters);
    return Wanted{*batch, *category};
}

std::vector<Reprint> spoiled_letters(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     const Wanted& wanted)
{
    std::vector<Reprint> all;
    for (const auto& letter : letters_of(snapshot, scope, wanted.batch))
        if (letter.envelope.category == facts_of(wanted.category).slug &&
            place_of(letter.envelope, letter.standing) == Place::spoiled)
            all.push_back({letter.envelope.serial, letter.envelope.edition + 1});
    return all;
}

class ReprintedLetters final : public printing::Source {
public:
    explicit ReprintedLetters(const Press& press) : press_(press) {}

    std::string_view code() const override { return kReprintedLetters; }

    std::vector<printing::Printable> offered(const storage::Snapshot& snapshot,
                                             const access::Scope& scope) const override
    {
        std::vector<printing::Printable> all;
        for (const auto& batch : batches(snapshot, scope))
            for (const auto& facts : kCategories) {
                if (!may_take(batch, facts.slug)) continue;
                const auto letters = spoiled_letters(snapshot, scope, {batch.id, facts.category});
                if (!letters.empty()) all.push_back(printable(batch, facts, letters.size()));
            }
        return all;
    }

    Result<printing::Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, wanted_by(reference));
        AZK_TRY(const auto batch, find_batch(snapshot, scope, wanted.batch));
        const auto& facts = facts_of(wanted.category);
        AZK_REQUIRE(may_take(batch, facts.slug));
        const auto letters = spoiled_letters(snapshot, scope, wanted);
        if (letters.empty()) return refuse(kNothingToReprint);
        AZK_TRY(const auto pdf, draw_them(&snapshot, scope, batch, wanted, letters));
        auto found = printable(batch, facts, letters.size());
        found.sha256 = hex(seal::sha256(as_bytes(pdf)));
        found.pages = found.persons * static_cast<std::int64_t>(press_.letters.pages_of(wanted.category).size());
        return found;
    }

    Result<std::string> draw(const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, wanted_by(reference));
        return press_.db.read([&](const storage::Snapshot& snapshot) -> Result<std::string> {
            AZK_TRY(const auto batch, find_batch(snapshot, scope, wanted.batch));
            return draw_them(&snapshot, scope, batch, wanted, spoiled_letters(snapshot, scope, wanted));
        });
    }

    std::vector<SubjectId> subjects(const storage::Snapshot& snapshot, const access::Scope& scope,
                                    std::string_view reference) const override
    {
        std::vector<SubjectId> subjects;
        const auto wanted = wanted_by(reference);
        if (!wanted) return subjects;
        for (const auto& letter : spoiled_letters(snapshot, scope, *wanted)) {
            const auto row =
                find_recipient(snapshot, scope, wanted->batch, facts_of(wanted->category).slug, letter.serial);
            if (row) subjects.push_back(row->subject);
        }
        return subjects;
    }

    Result<void> leaving(storage::Tx& tx, const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto wanted, wanted_by(reference));
        return record_reprints(tx, scope, wanted.batch, facts_of(wanted.category).slug);
    }

private:
    Result<std::string> draw_them(const storage::Snapshot* within, const access::Scope& scope, const Batch& batch,
                                  const Wanted& wanted, std::span<const Reprint> letters) const
    {
        pdf::TextSink sink;
        AZK_REQUIRE(
            draw_reprints(press_, scope, {batch.id, wanted.category, letters, batch.composition->at, within}, sink));
        return std::move(sink).take();
    }

    static printing::Printable printable(const Batch& batch, const CategoryFacts& facts, std::size_t letters)
    {
        const auto day = CivilDate::of(batch.received_at);
        return {.source = std::string(kReprintedLetters),
                .reference = reprint_reference(batch.id, facts.slug),
                .label = fmt::format("{}の通知の刷り直し {}通（{} に受け取ったデータ）", facts.title, letters,
                                     to_japanese(batch.received_at)),
                .file_name =
                    fmt::format("刷り直し_{}_{:04}{:02}{:02}.pdf", facts.title, day.year(), day.month(), day.day()),
                .sha256 = {},
                .pages = 0,
                .persons = static_cast<std::int64_t>(letters),
                .seen_at = "/guidance/batches/" + batch.id.text() + "/sealing"};
    }

    const Press& press_;
};

} // namespace

std::string reprint_reference(BatchId batch, std::string_view category)
{
    return fmt::format("{}.{}", batch.text(), category);
}

std::shared_ptr<const printing::Source> reprinted_letters(const Press& press)
{
    return std::make_shared<ReprintedLetters>(press);
}

} // namespace azukari::guidance
