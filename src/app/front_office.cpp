#include "app/front_office.h"

#include "access/pages/people/people_pages.h"
#include "access/pages/people/people_waiting.h"
#include "access/pages/routes.h"
#include "app/house_jobs.h"
#include "app/returned_persons.h"
#include "custody/pages/custody_pages.h"
#include "custody/pages/custody_waiting.h"
#include "entrustment/pages/register_routes.h"
#include "entrustment/pages/register_waiting.h"
#include "erasure/pages/ending_pages.h"
#include "infra/text/definition_file.h"
#include "ledger/pages/ledger_pages.h"
#include "office/desk/desk.h"
#include "office/shell/admission.h"
#include "office/shell/asset.h"
#include "printing/pages/printing_pages.h"
#include "printing/pages/printing_waiting.h"
#include "printing/papers/record_papers.h"
#include "programmes/guidance/batch/kept_batches.h"
#include "programmes/guidance/batch/leaving/printed_letters.h"
#include "programmes/guidance/batch/returned_batches.h"
#include "programmes/guidance/pages/guidance_pages.h"
#include "programmes/guidance/pages/guidance_waiting.h"
#include "programmes/guidance/sealing/pages/sealing_pages.h"
#include "programmes/guidance/sealing/pages/sealing_waiting.h"
#include "programmes/guidance/sealing/reprinted_letters.h"
#include "retention/hold_store.h"
#include "shell_assets.h"
#include "vault/attachments/pages/attachments_pages.h"
#include "vault/attachments/pages/attachments_waiting.h"
#include "vault/pages/vault_pages.h"
#include "vault/pages/vault_waiting.h"

#include <cstdio>
#include <unistd.h>

