#include "programmes/guidance/sealing/pages/sealing_pages.h"

#include "guidance_sealing_pages_assets.h"
#include "office/shell/asset.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"

namespace azukari::guidance::sealing_pages {
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
    const std::string sealing = "/entrustments/{entrustment}/guidance/batches/{batch}/sealing";
    auto all = office::asset_routes(assets_of_guidance_sealing_pages());
    const auto get = [&](std::string_view below, const access::Action& guard, Page page) {
        all.push_back(office::get(sealing + std::string(below), guard, with(rooms, page)));
    };
    const auto post = [&](std::string_view below, const access::Action& guard, Page page) {
        all.push_back(office::post(sealing + std::string(below), guard, with(rooms, page)));
    };
    get("", kSeeGuidance, show_overview);
    get("/closing", kCloseGuidance, ask_closing);
    post("/closing", kCloseGuidance, close_batch);
    get("/line", kSealLetters, show_line);
    post("/line/match", kSealLetters, take_scan);
    post("/line/seal", kSealLetters, seal_envelope);
    post("/line/release", kSealLetters, release_envelope);
    get("/line/cards", kSealLetters, take_command_cards);
    get("/spoil", kSealLetters, ask_spoiling);
    post("/spoil", kSealLetters, save_spoiling);
    post("/reopen", kSealLetters, reopen_envelope);
    get("/missing", kAgreeReprint, ask_missing);
    post("/missing", kAgreeReprint, agree_to_missing);
    get("/pull", kSeeGuidance, ask_pull);
    post("/pull", kPullLetters, save_pull);
    post("/pull/taken", kSealLetters, save_taken_out);
    get("/inserts", kSeeGuidance, show_inserts);
    post("/inserts", kSealLetters, save_insert_move);
    get("/packing", kSeeGuidance, show_packing);
    post("/bundles", kSealLetters, tie_bundle);
    post("/boxes", kSealLetters, fill_box);
    get("/packing/labels", kSealLetters, take_packing_labels);
    return all;
}

} // namespace azukari::guidance::sealing_pages
