#include "programmes/guidance/sealing/line.h"

#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/batch/recipient_seal.h"

namespace azukari::guidance {
namespace {

// What every page of the letter is marked with; empty when there is no such letter.
Result<std::vector<PaperCode>> expected_codes(const Press& press, const access::Scope& scope, BatchId batch,
                                              const PaperCode& said)
{
    struct Found {
        StoredRecipient recipient;
        unsigned edition;
    };
    const std::string category(facts_of(said.category).slug);
    const auto found = press.db.read([&](const storage::Snapshot& snapshot) -> std::optional<Found> {
        auto recipient = find_recipient(snapshot, scope, batch, category, said.serial);
        if (!recipient) return std::nullopt;
        const auto letter = find_letter(snapshot, scope, batch, category, said.serial);
        return Found{std::move(*recipient), letter ? letter->envelope.edition : 1};
    });
    if (!found) return std::vector<PaperCode>();
    const auto& row = found->recipient;
    AZK_TRY(const auto key, press.keystore.subject_key(*scope.entrustment(), row.subject, scope.moment().at));
    Addressee to;
    AZK_TRY(to.recipient,
            open_recipient(key, *scope.entrustment(), row.subject, row.sealed, press.columns.columns().size()));
    to.category = said.category;
    to.serial = said.serial;
    to.edition = found->edition;
    to.batch_mark = batch_mark_of(batch.bytes());
    const auto pages = static_cast<unsigned>(press.letters.pages_of(said.category).size());
    std::vector<PaperCode> codes;
    for (unsigned page = 1; page <= pages; ++page) codes.push_back(code_of(to, press.letters.identity, page, pages));
    return codes;
}

Result<Verdict> judge(const Press& press, const access::Scope& scope, BatchId batch,
                      std::span<const std::string> scanned, std::optional<PaperCode>& said)
{
    std::vector<PaperCode> codes;
    for (const auto& text : scanned) {
        const auto code = read_paper_code(text);
        if (!code) return Verdict{Mismatch::unreadable, {}};
        codes.push_back(*code);
    }
    if (codes.empty()) return Verdict{Mismatch::too_few, {}};
    for (const auto& code : codes)
        if (code.batch_mark != batch_mark_of(batch.bytes())) return Verdict{Mismatch::other_batch, {}};
    said = codes.front();
    AZK_TRY(const auto expected, expected_codes(press, scope, batch, *said));
    if (expected.empty()) return Verdict{Mismatch::unknown_letter, {}};
    return compare(codes, expected);
}

} // namespace

Result<Answer> match_papers(const Press& press, const access::Scope& scope, BatchId batch,
                            std::span<const std::string> scanned)
{
    Answer answer;
    std::optional<PaperCode> said;
    AZK_TRY(answer.verdict, judge(press, scope, batch, scanned, said));
    if (said) {
        answer.letter = LetterName{std::string(facts_of(said->category).slug), said->serial};
        answer.label = serial_text(said->category, said->serial);
    }
    if (answer.verdict.yes()) {
        const auto matched =
            press.db.write([&](storage::Tx& tx) { return record_match(tx, scope, batch, *answer.letter); });
        if (matched) return answer;
        answer.refusal = matched.error().sentence();
    }
    const auto reason = answer.verdict.yes() ? std::string_view("refused") : code_of(answer.verdict.mismatch);
    press.db.write([&](storage::Tx& tx) { record_mismatch(tx, scope, batch, reason); });
    return answer;
}

} // namespace azukari::guidance
