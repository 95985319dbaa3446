#include "app/house_jobs.h"

#include "access/session_sweep_store.h"
#include "app/backups/backing_up.h"
#include "app/subject_tables.h"
#include "custody/packing/package_request_store.h"
#include "erasure/certificate.h"
#include "infra/wire/http_client.h"
#include "ledger/ledger.h"
#include "ledger/witness/witness_exchange.h"
#include "whereabouts/orphan_keys.h"

#include <fmt/format.h>

namespace azukari::app {
namespace {

void note(storage::Db& db, Instant now, std::string_view act, std::map<std::string, std::int64_t> counts = {})
{
    ledger::Entry entry;
    entry.at = now;
    entry.act = act;
    entry.actor = "system";
    entry.outcome = "done";
    entry.counts = std::move(counts);
    db.write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

// No entry tells of a checkpoint or a cosignature: each would be one more to sign. They prove themselves.
Result<std::string> sign_checkpoint(storage::Db& db, const ledger::Publisher& publisher, Instant now)
{
    const auto last = db.write([&](storage::Tx& tx) { return publisher.publish(tx, now); });
    if (last.at != now) return std::string(); // nothing was added
    return fmt::format("{}件の記録に署名しました", last.checkpoint.size);
}

Result<std::string> ask_the_witness(storage::Db& db, const ledger::Publisher& publisher, const Settings& settings)
{
    const auto send = [&](const std::string& request) -> Result<ledger::WitnessReply> {
        const wire::Peer peer{settings.witness_url + "/add-checkpoint", settings.witness_ca.string()};
        AZK_TRY(auto answer, wire::post(peer, request, "text/plain; charset=utf-8"));
        return ledger::WitnessReply{answer.status, std::move(answer.type), std::move(answer.body)};
    };
    AZK_TRY(const auto size, ledger::ask_witness(db, publisher, send));
    if (size == 0) return std::string(); // nothing to cosign yet
    return fmt::format("区の証人は{}件まで連署しています", size);
}

Result<std::string> check_the_store(storage::Db& db, Instant now)
{
    db.check_for_damage(); // throws when something is damaged
    note(db, now, "store.checked");
    return "保存データに傷みはありません";
}

Result<std::string> sweep_the_sessions(storage::Db& db, Instant now)
{
    const auto ended =
        db.write([&](storage::Tx& tx) { return access::sweep_sessions(tx, Moment(now), access::Limits{}); });
    return ended == 0 ? std::string() : fmt::format("終わったログイン{}件を片付けました", ended);
}

Result<std::string> destroy_orphans(storage::Db& db, seal::Keystore& keystore, Instant now)
{
    AZK_TRY(const auto destroyed, whereabouts::destroy_orphan_keys(db, keystore, subject_tables(), now));
    return destroyed == 0 ? std::string() : fmt::format("情報のない鍵{}件を廃棄しました", destroyed);
}

Result<std::string> forget_packages(storage::Db& db, Instant now)
{
    const auto forgotten = db.write([&](storage::Tx& tx) { return custody::forget_package_requests(tx, now); });
    return forgotten == 0 ? std::string() : fmt::format("期限の過ぎた申請の暗号化データ{}件を消しました", forgotten);
}

Result<std::string> renew_the_epoch(storage::Db& db, seal::Keystore& keystore, Instant now)
{
    keystore.rotate_epoch();
    const auto epoch = keystore.mark().epoch;
    note(db, now, "keys.rotated", {{"epoch", epoch}});
    return fmt::format("鍵を包む鍵を第{}代に更新しました", epoch);
}

Result<std::string> confirm_erasures(const erasure::Means& means, const ledger::Publisher& publisher, Instant now)
{
    const auto done = erasure::confirm_what_can_be(means, publisher, now);
    if (done.now + done.waiting == 0) return std::string();
    return fmt::format("消去{}件を確定しました（写しや鍵の控えなどを待つもの{}件）", done.now, done.waiting);
}

} // namespace

std::vector<jobs::Job> house_jobs(House& house, const ledger::Publisher& publisher, ForgetIndexes forget_indexes,
                                  const vault::attachments::Attachments* attachments, FollowPrints follow_prints)
{
    using jobs::Turn;
    auto& db = house.db();
    auto& keys = house.keystore();
    std::vector<jobs::Job> all;
    const auto add = [&](std::string_view name, std::string_view japanese, Turn turn, auto work) {
        all.push_back({name, japanese, turn, std::move(work)});
    };
    add("keys.forget", "使い終えた鍵の忘却", Turn::always,
        [&](Instant now) { return keys.forget(now), std::string(); });
    add("search.forget", "検索の索引の忘却", Turn::always, [forget = std::move(forget_indexes)](Instant now) {
        const auto dropped = forget(now);
        return dropped == 0 ? std::string() : fmt::format("使われなくなった索引{}件を忘れました", dropped);
    });
    if (attachments != nullptr)
        add("attachments.check", "添付のウイルス検査", Turn::always,
            [attachments](Instant now) { return attachments->check_waiting(now); });
    add("ledger.checkpoint", "記録台帳への署名", Turn::hourly,
        [&](Instant now) { return sign_checkpoint(db, publisher, now); });
    if (!house.settings().witness_url.empty())
        add(ledger::kWitnessJob, "区の証人の連署", Turn::hourly,
            [&](Instant) { return ask_the_witness(db, publisher, house.settings()); });
    if (follow_prints)
        add("printing.follow", "印刷の結果の確認", Turn::always, [follow_prints = std::move(follow_prints)](Instant) {
            const auto ended = follow_prints();
            return ended == 0 ? std::string() : fmt::format("印刷{}件が終わりました", ended);
        });
    add("store.check", "保存データの点検", Turn::nightly, [&](Instant now) { return check_the_store(db, now); });
    add("access.sweep", "終わったログインの片付け", Turn::nightly,
        [&](Instant now) { return sweep_the_sessions(db, now); });
    add("custody.requests", "期限の過ぎた暗号化データの片付け", Turn::nightly,
        [&](Instant now) { return forget_packages(db, now); });
    add("keys.orphans", "情報のない鍵の廃棄", Turn::nightly,
        [&](Instant now) { return destroy_orphans(db, keys, now); });
    if (!house.settings().backups.data.empty()) {
        add("backup.make", "控えの作成", Turn::nightly, [&](Instant now) { return back_up(house, publisher, now); });
        add("backup.expire", "期限の過ぎた控えの破棄", Turn::nightly,
            [&](Instant now) { return destroy_expired(house, now); });
    }
    add("erasure.confirm", "消去の確定", Turn::nightly,
        [&](Instant now) { return confirm_erasures(house.erasing(), publisher, now); });
    add("keys.epoch", "鍵を包む鍵の更新", Turn::monthly, [&](Instant now) { return renew_the_epoch(db, keys, now); });
    return all;
}

std::string job_line(const jobs::Told& told)
{
    const auto& standing = told.standing;
    auto what = !standing.failure.empty() ? "失敗: " + standing.failure
                : told.line.empty()       ? std::string("済みました")
                                          : std::string(told.line);
    if (told.turned && standing.failure.empty()) what = "失敗がなくなりました: " + what;
    return fmt::format("azukari: {} 定時の処理 {}: {}", to_iso(told.at), standing.name, what);
}

void record_job(storage::Db& db, const jobs::Told& told)
{
    if (!told.turned) return;
    const auto& standing = told.standing;
    ledger::Entry entry;
    entry.at = told.at;
    entry.act = standing.failure_code.empty() ? "job.recovered" : "job.failed";
    entry.actor = "system";
    entry.object = standing.name;
    entry.outcome = standing.failure_code.empty() ? "done" : "refused:" + standing.failure_code;
    db.write([&](storage::Tx& tx) { ledger::append(tx, entry); });
}

} // namespace azukari::app
