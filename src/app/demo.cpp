#include "app/demo.h"

#include "access/pages/people/course_text.h"
#include "access/roster/roster_store.h"
#include "access/roster/training_store.h"
#include "access/session_store.h"
#include "access/signin/totp.h"
#include "app/demo_persons.h"
#include "entrustment/definition/definition.h"
#include "party/party_store.h"
#include "vault/purpose/purpose_file.h"

#include <nlohmann/json.hpp>

namespace azukari::app {
namespace {

using access::Role;

struct Person {
    Role role;
    std::string_view login;
    std::string_view name;
    std::string_view kana;
    bool of_service = false; // works for the second contractor
};

constexpr std::string_view kPassword = "mihon-no-aikotoba"; // the same for all: this is a demonstration
constexpr Person kPeople[] = {
    {Role::ward_officer, "officer", "見本 太郎", "ミホン タロウ"},
    {Role::ward_reviewer, "reviewer", "見本 花子", "ミホン ハナコ"},
    {Role::handling_supervisor, "supervisor", "試験 一郎", "シケン イチロウ"},
    {Role::handling_supervisor, "supervisor2", "試験 双葉", "シケン フタバ"},
    {Role::handler, "handler", "架空 三郎", "カクウ サブロウ"},
    {Role::handler, "handler2", "架空 四葉", "カクウ ヨツバ"},
    {Role::security_officer, "security", "仮名 五郎", "カメイ ゴロウ"},
    {Role::auditor, "auditor", "例題 六実", "レイダイ ムツミ"},
    {Role::handling_supervisor, "course-supervisor", "仮設 七海", "カセツ ナナミ", true},
    {Role::handler, "course-handler", "仮設 八雲", "カセツ ヤクモ", true},
    {Role::security_officer, "course-security", "仮設 九重", "カセツ ココノエ", true},
};
constexpr std::size_t kOfficer = 0, kSupervisor = 2; // in kPeople
constexpr std::size_t kServiceSupervisor = 8, kServiceHandler = 9, kServiceSecurity = 10;
constexpr std::string_view kPrinter = "架空印刷株式会社", kService = "架空サービス株式会社";

std::string_view code_of(Role role)
{
    switch (role) {
    case Role::ward_officer:
        return "ward_officer";
    case Role::ward_reviewer:
        return "ward_reviewer";
    case Role::handling_supervisor:
        return "handling_supervisor";
    case Role::handler:
        return "handler";
    case Role::security_officer:
        return "security_officer";
    case Role::auditor:
        return "auditor";
    }
    return {};
}

std::optional<access::RosterKind> kind_of(Role role)
{
    switch (role) {
    case Role::handling_supervisor:
        return access::RosterKind::handling_supervisor;
    case Role::handler:
        return access::RosterKind::handler;
    case Role::security_officer:
        return access::RosterKind::security_officer;
    default:
        return std::nullopt;
    }
}

// The work of founding the town, one step after the other.
class Founding {
public:
    Founding(House& house, FrontOffice& office)
        : house_(house), office_(office), moment_(house.clock().now()), ids_(moment_.at, house.entropy())
    {
    }

    Result<std::vector<DemoAccount>> run()
    {
        AZK_TRY(auto definitions, entrustment::read_definitions(definitions_folder().string()));
        AZK_REQUIRE(house_.db().write([&](storage::Tx& tx) { return found_organisations(tx); }));
        AZK_REQUIRE(house_.db().write([&](storage::Tx& tx) { return load_entrustments(tx, definitions); }));
        for (const auto& person : kPeople) AZK_REQUIRE(admit(person));
        AZK_REQUIRE(put_on_roster());
        AZK_REQUIRE(put_service_on_roster());
        AZK_REQUIRE(declare_purposes());
        AZK_REQUIRE(receive_persons());
        house_.db().write([&](storage::Tx& tx) {
            for (const auto& account : account_ids_) access::end_sessions(tx, account, std::nullopt);
        });
        return std::move(accounts_);
    }

private:
    Result<void> found_organisations(storage::Tx& tx)
    {
        using party::OrganisationKind;
        AZK_TRY(ward_, party::record_organisation(tx, ids_, moment_, "system", OrganisationKind::ward, "見本区"));
        AZK_TRY(printer_,
                party::record_organisation(tx, ids_, moment_, "system", OrganisationKind::contractor, kPrinter));
        AZK_TRY(other_,
                party::record_organisation(tx, ids_, moment_, "system", OrganisationKind::contractor, kService));
        return {};
    }

