#include "vault/pages/vault_pages.h"

#include "office/shell/asset.h"
#include "vault/pages/frame.h"
#include "vault_pages_assets.h"

namespace azukari::vault::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
}

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace access::actions;
    const std::string persons = "/entrustments/{entrustment}/persons";
    const std::string person = persons + "/{person}";
    const std::string purposes = "/entrustments/{entrustment}/purposes";
    std::vector<office::Route> pages{
        office::get(persons, kListPersons, with(rooms, show_list)),
        office::post(persons, kListPersons, with(rooms, search_list)), // words about people do not go into addresses
        office::get(persons + "/new", kRecordPerson, with(rooms, ask_new_person)),
        office::post(persons + "/new", kRecordPerson, with(rooms, record_new_person)),
        office::get(person, kListPersons, with(rooms, show_person)),
        office::post(person + "/reveal", kRevealPerson, with(rooms, reveal_person)),
        office::post(person + "/amendment", kRecordPerson, with(rooms, ask_amendment)),
        office::post(person + "/records/{record}", kRecordPerson, with(rooms, amend_record)),
        office::get(person + "/records/new", kRecordPerson, with(rooms, ask_new_record)),
        office::post(person + "/records/new", kRecordPerson, with(rooms, record_new_record)),
        office::get(person + "/consents", kRecordConsent, with(rooms, show_consents)),
        office::get(person + "/consents/new", kRecordConsent, with(rooms, ask_consent)),
        office::post(person + "/consents/new", kRecordConsent, with(rooms, record_new_consent)),
        office::get(person + "/consents/{consent}/withdrawal", kRecordConsent, with(rooms, ask_withdrawal)),
        office::post(person + "/consents/{consent}/withdrawal", kRecordConsent, with(rooms, record_withdrawal)),
        office::get(persons + "/compare", kMergePersons, with(rooms, ask_comparison)),
        office::post(persons + "/compare", kMergePersons, with(rooms, show_comparison)),
        office::post(persons + "/merges", kMergePersons, with(rooms, merge_two)),
        office::get(persons + "/duplicates", kMergePersons, with(rooms, show_duplicates)),
        office::get(persons + "/distinctions/new", kMergePersons, with(rooms, ask_distinction)),
        office::post(persons + "/distinctions", kMergePersons, with(rooms, tell_two_apart)),
        office::get(persons + "/distinctions/{distinction}/end", kMergePersons, with(rooms, ask_taking_back)),
        office::post(persons + "/distinctions/{distinction}/end", kMergePersons, with(rooms, take_back_distinction)),
        office::get(persons + "/merges/{merge}/undo", kMergePersons, with(rooms, ask_undo)),
        office::post(persons + "/merges/{merge}/undo", kMergePersons, with(rooms, undo_one_merge)),
        office::get(purposes, kSeePurposes, with(rooms, show_purposes)),
        office::post(purposes, kDeclarePurposes, with(rooms, declare_new_purpose)),
        office::post(purposes + "/ended", kDeclarePurposes, with(rooms, end_one_purpose)),
        office::post(purposes + "/collection", kDeclarePurposes, with(rooms, allow_collection)),
        office::post(purposes + "/collection/ended", kDeclarePurposes, with(rooms, end_collection)),
        office::get(purposes + "/texts/new", kPublishTexts, with(rooms, ask_text)),
        office::post(purposes + "/texts/new", kPublishTexts, with(rooms, publish_new_text)),
        office::get(purposes + "/texts/{text}", kSeePurposes, with(rooms, show_text)),
        office::get(purposes + "/allowances/new", kAllowProhibited, with(rooms, ask_allowance)),
        office::post(purposes + "/allowances/new", kAllowProhibited, with(rooms, record_allowance)),
        office::post(purposes + "/agencies", kPublishTexts, with(rooms, record_new_agency)),
        office::post(purposes + "/agencies/ended", kPublishTexts, with(rooms, end_one_agency)),
    };
    auto all = office::asset_routes(assets_of_vault_pages());
    std::move(pages.begin(), pages.end(), std::back_inserter(all));
    return all;
}

} // namespace azukari::vault::pages
