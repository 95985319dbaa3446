#include "erasure/pages/ending_pages.h"

#include "approval/approval_store.h"
#include "erasure/pages/ending_frame.h"
#include "retention/document_store.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
}

// Whether this person could agree to, do, or check what comes next.
void tell_of(const office::Asked& asked, const Erasure& erasure)
{
    using namespace access::actions;
    const auto below = "/ending/erasures/" + erasure.id.text();
    const auto self = asked.session.staff;
    const auto request = approval::find_request(asked.snapshot, erasure.entrustment, erasure.approval);
    switch (state_of(erasure)) {
    case State::planned: {
        if (!request) return;
        const auto state = approval::state_of(*request, asked.moment.at);
        bool took_part = request->made_by == self;
        for (const auto& decision : request->decisions) took_part = took_part || decision.by == self;
        if (state == approval::State::granted && asked.may(kCarryOutErasure))
            asked.tell(office::Tone::caution, "承認された消去を実施できます", below);
        else if (state == approval::State::waiting && !took_part && asked.may(kAgreeErasure))
            asked.tell(office::Tone::caution, "消去の計画が確認・承認を待っています", below);
        return;
    }
    case State::under_way:
        if (asked.may(kCarryOutErasure)) asked.tell(office::Tone::bad, "消去が途中で止まっています", below);
        return;
    case State::unchecked:
        if (erasure.find(Step::begun)->by != self && asked.may(kCheckErasure))
            asked.tell(office::Tone::caution, "実施された消去の確認が必要です", below);
        return;
    case State::failed:
        if (asked.may(kCarryOutErasure)) asked.tell(office::Tone::bad, "消去が不完了です。やり直してください", below);
        return;
    case State::carried_out:
        if (!erasure.acknowledged_at && asked.may(kAcknowledgeErasure))
            asked.tell(office::Tone::info, "受託者が消去を実施しました。証明書を確認してください", below);
        return;
    case State::withdrawn:
    case State::confirmed:
        return;
    }
}

void tell_documents(const office::Asked& asked, const retention::Rules& rules,
                    std::span<const retention::Source> sources)
{
    auto documents = retention::documents_by_hand(asked.snapshot, asked.entrustment);
    for (const auto& source : sources)
        for (auto& document : source(asked.snapshot, asked.entrustment)) documents.push_back(std::move(document));
    std::size_t due = 0, overdue = 0;
    const auto holds = retention::holds_of(asked.snapshot, asked.entrustment);
    for (const auto& item : retention::worklist(rules, asked.code, std::move(documents), holds, asked.moment.today)) {
        due += item.standing == retention::Standing::due ? 1 : 0;
        overdue += item.standing == retention::Standing::overdue ? 1 : 0;
    }
    if (overdue > 0)
        asked.tell(office::Tone::bad, fmt::format("廃棄・消去の期限を過ぎたものが{}件あります", overdue), "/ending");
    else if (due > 0)
        asked.tell(office::Tone::caution, fmt::format("保存期間が終わったものが{}件あります", due), "/ending");
}

// The copies are of the whole house: told once, whichever entrustment is asked first.
void tell_of_backups(const office::Asked& asked, std::ptrdiff_t late)
{
    auto what = fmt::format("期限を過ぎた控えが{}件、破棄されていません", late);
    for (const auto& told : asked.found)
        if (told.where.empty() && told.what == what) return;
    asked.found.push_back(
        {office::Tone::bad, std::move(what), {}, html::url("/entrustments/", asked.entrustment, "/ending/backups")});
}

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace access::actions;
    const std::string ending = "/entrustments/{entrustment}/ending";
    const std::string erasure = ending + "/erasures/{erasure}";
    const std::string hold = ending + "/holds/{hold}/release";
    const std::string document = ending + "/documents/{document}";
    const std::string backup = ending + "/backups/{set}/destruction";
    return {
        office::get(ending, kSeeEnding, with(rooms, show_ending)),
        office::get(ending + "/erasures/new", kPlanErasure, with(rooms, ask_plan)),
        office::post(ending + "/erasures/new", kPlanErasure, with(rooms, make_plan)),
        office::get(erasure, kSeeEnding, with(rooms, show_erasure)),
        office::get(erasure + "/agreement", kAgreeErasure, with(rooms, ask_agreement)),
        office::post(erasure + "/agreement", kAgreeErasure, with(rooms, take_agreement)),
        office::post(erasure + "/withdrawal", kPlanErasure, with(rooms, withdraw_plan)),
        office::get(erasure + "/destruction", kCarryOutErasure, with(rooms, ask_destruction)),
        office::post(erasure + "/destruction", kCarryOutErasure, with(rooms, destroy)),
        office::post(erasure + "/continuation", kCarryOutErasure, with(rooms, go_on)),
        office::get(erasure + "/check", kCheckErasure, with(rooms, ask_check)),
        office::post(erasure + "/check", kCheckErasure, with(rooms, make_check)),
        office::post(erasure + "/final", kCheckErasure, with(rooms, make_final)),
        office::post(erasure + "/acknowledgement", kAcknowledgeErasure, with(rooms, acknowledge_erasure)),
        office::get(erasure + "/certificate/{stage}", kSeeEnding, with(rooms, take_certificate)),
        office::get(erasure + "/proof/{stage}", kSeeEnding, with(rooms, take_proof)),
        office::get(ending + "/holds/new", kHoldEnding, with(rooms, ask_hold)),
        office::post(ending + "/holds/new", kHoldEnding, with(rooms, set_hold)),
        office::get(hold, kHoldEnding, with(rooms, ask_release)),
        office::post(hold, kHoldEnding, with(rooms, lift_hold)),
        office::get(ending + "/documents/new", kKeepDocuments, with(rooms, ask_document)),
        office::post(ending + "/documents/new", kKeepDocuments, with(rooms, add_document)),
        office::get(document, kKeepDocuments, with(rooms, show_document)),
        office::post(document, kKeepDocuments, with(rooms, change_document)),
        office::get(ending + "/return", kSeeEnding, with(rooms, show_return)),
        office::post(ending + "/return", kTakeReturn, with(rooms, take_return)),
        office::post(ending + "/returns/{return}/password", kTakeReturn, with(rooms, show_password)),
        office::get(ending + "/collection", kSeeEnding, with(rooms, show_collection)),
        office::post(ending + "/collection", kCollect, with(rooms, add_finding)),
        office::get(ending + "/backups", kSeeEnding, with(rooms, show_backups)),
        office::post(ending + "/backups", kRecordBackups, with(rooms, add_backup)),
        office::get(backup, kRecordBackups, with(rooms, ask_backup_end)),
        office::post(backup, kRecordBackups, with(rooms, end_backup)),
    };
}

office::Ask tell_waiting(const retention::Rules& rules, std::vector<retention::Source> sources)
{
    return [&rules, sources = std::move(sources)](const office::Asked& asked) {
        if (!asked.may(access::actions::kSeeEnding)) return;
        for (const auto& erasure : erasures_of(asked.snapshot, asked.entrustment)) tell_of(asked, erasure);
        if (asked.may(access::actions::kKeepDocuments)) tell_documents(asked, rules, sources);
        if (!asked.may(access::actions::kRecordBackups)) return;
        const auto sets = backup_sets(asked.snapshot);
        const auto late = std::count_if(sets.begin(), sets.end(),
                                        [&](const BackupSet& set) { return set.is_overdue(asked.moment.at); });
        if (late > 0) tell_of_backups(asked, late);
    };
}

} // namespace azukari::erasure::pages
