#include "office/desk/waiting.h"

#include "access/decision.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"
#include "entrustment/work_flow_store.h"
#include "programmes/guidance/batch/batch_store.h"

#include <fmt/format.h>

namespace azukari::desk {
namespace {

using html::url;
using office::Tone;

constexpr Duration kTrainingNotice = Duration::hours(24 * 30);
constexpr std::int64_t kUnwitnessedNotice = 1000; // entries; a day of ordinary work stays below

// Everything that is asked about one entrustment, on one snapshot.
class Asking {
public:
    Asking(const storage::Snapshot& snapshot, const access::Session& session, const Moment& moment,
           const entrustment::Register::Listed& listed, std::vector<Waiting>& found)
        : snapshot_(snapshot), session_(session), moment_(moment), listed_(listed), found_(found)
    {
    }

    void all()
    {
        roster();
        training();
        work_flow();
        version();
        letters();
    }

private:
    std::optional<access::Scope> may(const access::Action& action) const
    {
        auto scope = access::authorise(snapshot_, session_, action, listed_.id, moment_);
        if (!scope) return std::nullopt;
        return *std::move(scope);
    }

    void add(Tone tone, std::string what, html::Url address)
    {
        found_.push_back({tone, std::move(what), listed_.version->content.outline.name, std::move(address)});
    }

    void roster()
    {
        if (may(access::actions::kProposeRoster) && access::roster_has_news(snapshot_, listed_.id))
            add(Tone::caution, "名簿に、区へまだ提出していない変更があります",
                url("/entrustments/", listed_.id, "/roster"));
    }

    void training()
    {
        if (!may(access::actions::kTakeTraining) || !access::current_course(snapshot_, listed_.id)) return;
        std::optional<Instant> until;
        for (const auto& attempt : access::attempts_of(snapshot_, listed_.id, session_.staff))
            if (attempt.valid_until && (!until || *until < *attempt.valid_until)) until = attempt.valid_until;
        const auto address = url("/entrustments/", listed_.id, "/training");
        if (!until || *until <= moment_.at)
            add(Tone::bad, "研修を受けてください。受けるまで個人情報を扱えません", address);
        else if (*until < moment_.at + kTrainingNotice)
            add(Tone::caution, fmt::format("研修の有効期限が{}に切れます", to_era(CivilDate::of(*until))), address);
    }

    void work_flow()
    {
        const auto address = url("/entrustments/", listed_.id, "/work-flow");
        if (const auto scope = may(access::actions::kAcknowledgeFlow)) {
            const auto flow = entrustment::current_work_flow(snapshot_, *scope);
            if (flow && !flow->acknowledged_at) add(Tone::caution, "区が公開した業務フローを確認してください", address);
        }
        if (const auto scope = may(access::actions::kPublishFlow))
            if (!entrustment::current_work_flow(snapshot_, *scope))
                add(Tone::info, "業務フローがまだ公開されていません", address);
    }

    void version()
    {
        if (listed_.version->mark.state != entrustment::VersionState::draft) return;
        if (access::grants(access::actions::kReportRegister, session_.role))
            add(Tone::caution, "審議会等に報告していない変更があります", url("/entrustments/", listed_.id));
    }

    void letters()
    {
        if (listed_.version->content.code != "guidance") return;
        const auto scope = may(access::actions::kSeeGuidance);
        if (!scope) return;
        for (const auto& batch : guidance::batches(snapshot_, *scope)) {
            const auto address = url("/entrustments/", listed_.id, "/guidance/batches/", batch.id);
            const auto state = guidance::state_of(batch);
            if (state == guidance::BatchState::composed &&
                access::grants(access::actions::kApproveGuidance, session_.role) &&
                guidance::may_approve(batch, session_.staff))
                add(Tone::caution, "通知の取り出しが承認を待っています", address);
            else if (state == guidance::BatchState::approved &&
                     access::grants(access::actions::kTakeGuidance, session_.role))
                add(Tone::info, "承認された通知を取り出せます", address);
            else if (state == guidance::BatchState::stored &&
                     access::grants(access::actions::kComposeGuidance, session_.role))
                add(Tone::info, "取り込んだデータから通知を組み上げてください", address);
        }
    }

    const storage::Snapshot& snapshot_;
    const access::Session& session_;
    const Moment& moment_;
    const entrustment::Register::Listed& listed_;
    std::vector<Waiting>& found_;
};

int urgency(Tone tone)
{
    switch (tone) {
    case Tone::bad:
        return 0;
    case Tone::caution:
        return 1;
    case Tone::info:
        return 2;
    case Tone::neutral:
    case Tone::good:
        return 3;
    }
    return 3;
}

} // namespace

std::vector<Waiting> waiting_for(const Rooms& rooms, const access::Session& session, const access::Scope& scope,
                                 const std::vector<entrustment::Register::Listed>& entrustments)
{
    std::vector<Waiting> found;
    rooms.db.read([&](const storage::Snapshot& snapshot) {
        for (const auto& listed : entrustments) Asking(snapshot, session, scope.moment(), listed, found).all();
        const auto unwitnessed = static_cast<std::int64_t>(rooms.publisher.witnessing(snapshot).unwitnessed);
        if (unwitnessed >= kUnwitnessedNotice && access::grants(access::actions::kWitness, session.role))
            found.push_back(
                {Tone::caution, fmt::format("区の連署がまだの記録が{}件あります", unwitnessed), {}, url("/ledger")});
    });
    std::stable_sort(found.begin(), found.end(),
                     [](const Waiting& a, const Waiting& b) { return urgency(a.tone) < urgency(b.tone); });
    return found;
}

} // namespace azukari::desk
