#include "app/demo_persons.h"

#include "vault/purpose/purpose_store.h"

namespace azukari::app {
namespace {

using vault::Channel;

struct Applicant {
    std::string_view name, sex, age, address, telephone, category, email, birth_date, child;
    Channel channel;
};

// Two of them are one person who applied twice: the duplicate that the pages on merging are for.
constexpr Applicant kApplicants[] = {
    {"見本 一郎", "男", "52", "見本区架空町一丁目1番1号", "03-0000-0001", "区内在住", "", "1974-02-03", "",
     Channel::telephone},
    {"見本 花子", "女", "38", "見本区架空町一丁目2番3号", "090-0000-0002", "区内在住", "hanako@example.jp",
     "1988-05-06", "見本 ひなた", Channel::email},
    {"試験 次郎", "男", "61", "見本区模擬坂二丁目3番4号", "03-0000-0003", "在勤", "", "", "", Channel::fax},
    {"試験 さくら", "女", "24", "見本区模擬坂二丁目5番6号", "080-0000-0004", "在学", "sakura@example.jp", "", "",
     Channel::email},
    {"架空 三江", "女", "45", "仮名市例題一丁目1番", "042-000-0005", "区外（仮名市）", "", "", "", Channel::postcard},
    {"架空 四朗", "男", "33", "見本区架空町三丁目7番8号", "090-0000-0006", "区内在住", "", "1993-09-10", "架空 いつき",
     Channel::counter},
    {"例題 五月", "女", "57", "見本区試作台一丁目9番10号", "03-0000-0007", "区内在住", "", "", "", Channel::telephone},
    {"例題 睦", "男", "29", "見本区試作台二丁目11番12号", "070-0000-0008", "在勤", "mutsumi@example.jp", "", "",
     Channel::site},
    {"仮名 七緒", "女", "41", "見本区架空町四丁目13番14号", "03-0000-0009", "区内在住", "", "1985-01-15", "",
     Channel::counter},
    {"模擬 八重", "女", "66", "見本区模擬坂三丁目15番16号", "03-0000-0010", "区内在住", "", "", "", Channel::post},
    {"模擬 九郎", "男", "48", "見本区試作台三丁目17番18号", "090-0000-0011", "在勤", "", "", "", Channel::telephone},
    {"見本 はな子", "女", "38", "見本区架空町1-2-3", "090-0000-0002", "区内在住", "", "1988-05-06", "",
     Channel::postcard},
};

vault::Vault::Writing written(const Applicant& applicant, CivilDate today)
{
    vault::Vault::Writing writing;
    writing.purpose = "course_operation";
    auto& content = writing.content;
    const auto put = [&](std::string_view code, std::string_view value) {
        if (!value.empty()) content.values.emplace(code, value);
    };
    put("name", applicant.name);
    put("sex", applicant.sex);
    put("age", applicant.age);
    put("address", applicant.address);
    put("telephone", applicant.telephone);
    put("category", applicant.category);
    put("email", applicant.email);
    put("birth_date", applicant.birth_date);
    put("child_name", applicant.child);
    if (!applicant.email.empty()) content.circumstances.emplace("email_only");
    if (!applicant.birth_date.empty()) content.circumstances.emplace("course_only");
    if (!applicant.child.empty()) content.circumstances.emplace("childcare_only");
    content.origin = {vault::Source::person, "", applicant.channel, today, 1};
    content.reason = "申込みを受け付けたため";
    return writing;
}

} // namespace

Result<void> fill_persons(const vault::Vault& vault, const access::Scope& declaring, const access::Scope& recording)
{
    const auto known = vault.db().write([&](storage::Tx& tx) {
        IdSource ids(declaring.moment().at, vault.entropy());
        return vault::record_agency(tx, ids, declaring, "架空介護サービス見本事業所", "おしごと相談会での紹介");
    });
    AZK_REQUIRE(known);
    for (const auto& applicant : kApplicants)
        AZK_REQUIRE(vault.record_person(recording, written(applicant, recording.moment().today)));
    return {};
}

} // namespace azukari::app
