#include "infra/storage/postgres/faults.h"

#include <fmt/format.h>

namespace azukari::storage::postgres {

namespace {

// Classes and codes of the PostgreSQL manual, appendix A.
FaultKind kind_of(std::string_view state)
{
    const auto any = [&](auto... code) { return (state.starts_with(code) || ...); };
    if (state.empty() || any("08", "57P", "28", "3D")) return FaultKind::gone;
    if (any("23505")) return FaultKind::unique_violation;
    if (any("23")) return FaultKind::constraint_violation;
    if (any("40001", "40P01", "55P03", "53300")) return FaultKind::busy;
    if (any("53100")) return FaultKind::disk_full;
    if (any("25006", "42501")) return FaultKind::read_only;
    if (any("XX001", "XX002")) return FaultKind::corrupt;
    if (any("58030")) return FaultKind::io;
    return FaultKind::other;
}

std::string_view advice(FaultKind kind)
{
    switch (kind) {
    case FaultKind::unique_violation:
        return "同じものが既に登録されています。";
    case FaultKind::constraint_violation:
        return "データの決まりに合わない登録です。";
    case FaultKind::busy:
        return "データベースが混み合っています。しばらくしてからもう一度お試しください。";
    case FaultKind::disk_full:
        return "データベースサーバーのディスクの空きがありません。空きを増やしてから、もう一度お試しください。";
    case FaultKind::read_only:
        return "データベースに書き込む権限がありません。接続先が主系か、権限が足りているかを確かめてください。";
    case FaultKind::corrupt:
        return "データベースが壊れています。azukari を止め、バックアップから戻してください。";
    case FaultKind::io:
        return "データベースサーバーのディスクの読み書きに失敗しました。ディスクを点検してください。";
    case FaultKind::gone:
        return "データベースサーバーに接続できません。サーバーと接続設定を確かめてください。";
    case FaultKind::other:
        break;
    }
    return "データベースの処理に失敗しました。記録を添えて保守担当に連絡してください。";
}

} // namespace

StorageFault fault_of(std::string_view state, std::string_view about)
{
    const auto kind = kind_of(state);
    const bool retryable = kind == FaultKind::busy || kind == FaultKind::disk_full || kind == FaultKind::gone;
    return {kind, fmt::format("{}(PostgreSQL {} {})", advice(kind), state.empty() ? "-" : state, about), retryable};
}

} // namespace azukari::storage::postgres
