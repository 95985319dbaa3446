#include "printing/pages/printing_frame.h"

#include "party/party_store.h"
#include "printing/printing_refusals.h"

#include <charconv>
#include <fmt/format.h>

namespace azukari::printing::pages {

using namespace html;

std::string path_of(const access::Scope& scope, std::string_view below)
{
    return fmt::format("/entrustments/{}/printing{}", scope.entrustment()->text(), below);
}

Url address_of(const access::Scope& scope, std::string_view below)
{
    return Url(path_of(scope, below));
}

std::string path_of(const access::Scope& scope, PrintJobId id, std::string_view below)
{
    return path_of(scope, fmt::format("/jobs/{}{}", id.text(), below));
}

namespace {

std::vector<office::Crumb> crumbs(const Rooms& rooms, const access::Scope& scope)
{
    const auto name = rooms.name(scope);
    return {{"委託の登録", url("/entrustments")},
            {name ? *name : std::string("この委託"), url("/entrustments/", *scope.entrustment())}};
}

} // namespace

office::Page framed(const Rooms& rooms, const access::Scope& scope, std::string title, Part part, Html body)
{
    office::Page page{std::move(title), {}};
    page.crumbs = crumbs(rooms, scope);
    page.body =
        join(office::tabs("印刷のページ", {{"印刷", address_of(scope, ""), part == Part::jobs},
                                           {"印刷ログ", address_of(scope, "/log"), part == Part::log},
                                           {"プリンター", address_of(scope, "/printers"), part == Part::printers},
                                           {"指定枚数と期限", address_of(scope, "/limits"), part == Part::limits}}),
             body);
    return page;
}

void stand_below(office::Page& page, const Rooms& rooms, const access::Scope& scope)
{
    page.crumbs = crumbs(rooms, scope);
    page.crumbs.push_back({"印刷", address_of(scope, "")});
}

Result<Seen> seen(const storage::Snapshot& snapshot, EntrustmentId entrustment, PrintJobId id)
{
    AZK_TRY(auto job, find_job(snapshot, entrustment, id));
    AZK_TRY(auto request, approval::find_request(snapshot, entrustment, job.approval));
    return Seen{std::move(job), std::move(request)};
}

Result<Seen> job_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = PrintJobId::parse(visit.request.path_params.get("job"));
    if (!id) return refuse(kNoSuchJob);
    return rooms.means.db.read(
        [&](const storage::Snapshot& snapshot) { return seen(snapshot, *scope.entrustment(), *id); });
}

Html no_printer()
{
    return office::notice(
        office::Tone::caution, "プリンターが設定されていません",
        p("印刷を申請するには、サーバーの管理者が、設定ファイル azukari.toml の [printers] に、プリンターの"
          "名前とアドレスを書いて、システムを起動し直します。設定にないところへは、何も送りません。"));
}

std::string named(const PrintJob& job)
{
    return fmt::format("第{}号の印刷", job.number);
}

Html state_chip(State state)
{
    using office::Tone;
    switch (state) {
    case State::waiting:
    case State::to_fetch:
        return office::chip(Tone::caution, japanese(state));
    case State::approved:
    case State::printing:
    case State::fetched:
        return office::chip(Tone::info, japanese(state));
    case State::given_up:
        return office::chip(Tone::neutral, japanese(state));
    case State::unsent:
    case State::broken:
    case State::uncertain:
        return office::chip(Tone::bad, japanese(state));
    case State::settled:
        return office::chip(Tone::good, japanese(state));
    }
    return {};
}

std::string name_of(const storage::Snapshot& snapshot, StaffId staff)
{
    const auto found = party::find_staff(snapshot, staff);
    return found ? found->name : "―";
}

Html sheets_in_words(const PrintJob& job)
{
    return Html(fmt::format("{}枚（{}ページ × {}部、片面）", office::grouped(job.sheets()),
                            office::grouped(job.document.pages), job.wish.copies));
}

std::vector<office::Term> terms_of(const PrintJob& job)
{
    std::vector<office::Term> terms{{"印刷ファイル名", Html(job.document.file_name)},
                                    {"印刷枚数", sheets_in_words(job)},
                                    {"含まれる人数", Html(office::grouped(job.document.persons) + "人")},
                                    {"印刷先プリンター", Html(job.wish.printer)},
                                    {"印刷の目的", Html(job.wish.purpose)},
                                    {"次の工程", Html(japanese(job.wish.next))},
                                    {"紙の渡し先", Html(job.wish.recipient)}};
    if (!job.wish.over_reason.empty()) terms.push_back({"指定枚数以上の理由", Html(job.wish.over_reason)});
    terms.push_back({"PDF の指紋（SHA-256）", code(job.document.sha256)});
    return terms;
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

} // namespace azukari::printing::pages
