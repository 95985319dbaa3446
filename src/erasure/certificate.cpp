#include "erasure/certificate.h"

#include "access/fence.h"
#include "approval/approval_store.h"
#include "base/check.h"
#include "erasure/erasure_refusals.h"
#include "infra/seal/digest.h"
#include "ledger/ledger.h"
#include "ledger/ledger_store.h"
#include "party/party_store.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::erasure {
namespace {

EntrustmentId about(const access::Scope& scope)
{
    AZK_CHECK(scope.entrustment().has_value());
    return *scope.entrustment();
}

// One line whatever somebody typed into a name.
std::string on_one_line(std::string text)
{
    for (auto& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

Person person_of(const storage::Snapshot& snapshot, StaffId staff, Instant at)
{
    const auto found = party::find_staff(snapshot, staff);
    return {staff, found ? on_one_line(found->name) : "-", at};
}

std::string name_of(const storage::Snapshot& snapshot, OrganisationId id)
{
    const auto found = party::find_organisation(snapshot, id);
    return found ? on_one_line(found->name) : "-";
}

class Lines {
public:
    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments)
    {
        text_ += fmt::format(format, std::forward<Arguments>(arguments)...) + "\n";
    }
    void person(std::string_view role, const Person& person)
    {
        add("{} {} {} {}", role, to_iso(person.at), person.staff.text(), person.name);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string_view code_of_step(Step step)
{
    switch (step) {
    case Step::begun:
        return "begun";
    case Step::keys:
        return "keys";
    case Step::rows:
        return "rows";
    case Step::elsewhere:
        return "elsewhere";
    case Step::scrubbed:
        return "scrubbed";
    case Step::checked:
        return "checked";
    }
    return {};
}

// Signs and keeps the certificate, its digest in the ledger, in the caller's transaction.
void issue(storage::Tx& tx, const ledger::Publisher& publisher, ledger::Entry entry, const Statement& statement)
{
    const auto note = publisher.sign(text_of(statement, publisher));
    entry.object = statement.erasure.id.text();
    entry.counts = {{"persons", statement.erasure.scale.subjects},
                    {"copies_out", static_cast<std::int64_t>(statement.copies.size())},
                    {"backups_alive", static_cast<std::int64_t>(statement.backups.size())}};
    entry.references = {{"certificate", hex(seal::sha256(as_bytes(note.text)))},
                        {"stage", std::string(code_of(statement.stage))},
                        {"outcome", std::string(code_of(statement.outcome()))}};
    const auto seq = ledger::append(tx, entry);
    insert_certificate(tx, statement.erasure, {statement.stage, statement.issued, note.whole(), seq});
}

// The words after `key` on the first line of the text that begins with it; empty when none does.
std::string_view line_of(std::string_view text, std::string_view key)
{
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ')
            return line.substr(key.size() + 1);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return {};
}

// What the first stage says of the entrustment: the second says the same.
Entrusted entrusted_before(const Erasure& erasure)
{
    const auto note = ledger::note::SignedNote::parse(erasure.find(Stage::carried_out)->note);
    AZK_CHECK(note.has_value());
    const auto named = line_of(note->text, "entrustment"), clause = line_of(note->text, "clause");
    const auto blank = named.find(' ');
    return {blank == named.npos ? std::string() : std::string(named.substr(blank + 1)),
            clause == "none" ? std::string() : std::string(clause)};
}

Result<void> confirm_in(storage::Tx& tx, const Means& means, const ledger::Publisher& publisher, ledger::Entry entry,
                        const Entrusted& entrusted, const Erasure& erasure)
{
    if (erasure.find(Stage::confirmed) != nullptr) return refuse(kAlreadyConfirmed);
    if (erasure.find(Stage::carried_out) == nullptr) return refuse(kNotCarriedOut);
    const auto says = state(means, tx, erasure, Stage::confirmed, entrusted, entry.at);
    if (!says.copies.empty()) return refuse(kCopiesOut, std::to_string(says.copies.size()));
    if (!says.backups.empty()) return refuse(kBackupsAlive, std::to_string(says.backups.size()));
    if (publisher.witness()) {
        const auto last = publisher.witnessing(tx).last;
        if (!last || last->size <= erasure.find(Stage::carried_out)->seq) return refuse(kUnwitnessed);
    }
    issue(tx, publisher, std::move(entry), says);
    return {};
}

std::optional<TargetKind> target_kind_of(std::string_view code)
{
    for (const auto kind : {TargetKind::person, TargetKind::batch, TargetKind::everyone, TargetKind::entrustment})
        if (code_of(kind) == code) return kind;
    return std::nullopt;
}

} // namespace

std::string_view code_of(Outcome outcome)
{
    return outcome == Outcome::complete ? "complete" : "conditional";
}

std::string_view japanese(Outcome outcome)
{
    return outcome == Outcome::complete ? "完了" : "条件付完了";
}

Statement state(const Means& means, const storage::Snapshot& snapshot, const Erasure& erasure, Stage stage,
                const Entrusted& entrusted, Instant issued)
{
    const auto* begun = erasure.find(Step::begun);
    const auto* checked = erasure.find(Step::checked);
    AZK_CHECK(begun != nullptr && begun->by && checked != nullptr && checked->by);
    Statement says{erasure,
                   stage,
                   entrusted,
                   {},
                   {},
                   person_of(snapshot, erasure.planned_by, erasure.planned_at),
                   {},
                   person_of(snapshot, *begun->by, begun->at),
                   person_of(snapshot, *checked->by, checked->at)};
    if (const auto fence = access::find_fence(snapshot, erasure.entrustment)) {
        says.ward = name_of(snapshot, fence->ward);
        says.contractor = name_of(snapshot, fence->contractor);
    }
    if (const auto request = approval::find_request(snapshot, erasure.entrustment, erasure.approval))
        for (const auto& decision : request->decisions)
            says.agreed.push_back(person_of(snapshot, decision.by, decision.at));
    says.probes = static_cast<std::int64_t>(probes_of(snapshot, erasure).size());
    if (means.open_copies) says.copies = means.open_copies(snapshot, erasure.entrustment, erasure.target);
    says.backups = outstanding_backups(snapshot, erasure);
    if (const auto* first = erasure.find(Stage::carried_out)) {
        const auto note = ledger::note::SignedNote::parse(first->note);
        AZK_CHECK(note.has_value());
        says.earlier_digest = hex(seal::sha256(as_bytes(note->text)));
    }
    says.issued = issued;
    return says;
}

std::string text_of(const Statement& says, const ledger::Publisher& publisher)
{
    const auto& erasure = says.erasure;
    const auto& scale = erasure.scale;
    Lines out;
    out.add("azukari-erasure/v1");
    out.add("ledger {}", publisher.origin());
    out.add("key {}", publisher.key().text());
    out.add("witness {}", publisher.witness() ? publisher.witness()->text() : "none");
    out.add("erasure {}", erasure.id.text());
    out.add("stage {}", code_of(says.stage));
    out.add("outcome {}", code_of(says.outcome()));
    out.add("entrustment {} {}", erasure.entrustment.text(), on_one_line(says.entrusted.name));
    out.add("ward {}", says.ward.empty() ? "-" : says.ward);
    out.add("contractor {}", says.contractor.empty() ? "-" : says.contractor);
    out.add("clause {}", says.entrusted.clause.empty() ? "none" : says.entrusted.clause);
    out.add("target {} {}", code_of(erasure.target.kind), erasure.target.object);
    out.add("cause {}", code_of(erasure.cause));
    out.add("persons {} {}", scale.subjects, scale.subjects_digest);
    out.add("keys {} {}", scale.keys, scale.keys_digest);
    for (const auto& [place, rows] : scale.rows) out.add("rows {} {}", place, rows);
    out.add("method cryptographic_erase");
    out.add("algorithm XAES-256-GCM");
    out.add("tool azukari {}", AZUKARI_VERSION);
    out.person("planned", says.planned);
    for (const auto& person : says.agreed) out.person("agreed", person);
    out.person("operator", says.operated);
    out.person("verifier", says.checked);
    for (const auto& done : erasure.done)
        out.add("step {} {} {} {} {} {}", code_of_step(done.step), to_iso(done.at), done.seq, done.number,
                done.generation, done.epoch);
    out.add("trial {} 0", says.probes);
    for (const auto& copy : says.copies) out.add("copy {} {} {}", copy.id, copy.what, to_iso(copy.made_at));
    for (const auto& set : says.backups)
        out.add("backup {} {} {}", set.id.text(), to_iso(set.made_at), to_iso(set.expires_at));
    out.add("earlier {}", says.earlier_digest.empty() ? "none" : says.earlier_digest);
    out.add("issued {}", to_iso(says.issued));
    return out.take();
}

Result<Findings> check_and_certify(const Means& means, const ledger::Publisher& publisher, const access::Scope& scope,
                                   const Entrusted& entrusted, ErasureId id)
{
    AZK_TRY(const auto found, check(means, scope, id, [&](storage::Tx& tx, const Erasure& erasure, const Findings&) {
                issue(tx, publisher, scope.entry("erasure.certified"),
                      state(means, tx, erasure, Stage::carried_out, entrusted, scope.moment().at));
            }));
    means.db.write([&](storage::Tx& tx) { publisher.publish(tx, scope.moment().at); });
    return found;
}

Result<void> confirm(const Means& means, const ledger::Publisher& publisher, const access::Scope& scope,
                     const Entrusted& entrusted, ErasureId id)
{
    AZK_REQUIRE(means.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto erasure, find_erasure(tx, about(scope), id));
        return confirm_in(tx, means, publisher, scope.entry("erasure.certified"), entrusted, erasure);
    }));
    means.db.write([&](storage::Tx& tx) { publisher.publish(tx, scope.moment().at); });
    return {};
}

