// 行為の表: every act the ledger can tell of, with the words people read on the ledger's pages. An act that is not here
// cannot be recorded. Rooms add theirs below their own heading.
#pragma once

#include <string_view>

namespace azukari::ledger {

struct Act {
    std::string_view code;
    std::string_view japanese; // what was done, without a subject: "名簿を区に提出した"
};

inline constexpr Act kActs[] = {
    // ledger
    {"ledger.opened", "記録台帳を開設した"},
    {"ledger.evidence_taken", "証拠一式を取り出した"},
    {"ledger.checkpoint_taken", "チェックポイントを取り出した"},
    {"ledger.witnessed", "区の連署を取り込んだ"},
    {"ledger.witness_refused", "区の連署の取込みを拒んだ"},

    // app
    {"server.started", "システムを起動した"},
    {"server.stopped", "システムを停止した"},
    {"job.failed", "定時の処理に失敗した"},
    {"job.recovered", "失敗していた定時の処理が済んだ"},
    {"store.checked", "保存データを点検した"},

    // backup
    {"backup.made", "控えを作成した"},
    {"backup.restored", "控えから復元した"},
    {"backup.drilled", "控えから復元できることを確かめた"},

    // seal
    {"keys.created", "鍵を作成した"},
    {"keys.unlocked", "鍵を使える状態にした"},
    {"keys.rotated", "鍵を更新した"},
    {"keys.destroyed", "鍵を廃棄した"},

    // party
    {"party.organisation_recorded", "組織を登録した"},
    {"party.staff_recorded", "職員・従事者を登録した"},
    {"party.staff_changed", "職員・従事者の登録を変更した"},

    // access: sign-in
    {"access.signed_in", "ログインした"},
    {"access.sign_in_refused", "ログインを拒まれた"},
    {"access.signed_out", "ログアウトした"},
    {"access.locked", "アカウントがロックされた"},
    {"access.unlocked", "アカウントのロックを解除した"},
    {"access.reauthenticated", "再認証した"},
    {"access.session_ended", "セッションが終了した"},
    {"access.refused", "操作を拒まれた"},
    // access: accounts
    {"access.account_created", "アカウントを作成した"},
    {"access.reset", "アカウントを初期パスワードに戻した"},
    {"access.account_suspended", "アカウントを停止した"},
    {"access.account_resumed", "アカウントの停止を解いた"},
    {"access.account_closed", "アカウントを閉じた"},
    {"access.password_changed", "パスワードを変更した"},
    {"access.totp_enrolled", "ワンタイムパスワードを登録した"},
    {"access.passkey_enrolled", "パスキーを登録した"},
    {"access.passkey_removed", "パスキーを削除した"},

    // roster
    {"roster.proposed", "取扱者を名簿に載せた"},
    {"roster.submitted", "名簿を区に提出した"},
    {"roster.withdrawn", "取扱者を名簿から外した"},

    // training
    {"training.course_kept", "研修の教材を登録した"},
    {"training.recorded", "研修を記録した"},
    {"training.passed", "研修の確認テストに合格した"},
    {"training.failed", "研修の確認テストに不合格となった"},

    // approval
    {"approval.asked", "承認を申請した"},
    {"approval.agreed", "申請を確認・承認した"},
    {"approval.rejected", "申請を認めなかった"},
    {"approval.withdrawn", "申請を取り下げた"},
    {"approval.used", "承認に基づいて実施した"},

    // retention
    {"retention.document_kept", "書類を登録した"},
    {"retention.event_noted", "書類の保存期間に関わる日を記録した"},
    {"retention.document_disposed", "書類の廃棄または返還を記録した"},
    {"retention.held", "消去・廃棄を保留した"},
    {"retention.released", "保留を解いた"},

    // erasure
    {"erasure.planned", "消去を計画した"},
    {"erasure.withdrawn", "消去の計画を取りやめた"},
    {"erasure.begun", "消去を始めた"},
    {"erasure.resumed", "中断した消去を続けた"},
    {"erasure.rows_deleted", "消去の対象の記録を削除した"},
    {"erasure.forgotten", "消去の対象を索引とファイルから削除した"},
    {"erasure.scrubbed", "消去した記録の跡を上書きした"},
    {"erasure.repeated", "不完了だった消去をやり直した"},
    {"erasure.checked", "消去を別の人が確かめた"},
    {"erasure.certified", "消去証明書を発行した"},
    {"erasure.acknowledged", "区が消去を確認した"},
    {"erasure.replayed", "復元された情報を改めて消去した"},
    {"erasure.backup_recorded", "控えを登録した"},
    {"erasure.backup_destroyed", "控えの破棄を記録した"},

    // restitution
    {"restitution.taken", "返還するデータを取り出した"},
    {"restitution.password_shown", "返還するデータのパスワードを表示した"},
    {"restitution.collection_checked", "区が回収の状況を記録した"},

    // register
    {"register.loaded", "委託の登録を読み込んだ"},
    {"register.created", "委託を登録した"},
    {"register.edited", "委託の登録を変更した"},
    {"register.reported", "審議会等への報告済みとした"},
    {"register.draft_withdrawn", "委託の登録の編集を取りやめた"},
    {"register.carried", "委託を次年度に更新した"},
    {"register.contractor_decided", "委託先を決定した"},
    {"register.paper_taken", "審議会資料を取り出した"},

    // flow
    {"flow.published", "業務フローを公開した"},
    {"flow.acknowledged", "業務フローを確認した"},

    // custody
    {"custody.recorded", "媒体・書類を登録した"},
    {"custody.place_recorded", "保管場所を登録した"},
    {"custody.placed", "媒体・書類を保管場所に入れた"},
    {"custody.lost", "媒体・書類の所在不明を報告した"},
    {"custody.found", "所在不明の媒体・書類の発見を報告した"},
    {"custody.destroyed", "媒体・書類の廃棄を記録した"},
    {"custody.recounted", "紙媒体を数え直した"},
    {"custody.apart_set", "別の機会とする間隔を定めた"},
    {"custody.hand_over_recorded", "受渡しを確認記録票に記録した"},
    {"custody.hand_over_changed", "確認記録票を直した"},
    {"custody.hand_over_signed", "確認記録票に署名した"},
    {"custody.hand_over_confirmed", "受渡しを双方が確認した"},
    {"custody.hand_over_disputed", "受渡しに相違を申し出た"},
    {"custody.dispute_closed", "相違の申出に経緯と措置を書いた"},
    {"custody.hand_over_withdrawn", "受渡しの記録を取り消した"},
    {"custody.package_asked", "暗号化データの持出しを申請した"},
    {"custody.package_looked", "申請中の暗号化データの中身を確かめた"},
    {"custody.package_made", "暗号化データを作成した"},
    {"custody.notice_printed", "パスワード通知書を印刷した"},
    {"custody.paper_taken", "確認記録票を印刷した"},
    {"custody.room_recorded", "入退室を管理する部屋を登録した"},
    {"custody.room_permitted", "入室を許可した"},
    {"custody.room_permission_ended", "入室の許可を取り消した"},
    {"custody.entry_recorded", "入退室を記録した"},
    {"custody.exit_recorded", "退室を記録した"},
    // custody: copies
    {"custody.copy_recorded", "複製を複製台帳に載せた"},
    {"custody.copy_settled", "複製の返還・廃棄を記録した"},

    // printing
    {"printing.limits_set", "印刷の指定枚数と期限を定めた"},
    {"printing.asked", "印刷を申請した"},
    {"printing.sent", "承認された印刷を始めた"},
    {"printing.tried_again", "届いていなかった印刷をもう一度送った"},
    {"printing.printed", "印刷が終わった"},
    {"printing.failed", "印刷が途中で終わった"},
    {"printing.lost_sight", "印刷の結果が分からなくなった"},
    {"printing.collected", "印刷した紙を受け取った"},
    {"printing.accounted", "印刷した紙の行き先を記録した"},
    {"printing.log_taken", "印刷ログを取り出した"},
    {"printing.log_submitted", "印刷ログを区に提出した"},

    // matters
    {"matters.allowed", "収集に注意する情報項目を承諾した"},
    {"matters.withdrawn", "収集に注意する情報項目の承諾を取り下げた"},

    // vault
    {"purpose.declared", "利用目的を登録した"},
    {"purpose.ended", "利用目的を終了した"},
    {"text.published", "利用目的の文・説明文を公開した"},
    {"agency.recorded", "情報の提供先を登録した"},
    {"agency.ended", "情報の提供先を終了した"},
    {"indirect.allowed", "本人以外からの収集を承諾した"},
    {"indirect.ended", "本人以外からの収集の承諾を終えた"},
    {"person.recorded", "対象者を登録した"},
    {"person.record_added", "対象者の記録を加えた"},
    {"person.amended", "対象者の記録を直した"},
    {"person.listed", "対象者の一覧を伏せ字で見た"},
    {"person.searched", "対象者を探し、伏せ字で見た"},
    {"person.compared", "重複の候補を探し、伏せ字で見た"},
    {"person.revealed", "対象者の情報を開いて見た"},
    {"attachment.added", "対象者に書類の画像を添付した"},
    {"attachment.refused", "ウイルスのある添付を拒んだ"},
    {"attachment.checked", "添付のウイルス検査が済んだ"},
    {"attachment.infected", "保存していた添付にウイルスが見つかった"},
    {"attachment.revealed", "対象者の添付を開いて見た"},
    {"attachment.withdrawn", "対象者の添付を取り下げた"},
    {"person.merged", "重複した対象者の登録を統合した"},
    {"person.unmerged", "対象者の登録の統合を取り消した"},
    {"person.told_apart", "似た2件の登録を別の人と記録した"},
    {"person.untold_apart", "別の人とした記録を取り消した"},
    {"consent.recorded", "本人の同意・不同意を記録した"},
    {"consent.withdrawn", "本人の同意の撤回を記録した"},
    {"consent.seen", "本人の同意の記録を見た"},

    // guidance
    {"guidance.imported", "対象者データを取り込んだ"},
    {"guidance.import_refused", "対象者データの取込みを拒まれた"},
    {"guidance.read", "対象者の情報を見た"},
    {"guidance.composed", "通知を組み上げた"},
    {"guidance.approved", "通知の取出しを承認した"},
    {"guidance.taken", "組み上がった通知を取り出した"},
    {"guidance.pulled", "通知の引抜きを指示した"},
    {"guidance.taken_out", "引抜きの通知の紙を抜き取った"},
    {"guidance.matched", "封入する紙を突合し、一致した"},
    {"guidance.mismatched", "封入する紙を突合し、一致しなかった"},
    {"guidance.sealed", "封緘した"},
    {"guidance.released", "突合した紙を封緘せずに戻した"},
    {"guidance.reopened", "封緘した封筒を開けた"},
    {"guidance.spoiled", "損紙を記録した"},
    {"guidance.paper_missing", "紙が見つからないと届け出た"},
    {"guidance.missing_agreed", "見つからない紙の刷り直しを認めた"},
    {"guidance.reprinted", "損紙の通知を刷り直した"},
    {"guidance.inserts_moved", "封入物の受取り・損・返却を記録した"},
    {"guidance.bundled", "封筒を束ねた"},
    {"guidance.boxed", "束を箱に入れた"},
    {"guidance.closed", "封入封緘の数を締めた"},
};

} // namespace azukari::ledger
