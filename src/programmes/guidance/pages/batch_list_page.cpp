#include "programmes/guidance/pages/batch_pages.h"

#include "office/shell/shell.h"
#include "programmes/guidance/batch/batch_store.h"
#include "programmes/guidance/pages/addresses.h"

namespace azukari::guidance::pages {

using namespace html;

office::Tone tone_of(BatchState state)
{
    switch (state) {
    case BatchState::stored:
        return office::Tone::neutral;
    case BatchState::composed:
        return office::Tone::caution;
    case BatchState::approved:
        return office::Tone::info;
    case BatchState::taken:
        return office::Tone::good;
    }
    return office::Tone::neutral;
}

namespace {

std::int64_t letters_of(const Batch& batch)
{
    std::int64_t sum = 0;
    if (batch.composition)
        for (const auto& letters : batch.composition->categories) sum += letters.letters;
    return sum;
}

office::Row row_of(const Batch& batch)
{
    return {a({href(batch_address(batch.entrustment, batch.id))}, to_japanese(batch.received_at)),
            office::chip(tone_of(state_of(batch)), japanese(state_of(batch))), Html(batch.rows_stored),
            Html(batch.rows_in_file - batch.rows_stored), Html(letters_of(batch))};
}

} // namespace

http::Response show_batches(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto found = rooms.db.read([&](const storage::Snapshot& snapshot) { return batches(snapshot, scope); });
    const auto entrustment = *scope.entrustment();
    const bool may_import = access::grants(access::actions::kImportGuidance, scope.role());
    const auto take_in =
        office::link_button("区のデータを取り込む", intake_address(entrustment), office::Weight::primary);

    office::Table table{.caption = "受け取ったデータ",
                        .columns = {{"受け取った日時"},
                                    {"状態"},
                                    {"取り込んだ人数", {}, true},
                                    {"除いた行", {}, true},
                                    {"組み上げた通知", {}, true}},
                        .rows = {},
                        .empty = "まだデータを受け取っていません。",
                        .empty_action = when(may_import, take_in),
                        .caption_hidden = true};
    for (const auto& batch : found) table.rows.push_back(row_of(batch));

    office::Page page{"通知の印字", office::data_table(visit, table)};
    add_crumbs(page, rooms, scope, false);
    page.lead = p("区から受け取ったデータを取り込み、宛名の入った通知に組み上げ、二人目の承認を受けて取り出します。");
    page.actions = when(may_import && !found.empty(), take_in);
    return office::show(visit, page);
}

} // namespace azukari::guidance::pages