    // The printer works for the guidance letters, another contractor runs the course and holds what was decided in the
    // papers; what else is 未定 there stays so.
    Result<void> load_entrustments(storage::Tx& tx, const entrustment::Definitions& definitions)
    {
        for (const auto& definition : definitions.entrustments) {
            entrustment::Loading loading{
                .id = ids_.next<EntrustmentNoun>(), .ward = *ward_, .carried_to = moment_.year};
            if (definition.current.code == "guidance") {
                loading.contractor = printer_;
                loading.contractor_name = kPrinter;
                guidance_ = loading.id;
            } else if (definition.current.code == "training") {
                loading.contractor = other_;
                loading.contractor_name = kService;
                course_ = loading.id;
            } else if (definition.current.contractor_decided()) {
                loading.contractor = other_;
            }
            AZK_REQUIRE(entrustment::load(tx, moment_, definition, loading));
        }
        return {};
    }

    Result<void> admit(const Person& person)
    {
        const auto employer = access::is_ward(person.role) ? *ward_ : person.of_service ? *other_ : *printer_;
        AZK_TRY(const auto staff, house_.db().write([&](storage::Tx& tx) {
            return party::record_staff(tx, ids_, moment_, "system",
                                       {.organisation = employer, .name = person.name, .kana = person.kana});
        }));
        const auto totp_key = house_.entropy().bytes<access::kTotpKeySize>();
        const SecretText password{std::string(kPassword)};
        AZK_TRY(const auto account,
                office_.door().create({{staff, person.login, person.role}, password, totp_key}, "system", moment_));
        staff_.push_back(staff);
        account_ids_.push_back(account);
        accounts_.push_back({std::string(code_of(person.role)), std::string(access::japanese(person.role)),
                             std::string(person.name), std::string(person.login), std::string(kPassword),
                             base32(totp_key)});
        return {};
    }

    // What person number `index` of the list may do about the entrustment, decided as for anybody.
    Result<access::Scope> scope_of(std::size_t index, const access::Action& action, EntrustmentId entrustment)
    {
        const auto token = house_.db().write([&](storage::Tx& tx) {
            return access::open_session(tx, ids_, house_.entropy(), account_ids_[index], moment_);
        });
        return house_.db().read([&](const storage::Snapshot& snapshot) -> Result<access::Scope> {
            AZK_TRY(const auto session, access::find_session(snapshot, token, moment_, {}));
            return access::authorise(snapshot, session, action, entrustment, moment_);
        });
    }

    // The supervisors put everybody of the printer on the roster and record their training; handler2 is left for the
    // visitor to add.
    Result<void> put_on_roster()
    {
        AZK_TRY(const auto proposing, scope_of(kSupervisor, access::actions::kProposeRoster, *guidance_));
        AZK_TRY(const auto submitting, scope_of(kSupervisor, access::actions::kSubmitRoster, *guidance_));
        AZK_TRY(const auto recording, scope_of(kSupervisor, access::actions::kRecordTraining, *guidance_));
        AZK_TRY(const auto recording_first, scope_of(kSupervisor + 1, access::actions::kRecordTraining, *guidance_));
        return house_.db().write([&](storage::Tx& tx) -> Result<void> {
            AZK_REQUIRE(access::people_pages::ensure_course(tx, ids_, moment_, *guidance_, "guidance"));
            const auto course = access::current_course(tx, *guidance_);
            const auto full_marks = static_cast<int>(course->content.questions.size());
            for (std::size_t i = 0; i < std::size(kPeople); ++i) {
                const auto kind = kind_of(kPeople[i].role);
                if (!kind || kPeople[i].of_service || kPeople[i].login == "handler2") continue;
                AZK_REQUIRE(access::propose(tx, ids_, proposing, staff_[i], *kind));
                AZK_REQUIRE(access::record_training(tx, ids_, i == kSupervisor ? recording_first : recording, staff_[i],
                                                    moment_.today, full_marks));
            }
            AZK_REQUIRE(access::submit_roster(tx, submitting, access::next_roster_version(tx, *guidance_).digest));
            return {};
        });
    }