namespace azukari::app {
namespace {

constexpr unsigned kHashesAtOnce = 2; // of 64 MiB each

const std::vector<office::MenuEntry> kMenu{{"ホーム", "/", &access::actions::kHome},
                                           {"委託の登録", "/entrustments", &access::actions::kSeeRegister},
                                           {"記録台帳", "/ledger", &access::actions::kSeeLedger},
                                           {"アカウント", "/accounts", &access::actions::kSeeAccounts},
                                           {"権限表", "/matrix", &access::actions::kSeeMatrix}};

// The rooms whose pages stand below an entrustment's own, in the order in which the work is done.
const std::vector<entrustment::Work> kWork{
    {"名簿", "/roster", &access::actions::kSeeRoster},
    {"研修", "/training", &access::actions::kSeeRoster},
    {"受渡し・保管", "/custody", &access::actions::kSeeCustody},
    {"利用目的と説明文", "/purposes", &access::actions::kSeePurposes},
    {"対象者", "/persons", &access::actions::kListPersons},
    {"通知の印字", "/guidance", &access::actions::kSeeGuidance, "guidance"},
    {"印刷", "/printing", &access::actions::kSeePrinting},
    {"保存期間と消去", "/ending", &access::actions::kSeeEnding},
};

// What each room has to say on the home page.
const std::vector<office::Ask> kAsks{
    access::people_pages::tell_waiting,
    entrustment::tell_waiting,
    custody::pages::tell_waiting,
    vault::pages::tell_waiting,
    vault::attachments::pages::tell_waiting,
    guidance::pages::tell_waiting,
    guidance::sealing_pages::tell_waiting,
    printing::pages::tell_waiting,
};

// 情報項目 of the entrustment as the register declares them now.
Result<std::vector<std::string>> declared_items(entrustment::Register& entrustments, const access::Scope& scope)
{
    AZK_TRY(const auto version, entrustments.latest(scope));
    std::vector<std::string> names;
    for (const auto& part : version->content.parts)
        for (const auto& group : part.item_groups)
            for (const auto& item : group.items) names.push_back(item.name);
    return names;
}

Result<std::string> entrustment_name(entrustment::Register& entrustments, const access::Scope& scope)
{
    AZK_TRY(const auto version, entrustments.latest(scope));
    return version->content.outline.name;
}

std::vector<std::pair<EntrustmentId, std::string>> entrustment_names(const storage::Snapshot& snapshot,
                                                                     const access::Scope& scope)
{
    std::vector<std::pair<EntrustmentId, std::string>> names;
    for (const auto& listed : entrustment::registered(snapshot, scope))
        if (const auto version = entrustment::listed_version(snapshot, listed))
            names.emplace_back(listed.id, version->content.outline.name);
    return names;
}

// What roster and training print of an entrustment: its name and the clauses that ask for them.
Result<access::people_pages::Entrusted> entrusted(entrustment::Register& entrustments, const access::Scope& scope)
{
    AZK_TRY(const auto version, entrustments.latest(scope));
    access::people_pages::Entrusted told{version->content.outline.name, 0, 0};
    const auto& provisions = version->content.provisions;
    for (const auto& clause : entrustment::clauses_of(entrustments.catalogues().at(provisions.catalogue), provisions)) {
        if (clause.evidence == "roster") told.roster_clause = static_cast<int>(clause.number);
        if (clause.evidence == "training") told.training_clause = static_cast<int>(clause.number);
    }
    return told;
}

// What the certificates of erasure print of an entrustment.
Result<erasure::pages::Told> told_of_ending(entrustment::Register& entrustments, const access::Scope& scope)
{
    AZK_TRY(const auto version, entrustments.latest(scope));
    const auto& content = version->content;
    erasure::pages::Told told{{content.outline.name, {}}, content.code, {}};
    for (const auto& part : content.parts) told.media.push_back(part.media);
    const auto& catalogue = entrustments.catalogues().at(content.provisions.catalogue);
    for (const auto& clause : entrustment::clauses_of(catalogue, content.provisions))
        if (clause.evidence == "erasure_certificate")
            told.entrusted.clause = content.provisions.catalogue + " " + std::to_string(clause.number);
    return told;
}

vault::attachments::Scanner scanner_of(const Settings& settings)
{
    vault::attachments::Scanner scanner{.signature_days = settings.signature_days};
    if (!settings.clamd.empty()) scanner.clamd = wire::Clamd{settings.clamd};
    return scanner;
}

Result<void> unless_held(const storage::Snapshot& snapshot, EntrustmentId entrustment, SubjectId subject)
{
    const std::string object = subject.text();
    return retention::check_no_hold(snapshot, entrustment, {&object, 1});
}

void report_to_log(const office::Incident& incident)
{
    std::fprintf(stderr, "azukari: %s incident %s at %s: %s\n", to_iso(incident.at).c_str(), incident.number.c_str(),
                 incident.route.c_str(), incident.what.c_str());
}

void tell_job(House& house, const jobs::Told& told)
{
    std::fprintf(stderr, "%s\n", job_line(told).c_str());
    record_job(house.db(), told);
}

} // namespace

std::filesystem::path definitions_folder()
{
    if (std::filesystem::exists(AZUKARI_DEFINITIONS_INSTALLED)) return AZUKARI_DEFINITIONS_INSTALLED;
    return AZUKARI_DEFINITIONS_SOURCE;
}

std::filesystem::path easel_program()
{
    if (std::filesystem::exists(AZUKARI_EASEL_INSTALLED)) return AZUKARI_EASEL_INSTALLED;
    return AZUKARI_EASEL_BUILT;
}

FrontOffice::FrontOffice(House& house, entrustment::Definitions definitions, guidance::RecipientLayout recipients,
                         seal::SigningKey ledger_key)
    : house_(house),
      passwords_({}, kHashesAtOnce),
      door_(house.db(), passwords_, house.entropy(), house.keystore().service_key("accounts").reveal()),
      passkeys_(door_, {house.settings().site, house.settings().web_origin(), "預かり"}),
      publisher_({house.settings().ledger_origin, std::move(ledger_key), house.settings().witness()}),
      rhythm_(house.db(),
              house_jobs(
                  house, publisher_, [this](Instant now) { return finder_->drop_idle(now); }, &attachments_,
                  [this] { return printing::follow_all(*print_means_); }),
              [&house](const jobs::Told& told) { tell_job(house, told); }),
      register_(house.db(), std::move(definitions.catalogues), definitions.matters),
      register_desk_{register_, fonts_, kWork},
      ledger_rooms_{house.db(), publisher_, entrustment_names},
      vault_(house.db(), house.keystore(), house.entropy(), std::move(definitions.matters)),
      easel_({.program = easel_program()}),
      attachments_(vault_, easel_, scanner_of(house.settings()), unless_held, {house.settings().most_megabytes}),
      recipients_(std::move(recipients))
{
}

Result<void> FrontOffice::read_letters()
{
    const auto folder = definitions_folder() / "layouts/guidance";
    AZK_TRY(auto letters, guidance::LetterLayout::read(folder.string(), recipients_));
    letters_ = std::make_unique<guidance::LetterLayout>(std::move(letters));
    AZK_TRY(stratification_,
            guidance::stratification::RuleBook::read((definitions_folder() / "stratification").string()));
    press_ = std::make_unique<guidance::Press>(
        guidance::Press{house_.db(), house_.keystore(), fonts_, recipients_, *letters_});
    AZK_TRY(press_->gaiji, guidance::GaijiTable::beside(folder.string()));
    AZK_TRY(auto inserts, guidance::InsertRecipes::read(folder.string()));
    inserts_ = std::make_unique<guidance::InsertRecipes>(std::move(inserts));
    return {};
}

void FrontOffice::set_up_printing()
{
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    const auto name = [](const storage::Snapshot& snapshot, const access::Scope& scope) {
        const auto version = entrustment::latest_version(snapshot, scope);
        return version ? version->content.outline.name : std::string();
    };
    auto& db = house_.db();
    print_means_ = std::make_unique<printing::Means>(
        printing::Means{db,
                        spooler_,
                        house_.clock(),
                        house_.entropy(),
                        {guidance::printed_letters(*press_), guidance::reprinted_letters(*press_),
                         printing::record_papers(db, fonts_, name)},
                        house_.settings().printers,
                        host});
    print_run_ = std::make_unique<printing::PrintRun>(*print_means_);
}

Result<void> FrontOffice::read_periods()
{
    AZK_TRY(periods_, retention::Rules::read((definitions_folder() / "retention/periods.toml").string()));
    ending_rooms_ = std::make_unique<erasure::pages::Rooms>(
        erasure::pages::Rooms{house_.erasing(),
                              publisher_,
                              fonts_,
                              periods_,
                              [this](const access::Scope& scope) { return told_of_ending(register_, scope); },
                              {guidance::kept_batches, kept_persons},
                              {guidance::return_batches(house_.db(), house_.keystore(), recipients_),
                               return_persons(vault_, register_), return_attachments(attachments_)}});
    // What was built from opened values forgets with the rows: those who listen to the vault hear of it.
    house_.tell_of_erasing([this](EntrustmentId entrustment, std::span<const SubjectId> persons) {
        for (const auto& person : persons) vault_.tell(vault::News::erased, entrustment, person);
        return static_cast<std::int64_t>(persons.size());
    });
    return {};
}

Result<void> FrontOffice::read_names()
{
    AZK_TRY(const auto file, text::Definition::read((definitions_folder() / "names/kanji_variants.toml").string()));
    AZK_TRY(const auto variants, text::KanjiVariants::of(file));
    finder_ = std::make_unique<finder::PersonFinder>(vault_, text::NameFolding(variants));
    vault_.listen([this](vault::News news, EntrustmentId entrustment, SubjectId subject) {
        finder_->hear(news, entrustment, subject);
    });
    return {};
}

std::vector<office::Route> FrontOffice::every_route()
{
    std::vector<office::Route> all;
    const auto add = [&](std::vector<office::Route> routes) {
        std::move(routes.begin(), routes.end(), std::back_inserter(all));
    };
    auto& db = house_.db();
    const auto name_of = [this](const access::Scope& scope) { return entrustment_name(register_, scope); };
    add(office::asset_routes(assets_of_shell()));
    auto asks = kAsks;
    asks.push_back(erasure::pages::tell_waiting(periods_, ending_rooms_->sources));
    add(desk::routes({db, register_, publisher_, rhythm_, std::move(asks)}));
    add(access::pages::routes({db, door_, passkeys_}));
    add(access::people_pages::routes(
        {db, house_.entropy(), fonts_, [this](const access::Scope& scope) { return entrusted(register_, scope); }}));
    add(entrustment::register_routes(register_desk_));
    add(ledger::pages::routes(ledger_rooms_));
    add(custody::pages::routes({db, house_.entropy(), fonts_, house_.keystore(), publisher_, name_of}));
    add(erasure::pages::routes(*ending_rooms_));
    add(printing::pages::routes({*print_means_, *print_run_, fonts_, house_.settings().computers, name_of}));
    vault::pages::Rooms vault_rooms{vault_, name_of, *finder_};
    vault_rooms.attached = [this](const office::Visit& visit, const access::Scope& scope, const vault::Person& person,
                                  const vault::Use* use) {
        return vault::attachments::pages::section(attachments_, visit, scope, person, use);
    };
    add(vault::attachments::pages::routes({attachments_, vault_rooms}));
    add(vault::pages::routes(vault_rooms));
    add(guidance::pages::routes({db, house_.entropy(), compose_work_, *press_, *stratification_,
                                 [this](const access::Scope& scope) { return declared_items(register_, scope); },
                                 name_of}));
    add(guidance::sealing_pages::routes({db, house_.entropy(), *press_, *inserts_, name_of}));
    return all;
}

Result<std::unique_ptr<FrontOffice>> FrontOffice::open(House& house)
{
    const auto folder = definitions_folder();
    AZK_TRY(auto definitions, entrustment::read_definitions(folder.string()));
    AZK_TRY(auto recipients, guidance::RecipientLayout::read((folder / "layouts/guidance/recipients.toml").string()));
    AZK_TRY(auto ledger_key, house.keystore().ledger_key());
    auto office =
        std::make_unique<FrontOffice>(house, std::move(definitions), std::move(recipients), std::move(ledger_key));
    AZK_REQUIRE(office->read_letters());
    AZK_REQUIRE(office->read_periods());
    AZK_REQUIRE(office->read_names());
    office->set_up_printing();
    office->routes_ = office->every_route();
    office->dispatcher_ = std::make_unique<office::Dispatcher>(office::Office{
        office->routes_, kMenu, office::stored_sessions(house.db(), {}), office::stored_decisions(house.db(), {}),
        report_to_log, house.clock(), house.entropy(), house.keystore().service_key("forms").reveal()});
    return office;
}

} // namespace azukari::app
