#include "printing/papers/record_papers.h"

#include "access/fence.h"
#include "custody/handing/hand_over_store.h"
#include "custody/paper/record_paper.h"
#include "infra/seal/digest.h"
#include "ledger/checkpoint_store.h"
#include "party/party_store.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing {
namespace {

constexpr std::string_view kCode = "hand-over-records";
constexpr std::size_t kOffered = 20; // the newest

struct Drawn {
    std::string pdf;
    std::int64_t pages;
};

std::string name_of(const storage::Snapshot& snapshot, OrganisationId id)
{
    const auto found = party::find_organisation(snapshot, id);
    return found ? found->name : std::string();
}

// The first checkpoint that holds both signatures.
std::optional<ledger::Published> witness_of(const storage::Snapshot& snapshot, const custody::Record& record)
{
    Instant last{};
    for (const auto& signature : record.signatures) last = std::max(last, signature.at);
    return ledger::checkpoint_since(snapshot, last);
}

class RecordPapers final : public Source {
public:
    RecordPapers(storage::Db& db, const pdf::FontBook& fonts, EntrustmentName name)
        : db_(db), fonts_(fonts), name_(std::move(name))
    {
    }

    std::string_view code() const override { return kCode; }

    std::vector<Printable> offered(const storage::Snapshot& snapshot, const access::Scope& scope) const override
    {
        std::vector<Printable> all;
        for (const auto& record : custody::records_of(snapshot, *scope.entrustment())) {
            if (all.size() == kOffered) break;
            if (record.holds() && witness_of(snapshot, record)) all.push_back(printable(record));
        }
        return all;
    }

    Result<Printable> find(const storage::Snapshot& snapshot, const access::Scope& scope,
                           std::string_view reference) const override
    {
        AZK_TRY(const auto record, record_of(snapshot, scope, reference));
        AZK_TRY(const auto drawn, draw_it(snapshot, scope, record));
        auto found = printable(record);
        found.sha256 = hex(seal::sha256(as_bytes(drawn.pdf)));
        found.pages = drawn.pages;
        return found;
    }

    Result<std::string> draw(const access::Scope& scope, std::string_view reference) const override
    {
        return db_.read([&](const storage::Snapshot& snapshot) -> Result<std::string> {
            AZK_TRY(const auto record, record_of(snapshot, scope, reference));
            AZK_TRY(auto drawn, draw_it(snapshot, scope, record));
            return std::move(drawn.pdf);
        });
    }

    std::vector<SubjectId> subjects(const storage::Snapshot&, const access::Scope&, std::string_view) const override
    {
        return {}; // labels, quantities and who signed: no resident
    }

    Result<void> leaving(storage::Tx&, const access::Scope&, std::string_view) const override { return {}; }

private:
    static Printable printable(const custody::Record& record)
    {
        return {.source = std::string(kCode),
                .reference = record.hand_over.id.text(),
                .label = fmt::format("第{}号の確認記録票（{}、{}）", record.number, japanese(record.hand_over.purpose),
                                     to_japanese(record.hand_over.at)),
                .file_name = custody::file_name_of(record),
                .sha256 = {},
                .pages = 0,
                .persons = 0,
                .seen_at = "/custody/hand-overs/" + record.hand_over.id.text()};
    }

    static Result<custody::Record> record_of(const storage::Snapshot& snapshot, const access::Scope& scope,
                                             std::string_view reference)
    {
        const auto id = custody::HandOverId::parse(reference);
        if (!id) return refuse(kNoSuchDocument);
        AZK_TRY(auto record, custody::find_record(snapshot, *scope.entrustment(), *id));
        if (!record.holds()) return refuse(kNotSignedByBoth);
        return record;
    }

    Result<Drawn> draw_it(const storage::Snapshot& snapshot, const access::Scope& scope,
                          const custody::Record& record) const
    {
        const auto witness = witness_of(snapshot, record);
        if (!witness) return refuse(kNotWitnessedYet);
        const auto fence = access::find_fence(snapshot, *scope.entrustment());
        if (!fence) return refuse(kNoSuchDocument);
        pdf::TextSink sink;
        AZK_TRY(const auto pages,
                custody::write_record_paper({record, name_(snapshot, scope), name_of(snapshot, fence->ward),
                                             name_of(snapshot, fence->contractor), witness->checkpoint, witness->at},
                                            sink, fonts_));
        return Drawn{std::move(sink).take(), pages};
    }

    storage::Db& db_;
    const pdf::FontBook& fonts_;
    EntrustmentName name_;
};

} // namespace

std::shared_ptr<const Source> record_papers(storage::Db& db, const pdf::FontBook& fonts, EntrustmentName name)
{
    return std::make_shared<RecordPapers>(db, fonts, std::move(name));
}

} // namespace azukari::printing
