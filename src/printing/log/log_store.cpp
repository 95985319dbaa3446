#include "printing/log/log_store.h"

#include "access/fence.h"
#include "approval/approval_store.h"
#include "ledger/ledger.h"
#include "party/party_store.h"
#include "printing/print_store.h"
#include "printing/printing_refusals.h"

#include <fmt/format.h>

namespace azukari::printing {
namespace {

constexpr std::int32_t kMostDays = 366;

class Names {
public:
    explicit Names(const storage::Snapshot& snapshot) : snapshot_(snapshot) {}
    std::string of(StaffId id)
    {
        const auto [at, fresh] = known_.try_emplace(id);
        if (fresh)
            if (const auto staff = party::find_staff(snapshot_, id)) at->second = staff->name;
        return at->second;
    }
    std::string of_organisation(OrganisationId id) const
    {
        const auto found = party::find_organisation(snapshot_, id);
        return found ? found->name : std::string();
    }

private:
    const storage::Snapshot& snapshot_;
    std::map<StaffId, std::string> known_;
};

std::string ending_of(const PrintJob& job, const approval::Request& request, Instant now)
{
    if (!job.accounted) return std::string(japanese(state_of(job, request, now)));
    const auto& end = job.account;
    auto words = fmt::format("渡した {}枚（{}）", end.handed_on, japanese(job.wish.next));
    if (end.destroyed > 0) words += fmt::format("、廃棄 {}枚（{}）", end.destroyed, end.method);
    if (end.missing > 0) words += fmt::format("、出てこなかった {}枚", end.missing);
    if (!end.note.empty()) words += "。" + end.note;
    return words;
}

LogLine line_of(const storage::Snapshot& snapshot, Names& names, const PrintJob& job, Instant now)
{
    LogLine line{job.number,
                 job.sent->computer,
                 job.sent->at,
                 job.document.file_name,
                 job.wish.printer,
                 job.sheets(),
                 job.sheets_reported,
                 names.of(job.asked.by),
                 names.of(job.sent->by),
                 {},
                 job.wish.purpose,
                 job.wish.over_reason,
                 {},
                 log_line_digest(job)};
    if (const auto request = approval::find_request(snapshot, job.entrustment, job.approval)) {
        for (const auto& decision : request->decisions)
            line.agreed_by += (line.agreed_by.empty() ? "" : "、") + names.of(decision.by);
        line.ending = ending_of(job, *request, now);
    }
    return line;
}

} // namespace

PrintLog read_log(const storage::Snapshot& snapshot, const access::Scope& scope, CivilDate from, CivilDate to,
                  std::string_view entrustment)
{
    Names names(snapshot);
    PrintLog log{from, to, std::string(entrustment), {}, {}, {}, {}};
    if (const auto fence = access::find_fence(snapshot, *scope.entrustment())) {
        log.ward = names.of_organisation(fence->ward);
        log.contractor = names.of_organisation(fence->contractor);
    }
    for (const auto& job : jobs_sent(snapshot, *scope.entrustment(), from, to)) {
        log.lines.push_back(line_of(snapshot, names, job, scope.moment().at));
        log.host = job.sent->host;
    }
    return log;
}

Result<void> check_days(CivilDate from, CivilDate to)
{
    if (to < from || to.days() - from.days() >= kMostDays) return refuse_field("from", kDaysExpected);
    return {};
}

Result<void> submit(storage::Tx& tx, IdSource& ids, const access::Scope& scope, const PrintLog& log)
{
    AZK_REQUIRE(check_days(log.from, log.to));
    if (log.to >= scope.moment().today) return refuse_field("to", kDayNotOver);
    const auto id = ids.next<SubmissionNoun>();
    const auto digest = digest_of(log);
    const auto jobs = static_cast<std::int64_t>(log.lines.size());
    tx.execute(
        "insert into printing_submission values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {*scope.entrustment(), id, log.from, log.to, jobs, log.sheets(), digest, scope.moment().at, scope.staff()});
    auto entry = scope.entry("printing.log_submitted");
    entry.object = id.text();
    entry.counts = {{"jobs", jobs}, {"sheets", log.sheets()}};
    entry.references = {{"from", log.from.iso()}, {"to", log.to.iso()}, {"sha256", digest}};
    ledger::append(tx, entry);
    return {};
}

std::vector<Submission> submissions(const storage::Snapshot& snapshot, EntrustmentId entrustment)
{
    return snapshot.all("select id, from_day, to_day, jobs, sheets, sha256, submitted_at, submitted_by"
                        " from printing_submission where entrustment = ? order by submitted_at desc, id desc",
                        {entrustment}, [](const storage::Row& row) {
                            return Submission{row.id<SubmissionId>(0), row.date(1),       row.date(2),
                                              row.integer(3),          row.integer(4),    row.string(5),
                                              row.instant(6),          row.id<StaffId>(7)};
                        });
}

void note_log_taken(storage::Tx& tx, const access::Scope& scope, const PrintLog& log, std::string_view form)
{
    auto entry = scope.entry("printing.log_taken");
    entry.counts = {{"jobs", static_cast<std::int64_t>(log.lines.size())}, {"sheets", log.sheets()}};
    entry.references = {
        {"from", log.from.iso()}, {"to", log.to.iso()}, {"form", std::string(form)}, {"sha256", digest_of(log)}};
    ledger::append(tx, entry);
}

} // namespace azukari::printing
