// Why something is not put somewhere, handed over or signed.
#pragma once

#include "base/result.h"

namespace azukari::custody {

// things and places
inline constexpr RefusalKind kNoSuchThing{"custody.no_thing",
                                          "この媒体・書類は見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kNoSuchPlace{"custody.no_place",
                                          "この保管場所は見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kNoSuchPackage{"custody.no_package", "この暗号化データは見つかりません。"};
inline constexpr RefusalKind kOtherSidesPlace{"custody.other_place",
                                              "相手方の保管場所です。ご自分の側の金庫・キャビネットを選んでください。"};
inline constexpr RefusalKind kNotWithYou{"custody.not_with_you",
                                         "この媒体・書類は、いま{}にあります。手元にあるものだけを扱えます。"};
inline constexpr RefusalKind kNotAtHand{"custody.not_at_hand", "この媒体・書類は「{}」のため、いまは扱えません。"};
inline constexpr RefusalKind kSameCabinet{"custody.same_cabinet",
                                          "暗号化データの媒体とパスワード通知書は、別の鍵付キャビネットで保管します。こ"
                                          "こには、その組になる{}が入っています。"};
inline constexpr RefusalKind kLabelTaken{"custody.label_taken",
                                         "ラベル {} は、すでに「{}」に使われています。別のラベルを貼ってください。"};
inline constexpr RefusalKind kLabelWrong{
    "custody.label_wrong", "ラベルの文字が正しくありません。読み間違い、打ち間違いがないか確かめてください。"};
inline constexpr RefusalKind kLabelUnknown{
    "custody.label_unknown", "ラベル {} は、この委託では使われていません。貼ってある物を確かめてください。"};
inline constexpr RefusalKind kSerialTaken{"custody.serial_taken",
                                          "製造番号 {} の媒体は、ラベル {} としてすでに登録されています。"};
inline constexpr RefusalKind kNotLost{"custody.not_lost", "この媒体・書類は、所在不明になっていません。"};
inline constexpr RefusalKind kNotYours{"custody.not_yours",
                                       "廃棄できるのは、持ち主の手元にあるものだけです。先に返却してください。"};
inline constexpr RefusalKind kQuantityExpected{"custody.quantity", "数量は1以上の数字で記入してください。"};
inline constexpr RefusalKind kWordsExpected{"custody.words", "{}を記入してください（200文字まで）。"};
inline constexpr RefusalKind kNameTaken{"custody.name_taken", "「{}」という名前は、すでに使われています。"};
inline constexpr RefusalKind kChoiceExpected{"custody.choice", "{}を選んでください。"};

// packages
inline constexpr RefusalKind kNoFiles{"custody.no_files", "暗号化するファイルを選んでください。"};
inline constexpr RefusalKind kEmptyFile{"custody.empty_file", "「{}」は空のファイルです。"};
inline constexpr RefusalKind kFileTwice{"custody.file_twice", "「{}」という名前のファイルが2つあります。"};
inline constexpr RefusalKind kFileName{"custody.file_name",
                                       "「{}」という名前は使えません。ファイルの名前を変えてください。"};
inline constexpr RefusalKind kArchiveFile{"custody.archive_file",
                                          "「{}」は圧縮ファイルです。中身を確かめられないため、入れられません。圧縮を"
                                          "解いて、中のファイルを直接選んでください。"};
inline constexpr RefusalKind kUnsafeDocument{"custody.unsafe_document",
                                             "「{}」は安全に開けないため、入れられません。{}"};
inline constexpr RefusalKind kPackageTooLarge{
    "custody.package_large",
    "ファイルの合計が {} MB あります。1つの暗号化データに入れられるのは合計 {} MB までです。何回かに分けてください。"};
inline constexpr RefusalKind kRequestsFull{
    "custody.requests_full",
    "この委託で取り出されるのを待つ暗号化データが、合計 {} MB の上限を超えます（いま {} MB、今回 {} "
    "MB）。承認された申請を取り出すか、要らない申請を取り下げてから、もう一度申請してください。"};
inline constexpr RefusalKind kPersonsExpected{"custody.persons", "含まれる人数を1以上の数字で記入してください。"};
inline constexpr RefusalKind kNoticePrinted{
    "custody.notice_printed",
    "このパスワード通知書は、{}"
    "に印刷済みです。1部しか印刷できません。なくしたときは、暗号化データを作り直してください。"};
inline constexpr RefusalKind kNotYourPackage{"custody.not_your_package", "この暗号化データを作った側だけが行えます。"};
inline constexpr RefusalKind kNotYourRequest{"custody.not_your_request",
                                             "承認された暗号化データを取り出せるのは、申請した方だけです。"};
inline constexpr RefusalKind kRequestOver{"custody.request_over",
                                          "この申請は終わったため、ファイルはもう残っていません。"};

// hand-overs
inline constexpr RefusalKind kNoSuchHandOver{"custody.no_hand_over",
                                             "この受渡しは見つかりません。一覧から選び直してください。"};
inline constexpr RefusalKind kNothingToHand{"custody.nothing", "渡すものを1つ以上選んでください。"};
inline constexpr RefusalKind kTwiceInOne{"custody.twice", "同じものが2回選ばれています。"};
inline constexpr RefusalKind kTogether{
    "custody.together",
    "暗号化データの媒体と、そのパスワード通知書は、同じ受渡しに入れられません。別の機会に、別の方が渡してください。"};
inline constexpr RefusalKind kSameOccasion{
    "custody.same_occasion",
    "組になる{}の受渡し（{}）と同じ機会です。{}時間以上あけ、同じ日に同じ方どうしでは渡さないでください。"};
inline constexpr RefusalKind kSameCarrier{
    "custody.same_carrier", "組になる{}を運んだ方と同じです。媒体とパスワード通知書は、別の方が運んでください。"};
inline constexpr RefusalKind kQuantityDiffers{
    "custody.quantity_differs", "数量が合いません。台帳では{}です。違うときは、先に数え直しを記録してください。"};
inline constexpr RefusalKind kNotOwners{"custody.not_owners", "「{}」で渡せるのは、渡す側の持ち物だけです。"};
inline constexpr RefusalKind kNothingLent{"custody.nothing_lent",
                                          "返却できるのは、相手方から預かっているものだけです。"};
inline constexpr RefusalKind kInFuture{"custody.future",
                                       "受渡しの日時が、いまより先です。渡したあとに記録してください。"};
inline constexpr RefusalKind kBeforeLast{
    "custody.before_last", "選んだものには、{}に別の受渡しがあります。受渡しの日時は、それより後にしてください。"};
inline constexpr RefusalKind kWrongPeople{"custody.people", "{}には、{}の方を選んでください。"};
inline constexpr RefusalKind kSamePerson{"custody.same_person", "渡した方と受け取った方が同じです。"};
inline constexpr RefusalKind kSettledHandOver{"custody.settled", "この受渡しは「{}」です。変えることはできません。"};
inline constexpr RefusalKind kSignedAlready{"custody.signed_already",
                                            "{}は、すでに署名しています。もう一方の確認を待っています。"};
inline constexpr RefusalKind kNotNamed{
    "custody.not_named", "署名できるのは、記録に書かれた{}の{}だけです。違うときは、記録を直してください。"};
inline constexpr RefusalKind kTextChanged{
    "custody.text_changed", "開いている間に記録の内容が変わりました。もう一度、今の内容を確かめてください。"};
inline constexpr RefusalKind kNotYourTurn{"custody.not_your_turn",
                                          "相違を申し出られるのは、相手方が署名した記録を確認する側だけです。"};
inline constexpr RefusalKind kNotRecorder{"custody.not_recorder",
                                          "直したり取り消したりできるのは、記録した側（{}）だけです。"};
inline constexpr RefusalKind kLostOnTheWay{"custody.lost_on_the_way",
                                           "所在不明になったものが含まれています。この受渡しは確認できません。"};
inline constexpr RefusalKind kMomentExpected{"custody.moment", "日時を、日付と時刻（例 14:30）で記入してください。"};
inline constexpr RefusalKind kDueExpected{"custody.due", "返却の期限は、受渡しの日より後の日付にしてください。"};
inline constexpr RefusalKind kDisputeOpen{"custody.dispute_open",
                                          "相違の申出が済んでいません。記録を直すか、取り消してください。"};
inline constexpr RefusalKind kNoSuchDispute{"custody.no_dispute", "この相違の申出は見つかりません。"};
inline constexpr RefusalKind kDisputeUnsettled{
    "custody.dispute_unsettled",
    "相違の申出を終えられるのは、記録した側（{}）が記録を直すか、受渡しを取り消したあとです。"};
inline constexpr RefusalKind kResolvedAlready{"custody.resolved_already",
                                              "{}の経緯と措置は、{}にすでに書かれています。書き直すことはできません。"};
inline constexpr RefusalKind kResolutionExpected{
    "custody.resolution", "経緯と措置を、だれが読んでも分かるように記入してください（1,000文字まで）。"};
inline constexpr RefusalKind kApartExpected{"custody.apart", "間をあける時間は、1から72までの数字で記入してください。"};

} // namespace azukari::custody
