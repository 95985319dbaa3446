// 突合の台: one scan at a time, until the papers of one envelope are read; then yes or no, kept before it is shown.
#include "guidance_sealing_pages_assets.h"
#include "infra/text/folding.h"
#include "office/shell/asset.h"
#include "programmes/guidance/letters/paper_code.h"
#include "programmes/guidance/sealing/pages/line_desk.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace azukari::guidance::sealing_pages {
namespace {

using namespace html;

constexpr std::size_t kMostPapers = 9, kLongestCode = 200; // what a form may carry

// What the scanner typed, in half-width capitals: some are set to send full width.
std::string scanned_in(const http::Fields& form)
{
    const auto folded = text::nfkc(form.get("scan"));
    std::string kept;
    for (const char c : folded)
        if (c > ' ' && c != 0x7f && kept.size() < kLongestCode)
            kept += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return kept;
}

std::vector<InsertStock> stock_for(const storage::Snapshot& snapshot, const Rooms& rooms, const access::Scope& scope,
                                   Category category)
{
    const auto all = stock_of(snapshot, scope, rooms.recipes);
    std::vector<InsertStock> wanted;
    for (const auto index : rooms.recipes.of(category)) wanted.push_back(all[index]);
    return wanted;
}

Desk desk_of_yes(const storage::Snapshot& snapshot, const Rooms& rooms, const access::Scope& scope,
                 const LetterName& letter, std::string label)
{
    const auto category = *category_with_slug(letter.category);
    return {.stage = Stage::yes,
            .wanted = static_cast<unsigned>(rooms.press.letters.pages_of(category).size()),
            .label = std::move(label),
            .category = category,
            .items = items_agreed_on(),
            .stock = stock_for(snapshot, rooms, scope, category)};
}

// Where this person left off: the letter they matched and did not seal, or an empty desk.
Desk desk_now(const Rooms& rooms, const access::Scope& scope, const Batch& batch)
{
    return rooms.db.read([&](const storage::Snapshot& snapshot) -> Desk {
        const auto open = open_envelope(snapshot, scope, batch.id);
        if (!open) return {};
        const LetterName name{open->category, open->serial};
        const auto letter = find_letter(snapshot, scope, batch.id, name.category, name.serial);
        auto sealing = *open;
        if (letter)
            if (const auto may = seal(sealing, letter->standing); !may) // pulled after it was matched
                return {.stage = Stage::no, .label = label_of(*open), .why = may.error().sentence()};
        return desk_of_yes(snapshot, rooms, scope, name, label_of(*open));
    });
}

http::Response page_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                       const Desk& desk)
{
    auto page = framed(
        rooms, scope, batch, "突合の台", Part::line,
        join(div({{"id", "line"}, {"data-stage", code_of(desk.stage)}, {"aria-live", "assertive"}},
                 desk_form(visit, batch, desk)),
             div({cls("line-tools")},
                 div({{"id", "line-sound"}, cls("line-tool"), flag("hidden", true)},
                     input({{"type", "checkbox"}, {"id", "sound"}, flag("checked", true)}),
                     label({{"for", "sound"}}, "音を鳴らす")),
                 button(
                     {{"type", "button"}, {"id", "line-camera"}, cls("button button-secondary"), flag("hidden", true)},
                     "カメラで読み取る"),
                 a({href(address_of(batch, "/line/cards"))}, "「封緘した」「戻す」のカードを印刷する（PDF）")),
             el("video", {{"id", "line-video"},
                          cls("line-video"),
                          flag("hidden", true),
                          flag("muted", true),
                          flag("playsinline", true)})));
    page.scripts = {office::asset_url(assets_of_guidance_sealing_pages(), "line.js")};
    auto response = office::show(visit, page);
    // The one page that may look through the camera.
    response.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()");
    return response;
}

// A script takes the desk alone; a browser without scripts the page, after a redirect where something was recorded.
http::Response answer(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                      const Desk& desk, std::string_view sound, bool recorded = false)
{
    if (visit.request.headers.get("accept") == "application/json") {
        http::Response response;
        response.type = "application/json";
        response.body = nlohmann::json{{"stage", code_of(desk.stage)},
                                       {"sound", sound},
                                       {"letter", desk.label},
                                       {"html", desk_form(visit, batch, desk).markup()}}
                            .dump();
        return response;
    }
    if (recorded && desk.stage != Stage::no) return http::Response::see_other(path_of(batch, "/line"), desk.word);
    return page_of(rooms, visit, scope, batch, desk);
}

Result<Desk> decide(const Rooms& rooms, const access::Scope& scope, const Batch& batch,
                    const std::vector<std::string>& papers)
{
    AZK_TRY(auto found, match_papers(rooms.press, scope, batch.id, papers));
    if (found.yes())
        return rooms.db.read([&](const storage::Snapshot& snapshot) {
            return desk_of_yes(snapshot, rooms, scope, *found.letter, found.label);
        });
    Desk desk{.stage = Stage::no, .label = found.label, .items = std::move(found.verdict.items)};
    desk.why = found.verdict.yes() ? found.refusal : std::string(sentence_of(found.verdict.mismatch));
    return desk;
}

// The no was seen. A letter that was pulled after its match goes back with it.
Result<Desk> acknowledge(const Rooms& rooms, const access::Scope& scope, const Batch& batch)
{
    AZK_REQUIRE(rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        const auto open = open_envelope(tx, scope, batch.id);
        if (!open) return {};
        AZK_TRY(const auto letter, find_letter(tx, scope, batch.id, open->category, open->serial));
        if (!letter.standing.pull) return {};
        return record_release(tx, scope, batch.id, {open->category, open->serial});
    }));
    return desk_now(rooms, scope, batch);
}