Confirmed confirm_what_can_be(const Means& means, const ledger::Publisher& publisher, Instant now)
{
    Confirmed told;
    for (const auto& erasure : means.db.read(begun_erasures)) {
        if (state_of(erasure) != State::carried_out) continue;
        ledger::Entry entry;
        entry.at = now;
        entry.act = "erasure.certified";
        entry.actor = "system";
        entry.entrustment = erasure.entrustment;
        entry.outcome = "done";
        const auto done = means.db.write([&](storage::Tx& tx) {
            return confirm_in(tx, means, publisher, entry, entrusted_before(erasure), erasure);
        });
        ++(done ? told.now : told.waiting);
    }
    if (told.now > 0) means.db.write([&](storage::Tx& tx) { publisher.publish(tx, now); });
    return told;
}

Result<void> acknowledge(storage::Db& db, const access::Scope& scope, ErasureId id)
{
    return db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto erasure, find_erasure(tx, about(scope), id));
        if (erasure.certificates.empty()) return refuse(kNotCarriedOut);
        auto entry = scope.entry("erasure.acknowledged");
        entry.object = id.text();
        entry.references = {{"stage", std::string(code_of(erasure.certificates.back().stage))}};
        ledger::append(tx, entry);
        mark_acknowledged(tx, scope, erasure);
        return {};
    });
}

