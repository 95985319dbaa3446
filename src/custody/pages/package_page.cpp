// 暗号化データ: making packages, their manifests, and printing the notice of the password.
#include "custody/packing/package_request_store.h"
#include "custody/pages/custody_frame.h"
#include "custody/paper/notice_paper.h"
#include "office/shell/components/saved_file.h"

#include <fmt/format.h>

namespace azukari::custody::pages {
namespace {

using namespace html;

constexpr int kFileFields = 4;

Result<Package> package_in_path(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = id_in_path<PackageId>(visit, "package");
    if (!id) return refuse(kNoSuchPackage);
    return rooms.db.read(
        [&](const storage::Snapshot& snapshot) { return find_package(snapshot, *scope.entrustment(), *id); });
}

http::Response package_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                            const office::FormState& state)
{
    const bool ours = side_of(scope) == Side::ward; // the ward's own: nobody else's leave is needed
    const auto waiting = rooms.db.read([&](const storage::Snapshot& s) { return kept_bytes(s, *scope.entrustment()); });
    const auto hint = fmt::format("すべて合わせて {} MB まで。ZIP などの圧縮ファイルは、解いてから選んでください。",
                                  megabytes(kMaxPackageBytes));
    Html files;
    for (int i = 1; i <= kFileFields; ++i) {
        const auto name = i == 1 ? std::string("files") : fmt::format("files{}", i);
        const auto label = fmt::format("ファイル{}", i);
        files += office::file_field(state, {.name = name,
                                            .label = label,
                                            .hint = i == 1 ? hint : "",
                                            .required = i == 1,
                                            .most_bytes = kMaxPackageBytes});
    }
    return show_form(
        rooms, visit, scope, "暗号化データを作る", Part::packages, state,
        "ファイルを AES-256 で暗号化し、1つの ZIP にします。パスワードは自動で作られ、画面には出ません。"
        "あとでパスワード通知書として1部だけ印刷します。",
        office::upload_form(
            visit, address_of(scope, "packages/new"), office::error_summary(state),
            office::text_field(state, {.name = "title",
                                       .label = "情報の内容",
                                       .hint = "例: 特定保健指導の対象者。個人の名前は書かないでください。",
                                       .required = true,
                                       .max_length = 200}),
            office::text_field(state, {.name = "persons",
                                       .label = "含まれる人数",
                                       .required = true,
                                       .inputmode = "numeric",
                                       .max_length = 7,
                                       .size = office::Field::Size::small}),
            files,
            p(ours ? "ボタンを押すと ZIP が保存され、次にすることの画面に移ります。この ZIP はシステムに残りません。"
                   : fmt::format("区へ渡すデータは、別の2人の確認と承認のあとで、あなたが1回だけ取り出せます。"
                                 "承認がないまま3日たつと、ファイルは消えます。取り出されるのを待つデータは、この委託で"
                                 "合計 {} MB まで預かります（いま {} MB）。",
                                 megabytes(kMaxKeptBytes), megabytes(waiting))),
            office::button_row(join(office::submit_button(ours ? "暗号化して保存する" : "暗号化して申請する"),
                                    office::link_button("一覧に戻る", address_of(scope, "packages"))))));
}

Html item_table(const office::Visit& visit, const Package& package)
{
    office::Table table{
        .caption = "目録", .columns = {{"ファイル"}, {"大きさ（バイト）", {}, true}, {"指紋（SHA-256）"}}, .rows = {}};
    for (const auto& item : package.items)
        table.rows.push_back({Html(item.name), Html(office::grouped(item.size)), code(item.sha256)});
    return office::data_table(visit, table);
}

// What is still to do with a package of one's own; the two in the middle may be done in either order.
Html way_of(const Package& package, const std::vector<KnownThing>& things)
{
    using office::StepState;
    bool in_medium = false, gone = false;
    for (const auto& known : things)
        if (known.thing.package == package.id && known.thing.kind == ThingKind::medium) {
            in_medium = true;
            gone = gone || known.thing.with != package.side;
        }
    const bool printed = package.notice_printed.has_value();
    const auto state = [](bool done, bool turn) {
        return done ? StepState::done : turn ? StepState::current : StepState::to_come;
    };
    return office::steps("暗号化データの手順", {{"暗号化して保存する", StepState::done},
                                                {"通知書を印刷する", state(printed, true)},
                                                {"入れた媒体を登録する", state(in_medium, printed)},
                                                {"受渡しを記録する", state(gone, printed && in_medium)}});
}

} // namespace

