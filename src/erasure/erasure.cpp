#include "erasure/erasure.h"

namespace azukari::erasure {

std::string_view code_of(TargetKind kind)
{
    switch (kind) {
    case TargetKind::person:
        return "person";
    case TargetKind::batch:
        return "batch";
    case TargetKind::everyone:
        return "everyone";
    case TargetKind::entrustment:
        return "entrustment";
    }
    return {};
}

std::string_view japanese(TargetKind kind)
{
    switch (kind) {
    case TargetKind::person:
        return "1人分";
    case TargetKind::batch:
        return "一回分のデータ";
    case TargetKind::everyone:
        return "全員分（委託は続く）";
    case TargetKind::entrustment:
        return "委託の全部（委託は終わる）";
    }
    return {};
}

std::string_view code_of(Cause cause)
{
    switch (cause) {
    case Cause::no_longer_needed:
        return "no_longer_needed";
    case Cause::period_over:
        return "period_over";
    case Cause::work_finished:
        return "work_finished";
    case Cause::contract_ended:
        return "contract_ended";
    }
    return {};
}

std::string_view japanese(Cause cause)
{
    switch (cause) {
    case Cause::no_longer_needed:
        return "不要になったため";
    case Cause::period_over:
        return "保存期間が満了したため";
    case Cause::work_finished:
        return "業務が終了したため";
    case Cause::contract_ended:
        return "契約が解除されたため";
    }
    return {};
}

std::optional<Cause> cause_of(std::string_view code)
{
    for (const auto cause : {Cause::no_longer_needed, Cause::period_over, Cause::work_finished, Cause::contract_ended})
        if (code_of(cause) == code) return cause;
    return std::nullopt;
}

std::string_view japanese(Step step)
{
    switch (step) {
    case Step::begun:
        return "消去の開始を記録";
    case Step::keys:
        return "鍵の破棄";
    case Step::rows:
        return "保管している記録の削除";
    case Step::elsewhere:
        return "索引・ファイルの削除";
    case Step::scrubbed:
        return "保管ファイルの空き領域の上書き";
    case Step::checked:
        return "別の人による確認";
    }
    return {};
}

std::string_view code_of(Stage stage)
{
    return stage == Stage::carried_out ? "carried_out" : "confirmed";
}

std::string_view japanese(Stage stage)
{
    return stage == Stage::carried_out ? "実施" : "確定";
}

const Done* Erasure::find(Step step) const
{
    for (const auto& each : done)
        if (each.step == step) return &each;
    return nullptr;
}

const Certificate* Erasure::find(Stage stage) const
{
    for (const auto& each : certificates)
        if (each.stage == stage) return &each;
    return nullptr;
}

State state_of(const Erasure& erasure)
{
    if (erasure.withdrawn_at) return State::withdrawn;
    if (erasure.find(Stage::confirmed) != nullptr) return State::confirmed;
    if (erasure.find(Stage::carried_out) != nullptr) return State::carried_out;
    if (erasure.find(Step::begun) == nullptr) return State::planned;
    if (next_step(erasure)) return State::under_way;
    const auto* checked = erasure.find(Step::checked);
    return checked != nullptr && checked->number > 0 ? State::failed : State::unchecked;
}

std::string_view japanese(State state)
{
    switch (state) {
    case State::planned:
        return "計画";
    case State::withdrawn:
        return "取下げ";
    case State::under_way:
        return "消去の途中";
    case State::unchecked:
        return "確認待ち";
    case State::failed:
        return "不完了";
    case State::carried_out:
        return "実施";
    case State::confirmed:
        return "確定";
    }
    return {};
}

std::optional<Step> next_step(const Erasure& erasure)
{
    if (erasure.find(Step::begun) == nullptr) return std::nullopt;
    for (const auto step : {Step::keys, Step::rows, Step::elsewhere, Step::scrubbed})
        if (erasure.find(step) == nullptr) return step;
    return std::nullopt;
}

} // namespace azukari::erasure
