#include "infra/storage/sqlite/faults.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace azukari::storage::sqlite {

namespace {

FaultKind kind_of(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return FaultKind::unique_violation;
    case SQLITE_IOERR_NOMEM:
        return FaultKind::other;
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return FaultKind::constraint_violation;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FaultKind::busy;
    case SQLITE_FULL:
        return FaultKind::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return FaultKind::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return FaultKind::corrupt;
    case SQLITE_IOERR:
        return FaultKind::io;
    case SQLITE_CANTOPEN:
        return FaultKind::gone;
    default:
        return FaultKind::other;
    }
}

std::string_view advice(FaultKind kind)
{
    switch (kind) {
    case FaultKind::unique_violation:
        return "同じものが既に登録されています。";
    case FaultKind::constraint_violation:
        return "データの決まりに合わない登録です。";
    case FaultKind::busy:
        return "データが別の処理で使用中です。しばらくしてからもう一度お試しください。";
    case FaultKind::disk_full:
        return "ディスクの空きがないため保存できませんでした。空きを増やしてから、もう一度お試しください。";
    case FaultKind::read_only:
        return "データフォルダーに書き込めません。フォルダーの権限と、読み取り専用になっていないかを確かめてください。";
    case FaultKind::corrupt:
        return "データファイルが壊れています。azukari を止め、バックアップから戻してください。";
    case FaultKind::io:
        return "ディスクの読み書きに失敗しました。ディスクを点検し、azukari を再起動してください。";
    case FaultKind::gone:
        return "データファイルを開けません。データフォルダーの場所と権限を確かめてください。";
    case FaultKind::other:
        break;
    }
    return "データベースの処理に失敗しました。記録を添えて保守担当に連絡してください。";
}

} // namespace

StorageFault fault_of(int code, sqlite3* connection)
{
    const auto kind = kind_of(code);
    const char* said = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    const bool retryable = kind == FaultKind::busy || kind == FaultKind::disk_full;
    return {kind, fmt::format("{}(SQLite {}: {})", advice(kind), code, said), retryable};
}

} // namespace azukari::storage::sqlite