http::Response show_packages(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto [packages, requests] = rooms.db.read([&](const storage::Snapshot& s) {
        return std::pair{packages_of(s, *scope.entrustment()), package_requests(s, *scope.entrustment())};
    });
    office::Table table{
        .caption = "作った暗号化データ",
        .columns =
            {{"番号"}, {"情報の内容"}, {"人数", {}, true}, {"作成"}, {"ファイル", {}, true}, {"パスワード通知書"}},
        .rows = {},
        .empty = "暗号化データは、まだ作られていません。"};
    for (const auto& package : packages)
        table.rows.push_back({a({href(address_of(scope, "packages/" + package.id.text())), cls("one-line")},
                                fmt::format("第{}号", package.number)),
                              Html(package.title), Html(office::grouped(package.persons)),
                              join(office::when_at(package.made_at), "　", package.made_by), Html(package.items.size()),
                              package.notice_printed ? office::chip(office::Tone::good, "印刷済み")
                                                     : office::chip(office::Tone::caution, "これから")});
    auto page = framed(
        rooms, scope, "暗号化データ", Part::packages,
        join(requests.empty() ? Html() : request_table(visit, scope, requests), office::data_table(visit, table)));
    page.lead = p("受け渡すデータを暗号化し、目録と指紋を残します。区と受託者のどちらが作るときも、同じ決まりです。");
    if (may(scope, access::actions::kMakePackage))
        page.actions =
            office::link_button("暗号化データを作る", address_of(scope, "packages/new"), office::Weight::primary);
    return office::show(visit, page);
}

http::Response ask_package(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return package_form(rooms, visit, scope, {});
}

http::Response refuse_large_package(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return package_form(rooms, visit, scope,
                        office::refused(visit.request.form, {office::files_too_large("files", kMaxPackageBytes)}));
}

http::Response make_package(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    NewPackage wanted{std::string(form.get("title")), number_of(form.get("persons")).value_or(0), {}};
    for (const auto& file : visit.request.files)
        if (!file.name.empty()) wanted.files.push_back({file.name, file.content});
    const auto again = [&](const Refusal& refusal) {
        return package_form(rooms, visit, scope, office::refused(form, {refusal}));
    };
    auto packed = pack(scope, rooms.entropy, wanted);
    if (!packed) return again(packed.error());
    const auto entrustment = *scope.entrustment();
    if (const auto added = rooms.keystore.add_entrustment(entrustment); !added) return again(added.error());
    const auto key = rooms.keystore.entrustment_key(entrustment, scope.moment().at);
    if (!key) return again(key.error());
    IdSource ids(scope.moment().at, rooms.entropy);
    if (side_of(scope) == Side::contractor) {
        const auto asked = rooms.db.write([&](storage::Tx& tx) {
            const auto recipient = sides_of(tx, entrustment).of(Side::ward);
            return ask_package(tx, ids, rooms.entropy, scope, *key, *packed, recipient);
        });
        if (!asked) return again(asked.error());
        return http::Response::see_other(path_of(scope, "requests/" + asked->text()),
                                         "暗号化し、持出しを申請しました。別の2人の確認と承認のあとで取り出せます。");
    }
    const auto recorded = rooms.db.write([&](storage::Tx& tx) {
        const auto recipient = sides_of(tx, entrustment).of(other(side_of(scope)));
        return record_package(tx, ids, rooms.entropy, scope, *key, *packed, recipient);
    });
    if (!recorded) return again(recorded.error());
    return office::saved_then(
        visit, http::Response::download(file_name_of(*recorded), "application/zip", std::move(packed->file)),
        path_of(scope, "packages/" + recorded->id.text()),
        fmt::format("暗号化データ 第{}号の ZIP を保存しました。パスワード通知書を印刷し、ZIP を入れた媒体を登録してくだ"
                    "さい。",
                    recorded->number));
}

