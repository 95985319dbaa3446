#include "programmes/guidance/pages/guidance_pages.h"

#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/pages/batch_pages.h"

namespace azukari::guidance::pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const access::Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const access::Scope& scope) { return page(rooms, visit, scope); };
}

} // namespace

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
        office::upload(list + "/intake", kImportGuidance, with(rooms, take_file)),
        office::get(batch, kSeeGuidance, with(rooms, show_batch)),
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
