#include "programmes/guidance/pages/guidance_pages.h"

#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/pages/batch_pages.h"

namespace azukari::guidance::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
}

} // namespace

void add_crumbs(office::Page& page, const Rooms& rooms, const access::Scope& scope, bool below_list)
{
    const auto name = rooms.entrustment_name(scope);
    page.crumbs = {{"委託の登録", html::url("/entrustments")},
                   {name ? *name : std::string("この委託"), html::url("/entrustments/", *scope.entrustment())}};
    if (below_list) page.crumbs.push_back({"通知の印字", list_address(*scope.entrustment())});
}

Result<Batch> batch_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = BatchId::parse(visit.request.path_params.get("batch"));
    if (!id) return refuse(kNoSuchBatch);
    return rooms.db.read([&](const storage::Snapshot& snapshot) { return find_batch(snapshot, scope, *id); });
}

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace access::actions;
    const std::string list = "/entrustments/{entrustment}/guidance";
    const std::string batch = list + "/batches/{batch}";
    return {
        office::get(list, kSeeGuidance, with(rooms, show_batches)),
        office::get(list + "/intake", kImportGuidance, with(rooms, show_intake)),
        office::get(list + "/intake/headings", kImportGuidance, with(rooms, take_headings)),
        office::upload(list + "/intake", kImportGuidance, with(rooms, take_file), with(rooms, refuse_large_file)),
        office::get(list + "/proof", kSeeGuidance, with(rooms, show_proof)),
        office::get(batch, kSeeGuidance, with(rooms, show_batch)),
        office::get(batch + "/composition", kComposeGuidance, with(rooms, ask_composing)),
        office::post(batch + "/composition", kComposeGuidance, with(rooms, compose_letters)),
        office::get(batch + "/progress", kSeeGuidance, with(rooms, show_progress)),
        office::post(batch + "/specimen/{category}", kReadGuidance, with(rooms, show_specimen)),
        office::get(batch + "/approval", kApproveGuidance, with(rooms, ask_approval)),
        office::post(batch + "/approval", kApproveGuidance, with(rooms, approve_letters)),
        office::get(batch + "/letters/{category}", kTakeGuidance, with(rooms, ask_taking)),
        office::post(batch + "/letters/{category}", kTakeGuidance, with(rooms, take_letters)),
    };
}

} // namespace azukari::guidance::pages
