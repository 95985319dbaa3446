// Ways in which rosters and training say no.
#pragma once

#include "base/result.h"

namespace azukari::access {

inline constexpr RefusalKind kAlreadyOnRoster{"roster.already", "この方は既に名簿に載っています。"};
inline constexpr RefusalKind kNotContractors{"roster.not_contractors",
                                             "名簿に載せられるのは、この委託の受託者に所属する方だけです。"};
inline constexpr RefusalKind kNotOnThisRoster{"roster.no_entry", "この方は、今この名簿に載っていません。"};
inline constexpr RefusalKind kReasonMissing{"roster.reason_missing", "外す理由を入力してください。"};
inline constexpr RefusalKind kReasonTooLong{"roster.reason_too_long", "理由は{}文字までにしてください。"};
inline constexpr RefusalKind kRosterWithoutSupervisor{
    "roster.no_supervisor", "名簿に取扱責任者がいません。取扱責任者を載せてから提出してください。"};
inline constexpr RefusalKind kRosterWithoutHandler{"roster.no_handler",
                                                   "名簿に取扱者がいません。取扱者を載せてから提出してください。"};
inline constexpr RefusalKind kRosterUnchanged{"roster.unchanged", "前回の提出から変わったところがありません。"};
inline constexpr RefusalKind kRosterChanged{
    "roster.changed",
    "確認の画面を開いた後に、ほかの方が名簿を変更しました。もう一度内容を確かめてから提出してください。"};
inline constexpr RefusalKind kKindExpected{"roster.kind_expected", "区分を選んでください。"};
inline constexpr RefusalKind kStaffExpected{"roster.staff_expected", "名簿に載せる方を選んでください。"};

inline constexpr RefusalKind kNoCourse{"training.no_course", "この委託の研修は、まだ用意されていません。"};
inline constexpr RefusalKind kCourseChanged{"training.course_changed",
                                            "教材が新しくなりました。新しい教材を読んでから、もう一度受けてください。"};
inline constexpr RefusalKind kAnswerMissing{"training.answer_missing", "答えを一つ選んでください。"};
inline constexpr RefusalKind kNotNamed{"training.not_named", "研修を記録できるのは、名簿に載っている方だけです。"};
inline constexpr RefusalKind kOwnTraining{"training.own",
                                          "ご自分の研修は、ご自分では記録できません。確認テストを受けてください。"};
inline constexpr RefusalKind kScoreExpected{"training.score_expected", "点数は0から{}までの数字で入力してください。"};
inline constexpr RefusalKind kDayExpected{"training.day_expected", "研修の日は、今日までの日付を入力してください。"};
inline constexpr RefusalKind kCourseMalformed{"training.course_malformed", "研修の内容が正しくありません: {}"};

} // namespace azukari::access
