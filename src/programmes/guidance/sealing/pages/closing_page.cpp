// 数を締める: nothing of the batch is on its way any more, and nothing changes afterwards.
#include "programmes/guidance/sealing/balance.h"
#include "programmes/guidance/sealing/pages/sealing_frame.h"
#include "programmes/guidance/sealing/sealing_refusals.h"

#include <fmt/ranges.h>

namespace azukari::guidance::sealing_pages {

using namespace html;

http::Response ask_closing(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    struct Seen {
        Result<void> may;
        std::vector<CategoryBalance> balance;
    };
    const auto seen = rooms.db.read([&](const storage::Snapshot& snapshot) {
        return Seen{check_not_closed(snapshot, scope, batch->id), balance_of(letters_of(snapshot, scope, batch->id))};
    });
    if (!seen.may) return office::show_refusal(visit, seen.may.error(), 409);
    if (const auto open = still_open(seen.balance); !open.empty())
        return office::show_refusal(visit, Refusal(kStillOpen, {fmt::format("{}", fmt::join(open, "、"))}), 409);
    std::int64_t received = 0, finished = 0, pulled = 0, held_back = 0;
    for (const auto& one : seen.balance) {
        received += one.received;
        finished += one.finished();
        pulled += one.of(Place::left_out) + one.of(Place::taken_out);
        held_back += one.of(Place::held_back);
    }
    office::Confirmation confirmation{
        .title = "封入封緘の数を締めます",
        .consequences = {"このデータの突合・封緘・引抜き・損紙・箱詰めは、もう記録できなくなります。",
                         "締めたことと数は記録台帳に残ります。"},
        .summary = office::description_list({{"受け取った通数", Html(office::grouped(received))},
                                             {"箱詰め済み", Html(office::grouped(finished))},
                                             {"引抜き", Html(office::grouped(pulled))},
                                             {"印字できず", Html(office::grouped(held_back))}}),
        .confirm_label = "数を締める",
        .action = address_of(*batch, "/closing"),
        .cancel = address_of(*batch, ""),
        .weight = office::Weight::danger};
    auto page = office::confirmation_page(visit, confirmation);
    stand_below(page, rooms, scope, *batch);
    return office::show(visit, page);
}

http::Response close_batch(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto batch = batch_of(rooms, visit, scope);
    if (!batch) return office::show_refusal(visit, batch.error(), 404);
    if (visit.request.form.get("confirmed") != "yes") return http::Response::see_other(path_of(*batch, "/closing"));
    const auto closed = rooms.db.write([&](storage::Tx& tx) { return close_counts(tx, scope, batch->id); });
    if (!closed) return office::show_refusal(visit, closed.error(), 409);
    return http::Response::see_other(path_of(*batch, ""), "数を締めました。");
}

} // namespace azukari::guidance::sealing_pages
