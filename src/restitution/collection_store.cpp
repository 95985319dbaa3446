#include "restitution/collection_store.h"

#include "base/check.h"
#include "infra/text/folding.h"
#include "infra/text/utf8.h"
#include "ledger/ledger.h"
#include "restitution/restitution_refusals.h"

namespace azukari::restitution {

std::vector<Finding> findings_of(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select thing, answer, note, found_at, found_by from restitution_finding f"
                        " where entrustment = ? and number = (select max(number) from restitution_finding g"
                        "  where g.entrustment = f.entrustment and g.thing = f.thing) order by thing",
                        {entrustment}, [](const storage::Row& row) {
                            return Finding{row.string(0), static_cast<Answer>(row.integer(1)), row.string(2),
                                           row.instant(3), row.id<StaffId>(4)};
                        });
}

Result<void> record_finding(storage::Tx& tx, const access::Scope& scope, std::string_view thing, Answer answer,
                            std::string_view note)
{
    AZK_CHECK(scope.entrustment().has_value());
    std::size_t characters = 0;
    for (std::size_t at = 0; at < note.size(); ++characters) text::next_code_point(note, at);
    const bool said = !text::is_blank(note);
    if ((answer == Answer::missing && !said) || characters > 200) return refuse_field("note", kNoteMissing);
    const auto entrustment = *scope.entrustment();
    const auto number = tx.integer("select count(*) from restitution_finding where entrustment = ? and thing = ?",
                                   {entrustment, thing});
    tx.execute("insert into restitution_finding values (?, ?, ?, ?, ?, ?, ?)",
               {entrustment, thing, number, static_cast<int>(answer), note, scope.moment().at, scope.staff()});
    auto entry = scope.entry("restitution.collection_checked");
    entry.object = thing;
    entry.references = {{"answer", std::string(code_of(answer))}};
    ledger::append(tx, entry);
    return {};
}

} // namespace azukari::restitution
