#include "programmes/guidance/sealing/pages/sealing_frame.h"

#include "party/party_store.h"
#include "programmes/guidance/batch/batch_refusals.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/letters/paper_code.h"
#include "programmes/guidance/pages/addresses.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/format.h>

namespace azukari::guidance::sealing_pages {

using namespace html;

namespace {

struct PartWords {
    Part part;
    std::string_view label, below;
    const access::Action* guard;
};
constexpr PartWords kParts[] = {{Part::overview, "数量", "", &access::actions::kSeeGuidance},
                                {Part::line, "突合の台", "/line", &access::actions::kSealLetters},
                                {Part::spoil, "損紙", "/spoil", &access::actions::kSealLetters},
                                {Part::pull, "引抜き", "/pull", &access::actions::kSeeGuidance},
                                {Part::inserts, "封入物", "/inserts", &access::actions::kSeeGuidance},
                                {Part::packing, "結束・箱詰め", "/packing", &access::actions::kSeeGuidance}};

std::vector<office::Crumb> crumbs(const Rooms& rooms, const access::Scope& scope, const Batch& batch)
{
    const auto name = rooms.entrustment_name(scope);
    return {{"委託の登録", url("/entrustments")},
            {name ? *name : std::string("この委託"), url("/entrustments/", batch.entrustment)},
            {"通知の印字", pages::list_address(batch.entrustment)},
            {fmt::format("{} に受け取ったデータ", to_japanese(batch.received_at)),
             pages::batch_address(batch.entrustment, batch.id)}};
}

} // namespace

Result<Batch> batch_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = BatchId::parse(visit.request.path_params.get("batch"));
    if (!id) return refuse(kNoSuchBatch);
    return rooms.db.read([&](const storage::Snapshot& snapshot) { return find_batch(snapshot, scope, *id); });
}

std::string path_of(const Batch& batch, std::string_view below)
{
    return fmt::format("/entrustments/{}/guidance/batches/{}/sealing{}", batch.entrustment.text(), batch.id.text(),
                       below);
}

Url address_of(const Batch& batch, std::string_view below)
{
    return Url(path_of(batch, below));
}

office::Page framed(const Rooms& rooms, const access::Scope& scope, const Batch& batch, std::string title, Part part,
                    Html body)
{
    office::Page page{std::move(title), {}};
    page.crumbs = crumbs(rooms, scope, batch);
    std::vector<office::Tab> tabs;
    for (const auto& each : kParts) {
        if (may(scope, *each.guard))
            tabs.push_back({std::string(each.label), address_of(batch, each.below), each.part == part});
    }
    page.body = join(office::tabs("封入封緘のページ", tabs), body);
    return page;
}

void stand_below(office::Page& page, const Rooms& rooms, const access::Scope& scope, const Batch& batch)
{
    page.crumbs = crumbs(rooms, scope, batch);
    page.crumbs.push_back({"封入封緘", address_of(batch, "")});
}

std::string_view title_of(std::string_view code)
{
    const auto category = category_with_slug(code);
    return category ? facts_of(*category).title : code;
}

std::string label_of(std::string_view category, std::int64_t serial)
{
    const auto known = category_with_slug(category);
    return known ? serial_text(*known, static_cast<std::uint32_t>(serial)) : std::string("―");
}

std::string name_of(const storage::Snapshot& snapshot, StaffId staff)
{
    const auto found = party::find_staff(snapshot, staff);
    return found ? found->name : "―";
}

Result<LetterName> letter_named(const Batch& batch, std::string_view typed)
{
    const auto code = read_paper_code(typed);
    if (!code) return read_letter_name(typed);
    if (code->batch_mark != batch_mark_of(batch.id.bytes())) return refuse_field("letter", kOtherBatchPaper);
    return LetterName{std::string(facts_of(code->category).slug), code->serial};
}

} // namespace azukari::guidance::sealing_pages
