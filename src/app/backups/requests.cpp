#include "app/backups/requests.h"

#include "app/backups/backing_up.h"
#include "erasure/backup_set_store.h"
#include "ledger/ledger.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::app {
namespace {

constexpr RefusalKind kNotUnderstood{
    "request.not_understood", "動いているシステムと、このコマンドの版が違います。システムを起動し直してください。"};
constexpr RefusalKind kNowhere{
    "backup.nowhere",
    "控えの置き場所が決まっていません。--data-to、--keys-to、--ledger-to を指定するか、azukari.toml の [backup] に"
    "書いてください。"};

Result<std::string> make_backup(House& house, const ledger::Publisher& publisher, const Question& question,
                                const backup::Progress& progress)
{
    auto places = house.settings().backups;
    if (!question[1].empty()) places.data = question[1];
    if (!question[2].empty()) places.keys = question[2];
    if (!question[3].empty()) places.ledger = question[3];
    for (const auto part : backup::kParts)
        if (places.of(part).empty()) return refuse(kNowhere);
    const std::lock_guard turn(house.backup_turn());
    AZK_TRY(const auto made,
            backup::make(means_of_backup(house, publisher), places, {}, house.clock().now(), progress));
    return fmt::format(
        "控えを作りました（{}行、記録台帳{}件、{}MB）。\tデータ: {}\t鍵: {}\t台帳: {}\t鍵の控えは14日以内に"
        "破棄してください。",
        made.rows, made.entries, (made.bytes + 999'999) / 1'000'000, made.folders[0].string(), made.folders[1].string(),
        made.folders[2].string());
}

std::string list_sets(House& house)
{
    std::string lines;
    for (const auto& set : house.db().read(erasure::backup_sets)) {
        const auto what = set.destroyed_at                      ? "破棄済み（" + set.destroyed_how + "）"
                          : set.is_overdue(house.clock().now()) ? "期限切れ。破棄が必要"
                                                                : CivilDate::of(set.expires_at).iso() + " まで";
        lines += fmt::format("{}{}  {}  {}  {}", lines.empty() ? "" : "\t", to_japanese(set.made_at),
                             erasure::japanese(set.kind), set.label, what);
    }
    return lines.empty() ? "登録された控えはありません。" : lines;
}

Result<std::string> note_drill(House& house, const Question& question)
{
    ledger::Entry entry;
    entry.at = house.clock().now();
    entry.act = "backup.drilled";
    entry.actor = "system";
    entry.object = question[1];
    entry.outcome = question[2];
    for (std::size_t i = 3; i + 1 < question.size(); i += 2) {
        std::int64_t count = 0;
        const auto& text = question[i + 1];
        std::from_chars(text.data(), text.data() + text.size(), count);
        entry.counts[question[i]] = count;
    }
    house.db().write([&](storage::Tx& tx) { ledger::append(tx, entry); });
    return "記録台帳に記録しました。";
}

} // namespace

Result<std::string> answer_request(House& house, const ledger::Publisher& publisher, const Question& question,
                                   const backup::Progress& progress)
{
    if (question[0] == kAskBackup && question.size() == 4) return make_backup(house, publisher, question, progress);
    if (question[0] == kAskSets && question.size() == 1) return list_sets(house);
    if (question[0] == kAskDrilled && question.size() >= 3) return note_drill(house, question);
    return refuse(kNotUnderstood);
}

} // namespace azukari::app