Result<std::string> certificate_file(const storage::Snapshot& snapshot, const ledger::Publisher& publisher,
                                     const Erasure& erasure, Stage stage)
{
    const auto* certificate = erasure.find(stage);
    if (certificate == nullptr) return refuse(kNoCertificate);
    std::string entry;
    ledger::each_entry(snapshot, certificate->seq, certificate->seq + 1,
                       [&](std::uint64_t, ByteView bytes) { entry = std::string(as_text(bytes)) + "\n"; });
    const auto proof = publisher.receipt(snapshot, certificate->seq);
    if (!proof) return refuse(kNotYetProved);
    std::string file = "azukari-erasure-certificate/v1\n";
    for (const auto& [name, content] : {std::pair<std::string_view, std::string_view>("note", certificate->note),
                                        {"entry", entry},
                                        {"proof", *proof}})
        file += fmt::format("{} {}\n{}", name, content.size(), content);
    return file;
}

std::optional<Certified> read_certificate(std::string_view file, const ledger::note::VerifierKey& key)
{
    constexpr std::string_view kFirst = "azukari-erasure-certificate/v1\nnote ";
    if (!file.starts_with(kFirst)) return std::nullopt;
    file.remove_prefix(kFirst.size());
    std::size_t size = 0;
    const auto [stop, error] = std::from_chars(file.data(), file.data() + file.size(), size);
    if (error != std::errc{} || stop == file.data() + file.size() || *stop != '\n') return std::nullopt;
    file.remove_prefix(static_cast<std::size_t>(stop - file.data()) + 1);
    if (size > file.size()) return std::nullopt;
    const auto note = ledger::note::SignedNote::parse(file.substr(0, size));
    if (!note || !note->text.starts_with("azukari-erasure/v1\n") || !is_signed_by(*note, key)) return std::nullopt;
    const auto entrustment = EntrustmentId::parse(line_of(note->text, "entrustment").substr(0, 36));
    const auto target = line_of(note->text, "target");
    const auto kind = target_kind_of(target.substr(0, target.find(' ')));
    const auto destroyed = line_of(note->text, "step keys");
    if (!entrustment || !kind || destroyed.empty()) return std::nullopt;
    return Certified{*entrustment,
                     {*kind, std::string(target.substr(target.find(' ') + 1))},
                     std::string(destroyed.substr(0, destroyed.find(' ')))};
}

} // namespace azukari::erasure