http::Response show_package(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto package = package_in_path(rooms, visit, scope);
    if (!package) return office::show_refusal(visit, package.error(), 404);
    const auto things = rooms.db.read([&](const storage::Snapshot& s) { return things_of(s, *scope.entrustment()); });
    Html where;
    for (const auto& known : things)
        if (known.thing.package == package->id) where += div(label_link(scope, known), "　", known.words());
    const bool mine = package->side == side_of(scope);
    auto page =
        framed(rooms, scope, fmt::format("暗号化データ 第{}号", package->number), Part::packages,
               join(when(mine, way_of(*package, things)),
                    office::description_list(
                        {{"情報の内容", Html(package->title)},
                         {"含まれる人数", Html(fmt::format("{}人", office::grouped(package->persons)))},
                         {"作成", join(office::when_at(package->made_at), "　", package->made_by, "（",
                                       japanese(package->side), "）")},
                         {"ZIP の大きさ", Html(fmt::format("{}バイト", office::grouped(package->size)))},
                         {"ZIP の指紋（SHA-256）", code(package->sha256)},
                         {"パスワード通知書",
                          package->notice_printed ? join(office::when_at(*package->notice_printed), "に印刷済み")
                                                  : Html("まだ印刷していません")},
                         {"媒体・通知書", where}}),
                    item_table(visit, *package)),
               true);
    if (mine && !package->notice_printed && may(scope, access::actions::kPrintNotice))
        page.actions += office::link_button("パスワード通知書を印刷する",
                                            address_of(scope, "packages/" + package->id.text() + "/notice"),
                                            office::Weight::primary);
    if (mine && may(scope, access::actions::kKeepCustody))
        page.actions += office::link_button(
            "入れた媒体を登録する",
            address_of(scope, "things/new").with("package", package->id.text()).with("title", package->title));
    return office::show(visit, page);
}

http::Response ask_notice(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto package = package_in_path(rooms, visit, scope);
    if (!package) return office::show_refusal(visit, package.error(), 404);
    const auto below = "packages/" + package->id.text();
    const office::Confirmation asked{
        .title = "パスワード通知書を印刷します",
        .consequences = {"パスワードを記した PDF が1回だけ保存されます。印刷したら、PDF のファイルは消してください。",
                         "システムに残っているパスワードは消えます。もう一度は印刷できません。",
                         "通知書は、媒体とは別のものとして台帳に載ります。別の機会に、別の方が手渡してください。"},
        .summary = office::description_list(
            {{"暗号化データ", Html(fmt::format("第{}号　{}", package->number, package->title))}}),
        .confirm_label = "印刷用の PDF を保存する",
        .action = address_of(scope, below + "/notice"),
        .cancel = address_of(scope, below),
        .weight = office::Weight::danger};
    auto page = office::confirmation_page(visit, asked);
    auto frame = framed(rooms, scope, page.title, Part::packages, page.body, true);
    frame.width = office::Width::text;
    return office::show(visit, frame);
}

http::Response print_notice(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto package = package_in_path(rooms, visit, scope);
    if (!package) return office::show_refusal(visit, package.error(), 404);
    const auto name = rooms.name(scope);
    if (!name) return office::show_refusal(visit, name.error(), 404);
    const auto key = rooms.keystore.entrustment_key(*scope.entrustment(), scope.moment().at);
    if (!key) return office::show_refusal(visit, key.error(), 409);
    IdSource ids(scope.moment().at, rooms.entropy);
    pdf::TextSink sink;
    // The paper is drawn before the password is forgotten: what cannot be printed changes nothing.
    const auto taken = rooms.db.write([&](storage::Tx& tx) -> Result<void> {
        AZK_TRY(const auto notice, take_notice(tx, ids, rooms.entropy, scope, *key, package->id));
        const auto label = find_thing(tx, *scope.entrustment(), notice.thing)->label;
        const auto maker = sides_of(tx, *scope.entrustment()).of(package->side);
        return write_notice_paper({*package, label, *name, maker, notice.password.reveal(), scope.moment().at}, sink,
                                  rooms.fonts);
    });
    if (!taken) return office::show_refusal(visit, taken.error(), 409);
    return office::saved_then(
        visit, http::Response::download(notice_file_name(*package), "application/pdf", std::move(sink).take()),
        path_of(scope, "packages/" + package->id.text()),
        "パスワード通知書の PDF を保存しました。1部印刷したら、PDF のファイルは消してください。");
}

} // namespace azukari::custody::pages