Desk desk_reading(std::vector<std::string> papers)
{
    Desk desk;
    if (!papers.empty())
        if (const auto first = read_paper_code(papers.front())) {
            desk.wanted = first->pages;
            desk.label = serial_text(first->category, first->serial);
        }
    desk.papers = std::move(papers);
    return desk;
}

bool all_there(const std::vector<std::string>& papers)
{
    const auto first = read_paper_code(papers.front());
    return !first || papers.size() >= first->pages || !read_paper_code(papers.back()) || papers.size() == kMostPapers;
}

} // namespace

http::Response show_line(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    return page_of(rooms, visit, scope, *batch, desk_now(rooms, scope, *batch));
}

http::Response take_scan(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto& form = visit.request.form;
    const auto scan = scanned_in(form);
    if (form.has("acknowledging")) {
        if (scan.empty() || scan == kBackCommand) {
            const auto next = acknowledge(rooms, scope, *batch);
            if (!next) return office::show_refusal(visit, next.error(), 409);
            return answer(rooms, visit, scope, *batch, *next, "", true);
        }
        const Desk desk{
            .stage = Stage::no,
            .why = std::string(form.get("acknowledging").substr(0, 600)),
            .word = "この読み取りは使いませんでした。先に Enter か「戻す」のカードで、不一致を確かめてください。",
            .heeds = true};
        return answer(rooms, visit, scope, *batch, desk, "no");
    }
    if (form.get("restart") == "yes" || scan == kBackCommand) {
        auto desk = desk_now(rooms, scope, *batch);
        desk.word = "はじめから読み直します。";
        return answer(rooms, visit, scope, *batch, desk, "");
    }
    std::vector<std::string> papers;
    for (const auto paper : form.all("paper"))
        if (papers.size() + 1 < kMostPapers) papers.emplace_back(paper.substr(0, kLongestCode));
    if (scan.empty() || scan == kSealCommand) {
        auto desk = desk_reading(std::move(papers));
        desk.heeds = !scan.empty();
        if (desk.heeds) desk.word = "まだ一致した紙がないため、封緘できません。紙のコードを読み取ってください。";
        return answer(rooms, visit, scope, *batch, desk, desk.heeds ? "no" : "");
    }
    papers.push_back(scan);
    if (!all_there(papers)) return answer(rooms, visit, scope, *batch, desk_reading(std::move(papers)), "tick");
    const auto desk = decide(rooms, scope, *batch, papers);
    if (!desk) return office::show_refusal(visit, desk.error(), 409);
    return answer(rooms, visit, scope, *batch, *desk, desk->stage == Stage::yes ? "yes" : "no", true);
}

namespace {

using Recording = Result<void> (*)(storage::Tx&, const access::Scope&, BatchId, const LetterName&);

// What happens to the letter that this person matched; not to one that a second window still shows.
http::Response finish(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope, const Batch& batch,
                      Recording record, std::string_view done, std::string_view sound)
{
    const auto named = read_letter_name(visit.request.form.get("letter"));
    if (!named) return office::show_refusal(visit, named.error(), 409);
    const auto label = label_of(named->category, named->serial);
    auto before = desk_now(rooms, scope, batch);
    if (before.label != label) {
        before.word = fmt::format("{} は、この台で封緘を待っている通知ではありません。", label);
        before.heeds = true;
        return answer(rooms, visit, scope, batch, before, "no", true);
    }
    const auto recorded = rooms.db.write([&](storage::Tx& tx) { return record(tx, scope, batch.id, *named); });
    if (!recorded)
        return answer(rooms, visit, scope, batch,
                      {.stage = Stage::no, .label = label, .why = recorded.error().sentence()}, "no");
    Desk desk;
    desk.word = fmt::format("{} を{}", label, done);
    return answer(rooms, visit, scope, batch, desk, sound, true);
}

} // namespace

http::Response seal_envelope(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto scan = scanned_in(visit.request.form);
    if (scan == kBackCommand) return release_envelope(rooms, visit, scope);
    if (!scan.empty() && scan != kSealCommand) {
        auto desk = desk_now(rooms, scope, *batch);
        desk.word = fmt::format("この読み取りは使いませんでした。先に {} を封緘するか、戻してください。", desk.label);
        desk.heeds = true;
        return answer(rooms, visit, scope, *batch, desk, "no", true);
    }
    return finish(rooms, visit, scope, *batch, record_sealing, "封緘しました。次の紙へ進めます。", "done");
}

http::Response release_envelope(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    return finish(rooms, visit, scope, *batch, record_release,
                  "封緘せずに戻しました。封入するときは、もう一度読み取ってください。", "");
}

http::Response reopen_envelope(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    const auto named = letter_named(*batch, visit.request.form.get("letter"));
    if (!named) return office::show_refusal(visit, named.error(), 409);
    const auto recorded =
        rooms.db.write([&](storage::Tx& tx) { return record_reopening(tx, scope, batch->id, *named); });
    if (!recorded) return office::show_refusal(visit, recorded.error(), 409);
    return http::Response::see_other(
        path_of(*batch, "/spoil"),
        fmt::format("{} の開封を記録しました。紙を突合し直してください。", label_of(named->category, named->serial)));
}

} // namespace azukari::guidance::sealing_pages
