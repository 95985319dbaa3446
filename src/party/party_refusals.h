// Ways in which the record of people and organisations says no.
#pragma once

#include "base/result.h"

namespace azukari::party {

inline constexpr RefusalKind kNameMissing{"party.name_missing", "名前を入力してください。"};
inline constexpr RefusalKind kNameTooLong{"party.name_too_long", "名前は{}文字までにしてください。"};
inline constexpr RefusalKind kNameUnprintable{"party.name_unprintable",
                                              "名前に使えない文字(改行などの制御文字)があります。"};
inline constexpr RefusalKind kKanaExpected{"party.kana_expected", "フリガナは全角カタカナで入力してください。"};
inline constexpr RefusalKind kOrganisationExists{"party.organisation_exists", "同じ名前の組織が既に登録されています。"};
inline constexpr RefusalKind kNoSuchOrganisation{"party.no_organisation", "この組織は登録されていません。"};
inline constexpr RefusalKind kNotWard{"party.not_ward", "担当課は区にだけ登録できます。"};
inline constexpr RefusalKind kDepartmentExists{"party.department_exists", "同じ名前の担当課が既に登録されています。"};
inline constexpr RefusalKind kNoSuchDepartment{"party.no_department", "この担当課は、その組織に登録されていません。"};
inline constexpr RefusalKind kNoSuchStaff{"party.no_staff", "この職員・従事者は登録されていません。"};
inline constexpr RefusalKind kOtherEmployer{"party.other_employer", "別の組織の方の雇用は証明できません。"};
inline constexpr RefusalKind kOwnEmployment{"party.own_employment", "ご自分の雇用は、ご自分では証明できません。"};

} // namespace azukari::party
