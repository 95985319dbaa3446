// The pages of every room, put together: one router, one navigation, one guard. A room whose routes are not here has no
// pages; a route without a guard is refused by a test unless it is meant to be open.
#pragma once

#include "access/signin/passkey_door.h"
#include "app/house.h"
#include "entrustment/definition/definition.h"
#include "entrustment/pages/desk.h"
#include "erasure/pages/ending_pages.h"
#include "infra/jobs/rhythm.h"
#include "infra/wire/cups_spooler.h"
#include "ledger/pages/ledger_pages.h"
#include "ledger/publisher.h"
#include "office/shell/dispatch.h"
#include "printing/print_run.h"
#include "programmes/guidance/batch/composing.h"
#include "programmes/guidance/sealing/inserts.h"
#include "programmes/guidance/stratification/rule_book.h"
#include "vault/attachments/attachments.h"
#include "vault/finder/person_finder.h"
#include "vault/vault.h"

namespace azukari::app {

// Where the house finds what a ward edits and what it prints with: beside the sources, or where the package puts it.
std::filesystem::path definitions_folder();
// azukari-easel, which draws what is attached.
std::filesystem::path easel_program();

class FrontOffice {
public:
    // Reads definitions and layouts; refuses one with an error in it, with file and line.
    static Result<std::unique_ptr<FrontOffice>> open(House& house);

    // Use open(): without its second half the office has no pages.
    FrontOffice(House& house, entrustment::Definitions definitions, guidance::RecipientLayout recipients,
                seal::SigningKey ledger_key);

    const office::Dispatcher& dispatcher() const { return *dispatcher_; }
    const std::vector<office::Route>& routes() const { return routes_; }
    entrustment::Register& entrustments() { return register_; }
    access::Door& door() { return door_; }
    // What the house does by itself; somebody has to tick it.
    jobs::Rhythm& rhythm() { return rhythm_; }
    vault::Vault& vault() { return vault_; }
    const vault::attachments::Attachments& attachments() const { return attachments_; }
    const ledger::Publisher& publisher() const { return publisher_; }

private:
    Result<void> read_letters();
    Result<void> read_periods();
    Result<void> read_names();
    void set_up_printing();
    std::vector<office::Route> every_route();

    House& house_;
    pdf::FontBook fonts_;
    seal::Passwords passwords_;
    access::Door door_;
    access::PasskeyDoor passkeys_;
    ledger::Publisher publisher_;
    jobs::Rhythm rhythm_; // refers to publisher_
    entrustment::Register register_;
    entrustment::Desk register_desk_;
    ledger::pages::Rooms ledger_rooms_;
    vault::Vault vault_;
    std::unique_ptr<finder::PersonFinder> finder_; // follows vault_
    easel::Easel easel_;
    vault::attachments::Attachments attachments_; // refers to vault_ and easel_
    retention::Rules periods_;
    std::unique_ptr<erasure::pages::Rooms> ending_rooms_;
    guidance::RecipientLayout recipients_;
    std::optional<guidance::stratification::RuleBook> stratification_;
    std::unique_ptr<guidance::LetterLayout> letters_; // refers to recipients_
    std::unique_ptr<guidance::Press> press_;
    std::unique_ptr<guidance::InsertRecipes> inserts_;
    guidance::ComposeWork compose_work_;
    wire::CupsSpooler spooler_;
    std::unique_ptr<printing::Means> print_means_; // refers to press_
    std::unique_ptr<printing::PrintRun> print_run_;
    std::vector<office::Route> routes_;
    std::unique_ptr<office::Dispatcher> dispatcher_;
};

} // namespace azukari::app
