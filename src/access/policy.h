// Who may do what: the table between roles and actions. `decide()` (decision.h) is the only way to a permission.
#pragma once

#include "access/action.h"

namespace azukari::access {

namespace actions {
using enum Role;
inline constexpr std::uint8_t kEverybody =
    roles_of(ward_officer, ward_reviewer, handling_supervisor, handler, security_officer, auditor);
inline constexpr std::uint8_t kWard = roles_of(ward_officer, ward_reviewer);
inline constexpr std::uint8_t kContractor = roles_of(handling_supervisor, handler, security_officer);

inline constexpr Action kHome{"home.see", "ホームを見る", Kind::open, false, kEverybody};
inline constexpr Action kOwnAccount{"account.own", "自分のアカウントを管理する", Kind::open, false, kEverybody};
// Enrolling and removing what one signs in with: a session left open must not be enough for it.
inline constexpr Action kOwnFactors{"account.factors", "自分の認証の手段を登録・削除する", Kind::open, true,
                                    kEverybody};
inline constexpr Action kSeeMatrix{"matrix.see", "権限表を見る", Kind::open, false, kEverybody};

inline constexpr Action kSeeAccounts{
    "accounts.see", "組織のアカウントを見る", Kind::open, false,
    roles_of(ward_officer, ward_reviewer, handling_supervisor, security_officer, auditor)};
inline constexpr Action kManageAccounts{"accounts.manage", "アカウントを作る・ロックを解除する・停止する", Kind::open,
                                        true, roles_of(ward_officer, handling_supervisor)};

inline constexpr Action kSeeRegister{"register.see", "委託の登録を見る", Kind::about, false, kEverybody};
inline constexpr Action kEditRegister{"register.edit", "委託の登録を編集する", Kind::about, false, kWard};
inline constexpr Action kReportRegister{"register.report", "審議会等への報告済みとする", Kind::about, true,
                                        roles_of(ward_reviewer)};
inline constexpr Action kPublishFlow{"flow.publish", "業務フローを公開する", Kind::about, false, kWard};
inline constexpr Action kAcknowledgeFlow{"flow.acknowledge", "業務フローを確認する", Kind::about, false,
                                         roles_of(handling_supervisor)};

inline constexpr Action kSeeRoster{"roster.see", "名簿を見る", Kind::about, false, kEverybody};
inline constexpr Action kProposeRoster{"roster.propose", "取扱者を名簿に載せる・外す", Kind::about, false,
                                       roles_of(handling_supervisor, security_officer)};
inline constexpr Action kSubmitRoster{"roster.submit", "名簿を区に提出する", Kind::about, true,
                                      roles_of(handling_supervisor)};
inline constexpr Action kTakeTraining{"training.take", "研修を受ける", Kind::about, false, kContractor};
inline constexpr Action kRecordTraining{"training.record", "研修の記録を付ける", Kind::about, false,
                                        roles_of(handling_supervisor, security_officer)};

inline constexpr Action kSeeLedger{
    "ledger.see", "記録台帳を見る", Kind::open, false,
    roles_of(ward_officer, ward_reviewer, handling_supervisor, security_officer, auditor)};
inline constexpr Action kTakeEvidence{"ledger.evidence", "証拠一式を取り出す", Kind::open, false,
                                      roles_of(ward_officer, ward_reviewer, security_officer, auditor)};
inline constexpr Action kWitness{"ledger.witness", "区の連署を取り込む", Kind::open, false, kWard};

// 受渡しと保管: what is handed over, not what stands in it. Both sides do the same, each for itself.
inline constexpr std::uint8_t kCarriers = roles_of(ward_officer, ward_reviewer, handling_supervisor, handler);
inline constexpr Action kSeeCustody{"custody.see", "受渡し・保管の記録を見る", Kind::about, false, kEverybody};
inline constexpr Action kKeepCustody{"custody.keep", "媒体・書類・保管場所・入退室を記録する", Kind::about, false,
                                     kCarriers};
inline constexpr Action kRecordHandOver{"custody.hand_over", "受渡しを記録する・直す・取り消す", Kind::about, false,
                                        kCarriers};
inline constexpr Action kSignHandOver{"custody.sign", "受渡しの確認記録票に署名する・相違を申し出る", Kind::about, true,
                                      kCarriers};
// A dispute ends only when somebody who answers for each side has written how it came about and what was done.
inline constexpr Action kCloseDispute{"custody.close_dispute", "相違の申出に経緯と措置を書いて終える", Kind::about,
                                      true,
                                      roles_of(ward_officer, ward_reviewer, handling_supervisor, security_officer)};
inline constexpr Action kMakePackage{"custody.package", "暗号化データを作る", Kind::personal, false, kCarriers};
inline constexpr Action kAgreePackage{"custody.package_agree", "暗号化データの持出しを確認・承認する", Kind::personal,
                                      true, kContractor};
inline constexpr Action kPrintNotice{"custody.notice", "パスワード通知書を印刷する", Kind::about, true, kCarriers};
inline constexpr Action kSettleCopies{"custody.settle", "複製の返還・廃棄を記録する", Kind::about, false,
                                      roles_of(ward_officer, ward_reviewer, handling_supervisor)};
inline constexpr Action kManageRooms{"custody.rooms", "部屋と入室を許可する方を登録する", Kind::about, false,
                                     roles_of(ward_officer, ward_reviewer, handling_supervisor, security_officer)};
inline constexpr Action kSetCustody{"custody.settings", "別の機会とする間隔を定める", Kind::about, true, kWard};
inline constexpr Action kListPersons{"person.list", "対象者の一覧を伏せ字で見る", Kind::personal, false,
                                     roles_of(handler, handling_supervisor)};
inline constexpr Action kRevealPerson{"person.reveal", "対象者の情報を開いて見る", Kind::personal, false,
                                      roles_of(handler, handling_supervisor)};
inline constexpr Action kRecordPerson{"person.record", "対象者の情報を記録する・直す", Kind::personal, false,
                                      roles_of(handler, handling_supervisor)};
inline constexpr Action kAddAttachment{"attachment.add", "対象者に書類の画像を添付する", Kind::personal, false,
                                       roles_of(handler, handling_supervisor)};
inline constexpr Action kShowAttachment{"attachment.reveal", "対象者の添付を開いて見る", Kind::personal, false,
                                        roles_of(handler, handling_supervisor)};
inline constexpr Action kWithdrawAttachment{"attachment.withdraw", "誤って付けた添付を取り下げる", Kind::personal, true,
                                            roles_of(handler, handling_supervisor)};
inline constexpr Action kMergePersons{"person.merge", "重複した登録を統合する・統合を取り消す", Kind::personal, false,
                                      roles_of(handling_supervisor)};
inline constexpr Action kRecordConsent{"consent.record", "本人の同意・撤回を記録する", Kind::personal, false,
                                       roles_of(handler, handling_supervisor)};
inline constexpr Action kSeePurposes{"purpose.see", "利用目的と説明文を見る", Kind::about, false, kEverybody};
inline constexpr Action kDeclarePurposes{"purpose.declare", "利用目的を登録する・本人以外からの収集を承諾する",
                                         Kind::about, false, kWard};
inline constexpr Action kPublishTexts{"purpose.publish", "利用目的の文・同意の説明文・提供先を公開する", Kind::about,
                                      false, roles_of(ward_officer, ward_reviewer, handling_supervisor)};
inline constexpr Action kAllowProhibited{"prohibited.allow", "収集してはならない事項に触れる情報項目を承諾する",
                                         Kind::about, true, roles_of(ward_reviewer)};

inline constexpr Action kSeeGuidance{"guidance.see", "印字業務の進み具合を見る", Kind::about, false, kEverybody};
inline constexpr Action kImportGuidance{"guidance.import", "区のデータを取り込む", Kind::personal, false,
                                        roles_of(handler, handling_supervisor)};
inline constexpr Action kReadGuidance{"guidance.read", "対象者の情報を見る", Kind::personal, false,
                                      roles_of(handler, handling_supervisor)};
inline constexpr Action kComposeGuidance{"guidance.compose", "通知を組み上げる", Kind::personal, false,
                                         roles_of(handler, handling_supervisor)};
inline constexpr Action kApproveGuidance{"guidance.approve", "取り出しを承認する", Kind::personal, true,
                                         roles_of(handling_supervisor)};
inline constexpr Action kTakeGuidance{"guidance.take", "組み上がった通知を取り出す", Kind::personal, true,
                                      roles_of(handler, handling_supervisor)};
inline constexpr Action kPullLetters{"guidance.pull", "通知の引抜きを指示する", Kind::about, false,
                                     roles_of(ward_officer, ward_reviewer, handling_supervisor)};
inline constexpr Action kSealLetters{"guidance.seal", "通知を突合・封緘し、紙の行方を記録する", Kind::personal, false,
                                     roles_of(handler, handling_supervisor)};
inline constexpr Action kAgreeReprint{"guidance.reprint", "見つからない紙の刷り直しを認める", Kind::about, true,
                                      roles_of(handling_supervisor)};
inline constexpr Action kCloseGuidance{"guidance.close", "封入封緘の数を締める", Kind::about, true,
                                       roles_of(handling_supervisor)};

// 印刷: paper leaves the house, so what is asked for is agreed to by another person, and every sheet is accounted for.
inline constexpr Action kSeePrinting{"print.see", "印刷の記録を見る", Kind::about, false, kEverybody};
inline constexpr Action kAskPrint{"print.ask", "印刷を申請する", Kind::personal, false,
                                  roles_of(handler, handling_supervisor)};
inline constexpr Action kAgreePrint{"print.agree", "印刷の申請を確認・承認する", Kind::personal, true,
                                    roles_of(handler, handling_supervisor, security_officer)};
inline constexpr Action kPrint{"print.send", "承認された印刷を行う", Kind::personal, true,
                               roles_of(handler, handling_supervisor)};
inline constexpr Action kAccountPrint{"print.account", "印刷した紙の受取りと行き先を記録する", Kind::about, false,
                                      roles_of(handler, handling_supervisor)};
inline constexpr Action kSetPrintLimits{"print.limits", "印刷の指定枚数と期限を定める", Kind::about, true, kWard};
inline constexpr Action kTakePrintLog{
    "print.log", "印刷ログを取り出す", Kind::about, false,
    roles_of(ward_officer, ward_reviewer, handling_supervisor, security_officer, auditor)};
inline constexpr Action kSubmitPrintLog{"print.submit", "印刷ログを区に提出する", Kind::about, true,
                                        roles_of(handling_supervisor)};

inline constexpr Action kSeeEnding{"ending.see", "保存期間・返還・消去の状況を見る", Kind::about, false, kEverybody};
inline constexpr Action kKeepDocuments{"ending.documents", "保存している書類を登録・廃棄する", Kind::about, false,
                                       roles_of(handler, handling_supervisor)};
inline constexpr Action kHoldEnding{"ending.hold", "消去・廃棄を保留する・保留を解く", Kind::about, false,
                                    roles_of(ward_officer, ward_reviewer, handling_supervisor)};
inline constexpr Action kRecordBackups{"ending.backups", "控えとその破棄を記録する", Kind::about, false,
                                       roles_of(handling_supervisor, security_officer)};
inline constexpr Action kPlanErasure{"ending.plan", "消去を計画する", Kind::ending, false,
                                     roles_of(handler, handling_supervisor)};
inline constexpr Action kAgreeErasure{"ending.agree", "消去の計画を確認・承認する", Kind::ending, true,
                                      roles_of(handler, handling_supervisor, security_officer)};
inline constexpr Action kCarryOutErasure{"ending.carry_out", "消去を実施する", Kind::ending, true,
                                         roles_of(handler, handling_supervisor)};
inline constexpr Action kCheckErasure{"ending.check", "消去を確かめて証明書を発行する", Kind::ending, true,
                                      roles_of(handler, handling_supervisor, security_officer)};
inline constexpr Action kAcknowledgeErasure{"ending.acknowledge", "消去の証明書を確認したことを記録する", Kind::about,
                                            false, kWard};
inline constexpr Action kTakeReturn{"ending.return", "返還するデータを取り出す", Kind::ending, true,
                                    roles_of(handler, handling_supervisor)};
inline constexpr Action kCollect{"ending.collect", "回収したものを記録する", Kind::about, false, kWard};
} // namespace actions

// Every action, in the order of the matrix page. A test holds this list against the constants above.
inline constexpr Action kActions[] = {
    actions::kHome,
    actions::kOwnAccount,
    actions::kOwnFactors,
    actions::kSeeMatrix,
    actions::kSeeAccounts,
    actions::kManageAccounts,
    actions::kSeeRegister,
    actions::kEditRegister,
    actions::kReportRegister,
    actions::kPublishFlow,
    actions::kAcknowledgeFlow,
    actions::kSeeRoster,
    actions::kProposeRoster,
    actions::kSubmitRoster,
    actions::kTakeTraining,
    actions::kRecordTraining,
    actions::kSeeLedger,
    actions::kTakeEvidence,
    actions::kWitness,
    actions::kSeeCustody,
    actions::kKeepCustody,
    actions::kRecordHandOver,
    actions::kSignHandOver,
    actions::kCloseDispute,
    actions::kMakePackage,
    actions::kAgreePackage,
    actions::kPrintNotice,
    actions::kSettleCopies,
    actions::kManageRooms,
    actions::kSetCustody,
    actions::kListPersons,
    actions::kRevealPerson,
    actions::kRecordPerson,
    actions::kAddAttachment,
    actions::kShowAttachment,
    actions::kWithdrawAttachment,
    actions::kMergePersons,
    actions::kRecordConsent,
    actions::kSeePurposes,
    actions::kDeclarePurposes,
    actions::kPublishTexts,
    actions::kAllowProhibited,
    actions::kSeeGuidance,
    actions::kImportGuidance,
    actions::kReadGuidance,
    actions::kComposeGuidance,
    actions::kApproveGuidance,
    actions::kTakeGuidance,
    actions::kPullLetters,
    actions::kSealLetters,
    actions::kAgreeReprint,
    actions::kCloseGuidance,
    actions::kSeePrinting,
    actions::kAskPrint,
    actions::kAgreePrint,
    actions::kPrint,
    actions::kAccountPrint,
    actions::kSetPrintLimits,
    actions::kTakePrintLog,
    actions::kSubmitPrintLog,
    actions::kSeeEnding,
    actions::kKeepDocuments,
    actions::kHoldEnding,
    actions::kRecordBackups,
    actions::kPlanErasure,
    actions::kAgreeErasure,
    actions::kCarryOutErasure,
    actions::kCheckErasure,
    actions::kAcknowledgeErasure,
    actions::kTakeReturn,
    actions::kCollect,
};

} // namespace azukari::access