    // The people of the second contractor teach each other.
    Result<void> put_service_on_roster()
    {
        using namespace access::actions;
        AZK_TRY(const auto proposing, scope_of(kServiceSupervisor, kProposeRoster, *course_));
        AZK_TRY(const auto submitting, scope_of(kServiceSupervisor, kSubmitRoster, *course_));
        AZK_TRY(const auto recording, scope_of(kServiceSupervisor, kRecordTraining, *course_));
        AZK_TRY(const auto recording_first, scope_of(kServiceSecurity, kRecordTraining, *course_));
        return house_.db().write([&](storage::Tx& tx) -> Result<void> {
            AZK_REQUIRE(access::people_pages::ensure_course(tx, ids_, moment_, *course_, "training"));
            const auto questions = static_cast<int>(access::current_course(tx, *course_)->content.questions.size());
            for (const auto index : {kServiceSupervisor, kServiceHandler, kServiceSecurity}) {
                const auto& teacher = index == kServiceSupervisor ? recording_first : recording;
                AZK_REQUIRE(access::propose(tx, ids_, proposing, staff_[index], *kind_of(kPeople[index].role)));
                AZK_REQUIRE(access::record_training(tx, ids_, teacher, staff_[index], moment_.today, questions));
            }
            AZK_REQUIRE(access::submit_roster(tx, submitting, access::next_roster_version(tx, *course_).digest));
            return {};
        });
    }

    // The ward tells what the information is for: without a purpose nothing may be opened or recorded.
    Result<void> declare_purposes()
    {
        AZK_TRY(const auto first,
                vault::FirstPurposes::read((definitions_folder() / "purposes/purposes.toml").string()));
        for (const auto& [entrustment, code] : {std::pair(*guidance_, "guidance"), std::pair(*course_, "training")}) {
            AZK_TRY(const auto declaring, scope_of(kOfficer, access::actions::kDeclarePurposes, entrustment));
            AZK_REQUIRE(house_.db().write([&](storage::Tx& tx) { return first.declare(tx, declaring, code); }));
        }
        return {};
    }

    // The contractor of the course takes in a dozen people who do not exist.
    Result<void> receive_persons()
    {
        using namespace access::actions;
        AZK_TRY(const auto declaring, scope_of(kOfficer, kDeclarePurposes, *course_));
        AZK_TRY(const auto recording, scope_of(kServiceHandler, kRecordPerson, *course_));
        return fill_persons(office_.vault(), declaring, recording);
    }

    House& house_;
    FrontOffice& office_;
    Moment moment_;
    IdSource ids_;
    std::optional<OrganisationId> ward_, printer_, other_;
    std::optional<EntrustmentId> guidance_, course_;
    std::vector<StaffId> staff_;
    std::vector<AccountId> account_ids_;
    std::vector<DemoAccount> accounts_;
};

} // namespace

Result<std::vector<DemoAccount>> fill_demo(House& house, FrontOffice& office)
{
    return Founding(house, office).run();
}

std::string to_json(const std::vector<DemoAccount>& accounts)
{
    auto list = nlohmann::ordered_json::array();
    for (const auto& account : accounts)
        list.push_back({{"role", account.role},
                        {"role_name", account.role_name},
                        {"name", account.name},
                        {"login", account.login},
                        {"password", account.password},
                        {"totp_secret_base32", account.totp_secret_base32}});
    return list.dump(2) + "\n";
}

} // namespace azukari::app
