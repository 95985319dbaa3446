#include "erasure/pages/ending_frame.h"

#include "erasure/erasure_refusals.h"
#include "party/party_store.h"
#include "retention/document_store.h"

#include <fmt/format.h>

namespace azukari::erasure::pages {

using namespace html;

std::string path_of(const access::Scope& scope, std::string_view below)
{
    return fmt::format("/entrustments/{}/ending{}", scope.entrustment()->text(), below);
}

Url address_of(const access::Scope& scope, std::string_view below)
{
    return Url(path_of(scope, below));
}

std::string path_of(const access::Scope& scope, ErasureId id, std::string_view below)
{
    return path_of(scope, fmt::format("/erasures/{}{}", id.text(), below));
}

void stand_below(office::Page& page, const access::Scope& scope, const Told& told)
{
    page.crumbs = {{"委託の登録", url("/entrustments")},
                   {told.entrusted.name, url("/entrustments/", *scope.entrustment())},
                   {"保存期間と消去", address_of(scope, "")}};
}

office::Page framed(const access::Scope& scope, const Told& told, std::string title, Part part, Html body)
{
    office::Page page{std::move(title), {}};
    page.crumbs = {{"委託の登録", url("/entrustments")},
                   {told.entrusted.name, url("/entrustments/", *scope.entrustment())}};
    page.body = join(office::tabs("保存期間・返還・消去のページ",
                                  {{"保存期間と消去", address_of(scope, ""), part == Part::overview},
                                   {"返還", address_of(scope, "/return"), part == Part::giving_back},
                                   {"回収の確認", address_of(scope, "/collection"), part == Part::collection},
                                   {"鍵とデータの控え", address_of(scope, "/backups"), part == Part::backups}}),
                     body);
    return page;
}

office::Tone tone_of(State state)
{
    switch (state) {
    case State::planned:
        return office::Tone::info;
    case State::withdrawn:
        return office::Tone::neutral;
    case State::under_way:
        return office::Tone::bad;
    case State::unchecked:
        return office::Tone::caution;
    case State::failed:
        return office::Tone::bad;
    case State::carried_out:
        return office::Tone::caution;
    case State::confirmed:
        return office::Tone::good;
    }
    return office::Tone::neutral;
}

std::string name_of(const storage::Snapshot& snapshot, StaffId staff)
{
    const auto found = party::find_staff(snapshot, staff);
    return found ? found->name : "―";
}

std::string spoken(const Target& target, std::span<const retention::Document> documents)
{
    if (target.kind == TargetKind::batch)
        for (const auto& document : documents)
            if (document.object == target.object) return document.label;
    if (target.kind == TargetKind::person) return fmt::format("1人分（番号 {}）", target.object);
    return std::string(japanese(target.kind));
}

Html scale_table(const Scale& scale)
{
    std::int64_t rows = 0;
    for (const auto& [place, found] : scale.rows) rows += found;
    return office::description_list({{"人数", Html(office::grouped(scale.subjects) + " 人")},
                                     {"破棄する鍵", Html(office::grouped(scale.keys) + " 個")},
                                     {"削除する記録", Html(office::grouped(rows) + " 件")},
                                     {"対象者の指紋（SHA-256）", code(scale.subjects_digest)},
                                     {"鍵の指紋（SHA-256）", code(scale.keys_digest)}});
}

std::vector<retention::Document> documents_of(const Rooms& rooms, const storage::Snapshot& snapshot,
                                              EntrustmentId entrustment)
{
    auto all = retention::documents_by_hand(snapshot, entrustment);
    for (const auto& source : rooms.sources)
        for (auto& document : source(snapshot, entrustment)) all.push_back(std::move(document));
    return all;
}

std::vector<retention::Document> ruled_documents(const Rooms& rooms, const storage::Snapshot& snapshot,
                                                 const access::Scope& scope, const Told& told)
{
    auto all = documents_of(rooms, snapshot, *scope.entrustment());
    std::erase_if(all, [&](const auto& document) { return rooms.rules.find(told.code, document.kind) == nullptr; });
    return all;
}

Result<Erasure> erasure_of(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = ErasureId::parse(visit.request.path_params.get("erasure"));
    if (!id) return refuse(kNoSuchErasure);
    return rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return find_erasure(snapshot, *scope.entrustment(), *id); });
}

} // namespace azukari::erasure::pages
