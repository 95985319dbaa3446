#include "programmes/guidance/batch/leaving/printed_letters.h"

#include "infra/seal/digest.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::guidance {
namespace {

struct Lot {
    BatchId batch;
    Category category;
    std::size_t number; // from 1
};

// "0190…-….tokutei-sekkyoku.3"
Result<Lot> lot_of(std::string_view reference)
{
    const auto first = reference.find('.'), last = reference.rfind('.');
    const auto batch = BatchId::parse(reference.substr(0, first));
    if (!batch || first == last) return refuse(kNoSuchLetters);
    const auto category = category_with_slug(reference.substr(first + 1, last - first - 1));
    const auto digits = reference.substr(last + 1);
    std::size_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!category || read.ptr != digits.data() + digits.size() || number < 1) return refuse(kNoSuchLetters);
    return Lot{*batch, *category, number};
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
            for (const auto& count : count_by_category(snapshot, scope, batch.id)) {
                if (!may_take(batch, count.category)) continue;
                const auto category = *category_with_slug(count.category);
                for (std::size_t lot = 1; lot <= count_lots(press_.letters, category, count.recipients); ++lot)
                    all.push_back(printable(batch, {batch.id, category, lot}, count.recipients));
            }
        }
        return all;
    }

    Result<printing::Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                                     std::string_view reference) const override
    {
        AZK_TRY(const auto lot, lot_of(reference));
        AZK_TRY(const auto batch, find_batch(snapshot, scope, lot.batch));
        AZK_TRY(const auto* letters, may_take(batch, facts_of(lot.category).slug));
        const auto subjects = composed_subjects(snapshot, scope, lot.batch, facts_of(lot.category).slug,
                                                serials_of_lot(press_.letters, lot.category, lot.number));
        if (subjects.empty()) return refuse(kNoSuchLetters);
        AZK_TRY(const auto pdf, draw_lot(&snapshot, scope, batch, lot, letters->sha256));
        auto found = printable(batch, lot, letters->letters);
        found.sha256 = hex(seal::sha256(as_bytes(pdf)));
        found.persons = static_cast<std::int64_t>(subjects.size());
        found.pages = found.persons * static_cast<std::int64_t>(press_.letters.pages_of(lot.category).size());
        return found;
    }

    Result<std::string> draw(const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto lot, lot_of(reference));
        AZK_TRY(const auto batch, press_.db.read([&](const storage::Snapshot& snapshot) {
            return find_batch(snapshot, scope, lot.batch);
        }));
        AZK_TRY(const auto* letters, may_take(batch, facts_of(lot.category).slug));
        return draw_lot(nullptr, scope, batch, lot, letters->sha256);
    }

    std::vector<SubjectId> subjects(const storage::Snapshot& snapshot, const access::Scope& scope,
                                    std::string_view reference) const override
    {
        const auto lot = lot_of(reference);
        if (!lot) return {};
        return composed_subjects(snapshot, scope, lot->batch, facts_of(lot->category).slug,
                                 serials_of_lot(press_.letters, lot->category, lot->number));
    }

    Result<void> leaving(storage::Tx& tx, const access::Scope& scope, std::string_view reference) const override
    {
        AZK_TRY(const auto lot, lot_of(reference));
        AZK_REQUIRE(record_taking(tx, scope, lot.batch, facts_of(lot.category).slug,
                                  serials_of_lot(press_.letters, lot.category, lot.number)));
        return {};
    }

private:
    // What was approved is the whole category: only while it still comes out byte for byte is a lot of it drawn.
    Result<std::string> draw_lot(const storage::Snapshot* within, const access::Scope& scope, const Batch& batch,
                                 const Lot& lot, std::string_view approved) const
    {
        Drawing drawing{.category = lot.category, .composed = batch.composition->at, .within = within};
        DigestSink whole;
        AZK_REQUIRE(draw_letters(press_, scope, batch.id, drawing, whole));
        if (whole.finish() != approved) return refuse(kChangedSinceApproval);
        drawing.serials = serials_of_lot(press_.letters, lot.category, lot.number);
        pdf::TextSink sink;
        AZK_REQUIRE(draw_letters(press_, scope, batch.id, drawing, sink));
        return std::move(sink).take();
    }

    printing::Printable printable(const Batch& batch, const Lot& lot, std::int64_t recipients) const
    {
        const auto& facts = facts_of(lot.category);
        const auto day = CivilDate::of(batch.received_at);
        const auto serials = serials_of_lot(press_.letters, lot.category, lot.number);
        const auto last = std::min(serials.last, std::max(serials.first, recipients));
        return {.source = std::string(kPrintedLetters),
                .reference = print_reference(batch.id, facts.slug, lot.number),
                .label = fmt::format("{}の通知 ロット{}（{}〜{}、{} に受け取ったデータ）", facts.title, lot.number,
                                     serial_text(lot.category, static_cast<std::uint32_t>(serials.first)),
                                     serial_text(lot.category, static_cast<std::uint32_t>(last)),
                                     to_japanese(batch.received_at)),
                .file_name = fmt::format("通知_{}_{:04}{:02}{:02}_ロット{}.pdf", facts.title, day.year(), day.month(),
                                         day.day(), lot.number),
                .sha256 = {},
                .pages = 0,
                .persons = last - serials.first + 1,
                .seen_at = "/guidance/batches/" + batch.id.text()};
    }

    const Press& press_;
};

} // namespace

std::string print_reference(BatchId batch, std::string_view category, std::size_t lot)
{
    return fmt::format("{}.{}.{}", batch.text(), category, lot);
}

std::size_t count_lots(const LetterLayout& layout, Category category, std::int64_t recipients)
{
    const auto size = layout.letters_per_lot(category);
    return (static_cast<std::size_t>(recipients) + size - 1) / size;
}

SerialRange serials_of_lot(const LetterLayout& layout, Category category, std::size_t lot)
{
    const auto size = static_cast<std::int64_t>(layout.letters_per_lot(category));
    const auto number = static_cast<std::int64_t>(lot);
    return {(number - 1) * size + 1, number * size};
}

std::shared_ptr<const printing::Source> printed_letters(const Press& press)
{
    return std::make_shared<PrintedLetters>(press);
}

} // namespace azukari::guidance
