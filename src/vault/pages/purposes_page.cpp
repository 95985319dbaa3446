// 利用目的と説明文: what the information of an entrustment may be used for, the texts in which people are told, to whom it
// may go, and what the ward consented to. Nothing here is about a person.
#include "matters/allowance_store.h"
#include "vault/pages/frame.h"
#include "vault/purpose/purpose_store.h"
#include "vault/vault_refusals.h"

#include <fmt/format.h>

namespace azukari::vault::pages {
namespace {

using namespace html;

struct Seen {
    std::vector<Purpose> purposes;
    std::vector<PublishedText> texts;
    std::vector<Agency> agencies;
    std::vector<Indirect> indirect;
    std::vector<matters::Allowance> allowances;
    std::shared_ptr<const Vault::Parts> parts;
};

Result<Seen> see(const Rooms& rooms, const access::Scope& scope)
{
    const auto entrustment = *scope.entrustment();
    return rooms.vault.db().read([&](const storage::Snapshot& snapshot) -> Result<Seen> {
        AZK_TRY(auto parts, rooms.vault.parts(snapshot, scope));
        return Seen{purposes(snapshot, entrustment),
                    texts(snapshot, entrustment),
                    agencies(snapshot, entrustment),
                    indirect_allowances(snapshot, entrustment),
                    matters::allowances(snapshot, entrustment),
                    std::move(parts)};
    });
}

Url below(const access::Scope& scope, std::string_view what)
{
    return Url(fmt::format("{}{}", purposes_address(scope).text(), what));
}

Html state_of(const std::optional<Instant>& ended)
{
    return ended ? office::chip(office::Tone::neutral, "終了") : office::chip(office::Tone::good, "有効");
}

Html end_button(const office::Visit& visit, const Url& to, std::string_view field, std::string_view value,
                std::string_view about)
{
    return office::post_form(visit, to, office::hidden_field(field, value),
                             button({{"type", "submit"}, cls("button button-plain")}, "終了する",
                                    span({cls("visually-hidden")}, "（", about, "）")));
}

std::string item_name(const Seen& seen, const std::string& code)
{
    for (const auto& part : *seen.parts)
        if (const auto* item = part->find(code)) return item->name;
    return code;
}

Html purposes_section(const office::Visit& visit, const access::Scope& scope, const Seen& seen,
                      const office::FormState& state)
{
    const bool mine = may(scope, access::actions::kDeclarePurposes);
    office::Table table{.caption = "利用目的",
                        .columns = {{"利用目的"}, {"記号"}, {"状態"}, {"登録"}},
                        .rows = {},
                        .empty =
                            "利用目的はまだ登録されていません。登録するまで、対象者の情報は記録も利用もできません。",
                        .caption_hidden = true};
    if (mine) table.columns.push_back({"操作"});
    for (const auto& purpose : seen.purposes) {
        office::Row row{Html(purpose.name), code(purpose.code), state_of(purpose.ended),
                        join(Html(purpose.declared_by), "　", office::when_at(purpose.declared_at))};
        if (mine)
            row.push_back(purpose.ended
                              ? Html("―")
                              : end_button(visit, below(scope, "/ended"), "purpose", purpose.code, purpose.name));
        table.rows.push_back(std::move(row));
    }
    Html form;
    if (mine)
        form = office::post_form(
            visit, purposes_address(scope),
            office::field_group(
                "利用目的を登録する",
                join(office::text_field(state, {.name = "name",
                                                .label = "利用目的",
                                                .hint = "例: 講座・研修の運営",
                                                .required = true,
                                                .max_length = 100}),
                     office::text_field(state, {.name = "code",
                                                .label = "記号",
                                                .hint = "記録台帳に残る短い名前です。例: course_operation",
                                                .required = true,
                                                .max_length = 40,
                                                .size = office::Field::Size::medium}),
                     office::button_row(office::submit_button("登録する", office::Weight::secondary)))));
    return section(h2("利用目的"), office::data_table(visit, table), form);
}

Html texts_section(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "公開した文",
                        .columns = {{"題名"}, {"種類"}, {"版"}, {"状態"}, {"公開"}},
                        .rows = {},
                        .empty = "公開した文はまだありません。本人から収集するには、利用目的の文を公開してください。",
                        .caption_hidden = true};
    for (const auto& text : seen.texts)
        table.rows.push_back(
            {a({href(url("/entrustments/", *scope.entrustment(), "/purposes/texts/", text.number))},
               fmt::format("第{}号　{}", text.number, text.title)),
             Html(japanese(text.kind)), Html(fmt::format("第{}版", text.version)),
             text.current ? office::chip(office::Tone::good, "いまの版") : office::chip(office::Tone::neutral, "旧版"),
             join(Html(text.by), "　", office::when_at(text.at))});
    return section(h2("利用目的の文・同意の説明文"),
                   p("収集するとき、同意を得るときに本人に示す文です。直すと新しい版になり、旧版もそのまま残ります。"),
                   office::data_table(visit, table),
                   when(may(scope, access::actions::kPublishTexts),
                        office::button_row(office::link_button("文を公開する", below(scope, "/texts/new")))));
}

Html agencies_section(const office::Visit& visit, const access::Scope& scope, const Seen& seen,
                      const office::FormState& state)
{
    const bool mine = may(scope, access::actions::kPublishTexts);
    office::Table table{.caption = "情報の提供先",
                        .columns = {{"関係機関"}, {"提供する目的"}, {"状態"}},
                        .rows = {},
                        .empty = "提供先は登録されていません。",
                        .caption_hidden = true};
    if (mine) table.columns.push_back({"操作"});
    for (const auto& agency : seen.agencies) {
        office::Row row{Html(agency.name), Html(agency.what_for), state_of(agency.ended)};
        if (mine)
            row.push_back(agency.ended ? Html("―")
                                       : end_button(visit, below(scope, "/agencies/ended"), "agency", agency.id.text(),
                                                    agency.name));
        table.rows.push_back(std::move(row));
    }
    Html form;
    if (mine)
        form = office::post_form(
            visit, below(scope, "/agencies"),
            office::field_group(
                "提供先を登録する",
                join(office::text_field(
                         state, {.name = "agency", .label = "関係機関の名称", .required = true, .max_length = 100}),
                     office::text_field(state, {.name = "what_for",
                                                .label = "提供する目的",
                                                .hint = "例: 住まいの確保の支援",
                                                .required = true,
                                                .max_length = 100}),
                     office::button_row(office::submit_button("登録する", office::Weight::secondary)))));
    return section(h2("情報の提供先"), p("登録した提供先にも、本人がその提供先に同意したときだけ提供できます。"),
                   office::data_table(visit, table), form);
}

Html indirect_section(const office::Visit& visit, const access::Scope& scope, const Seen& seen,
                      const office::FormState& state)
{
    const bool mine = may(scope, access::actions::kDeclarePurposes);
    office::Table table{.caption = "本人以外からの収集の承諾",
                        .columns = {{"情報項目"}, {"だれから"}, {"理由と根拠"}, {"状態"}, {"承諾"}},
                        .rows = {},
                        .empty = "承諾はありません。情報は本人または代理人から収集します。",
                        .caption_hidden = true};
    if (mine) table.columns.push_back({"操作"});
    for (const auto& allowed : seen.indirect) {
        const auto source = source_of(allowed.source);
        office::Row row{Html(item_name(seen, allowed.item)), Html(source ? japanese(*source) : allowed.source),
                        Html(allowed.ground), state_of(allowed.ended),
                        join(Html(allowed.by), "　", office::when_at(allowed.at))};
        if (mine)
            row.push_back(allowed.ended ? Html("―")
                                        : end_button(visit, below(scope, "/collection/ended"), "indirect",
                                                     allowed.id.text(), item_name(seen, allowed.item)));
        table.rows.push_back(std::move(row));
    }
    Html form;
    if (mine) {
        std::vector<office::Choice> items{{"", "選んでください"}};
        for (const auto& part : *seen.parts)
            for (const auto& item : part->items()) items.push_back({item.code, item.name});
        const std::vector<office::Choice> from{{"agency", "関係機関"}, {"ward", "区"}};
        form = office::post_form(
            visit, below(scope, "/collection"),
            office::field_group(
                "本人以外からの収集を承諾する",
                join(office::select_field(state,
                                          {.name = "indirect_item",
                                           .label = "情報項目",
                                           .required = true,
                                           .size = office::Field::Size::medium},
                                          items),
                     office::radio_group(state, {.name = "indirect_source", .label = "だれから", .required = true},
                                         from),
                     office::text_field(state, {.name = "indirect_ground",
                                                .label = "承諾の理由と根拠",
                                                .hint = "例: 見本決裁第1号",
                                                .required = true,
                                                .max_length = 200}),
                     office::button_row(office::submit_button("承諾する", office::Weight::secondary)))));
    }
    return section(h2("本人以外からの収集"), office::data_table(visit, table), form);
}

Html allowances_section(const office::Visit& visit, const access::Scope& scope, const Seen& seen)
{
    office::Table table{.caption = "収集に注意する情報項目の承諾",
                        .columns = {{"情報項目"}, {"理由と根拠"}, {"状態"}, {"承諾"}},
                        .rows = {},
                        .empty = "承諾はありません。",
                        .caption_hidden = true};
    for (const auto& allowed : seen.allowances)
        table.rows.push_back({Html(allowed.item), Html(allowed.ground), state_of(allowed.withdrawn),
                              join(Html(allowed.by), "　", office::when_at(allowed.at))});
    return section(
        h2("収集に注意する情報項目"),
        p("思想・信条・宗教、社会的差別の原因となる事実、犯罪に触れる情報項目は、区の確認者が承諾を記録するまで"
          "登録できません。"),
        office::data_table(visit, table),
        when(may(scope, access::actions::kAllowProhibited),
             office::button_row(office::link_button("承諾を記録する", below(scope, "/allowances/new")))));
}

http::Response purposes_page(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                             const office::FormState& state)
{
    const auto seen = see(rooms, scope);
    if (!seen) return show_failure(visit, seen.error());
    auto page = framed(rooms, scope, "利用目的と説明文",
                       join(office::error_summary(state), purposes_section(visit, scope, *seen, state),
                            texts_section(visit, scope, *seen), agencies_section(visit, scope, *seen, state),
                            indirect_section(visit, scope, *seen, state), allowances_section(visit, scope, *seen)),
                       false);
    page.lead = p("この委託で情報を何のために使うか、本人に何と説明するか、だれに提供できるかを定めます。"
                  "ここに定めた目的の外では、見ることも使うこともできません。");
    return show_form(visit, std::move(page), state);
}

// Does it, and comes back to the page with a sentence, or with what was refused.
http::Response then_back(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const Result<void>& done, std::string_view sentence)
{
    if (done) return http::Response::see_other(purposes_address(scope).text(), std::string(sentence));
    if (done.error().field().empty()) return show_failure(visit, done.error());
    return purposes_page(rooms, visit, scope, office::refused(visit.request.form, {done.error()}));
}

template <class F>
Result<void> write(const Rooms& rooms, F&& work)
{
    return rooms.vault.db().write([&](storage::Tx& tx) -> Result<void> { return work(tx); });
}

http::Response text_form(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope,
                         const office::FormState& state)
{
    const std::vector<office::Choice> kinds{{"purpose", "利用目的の文", "情報を収集するときに本人に示します。"},
                                            {"consent", "同意の説明文", "同意を得るときに本人と一緒に読みます。"}};
    auto page = framed(
        rooms, scope, "文を公開する",
        office::long_form(
            visit, below(scope, "/texts/new"), office::error_summary(state),
            office::radio_group(state, {.name = "kind", .label = "種類", .required = true}, kinds),
            office::text_field(state, {.name = "title",
                                       .label = "題名",
                                       .hint = "同じ題名で公開すると、その文の新しい版になります。",
                                       .required = true,
                                       .max_length = 60}),
            office::text_area(state, {.name = "text",
                                      .label = "文",
                                      .hint = "本人が読んで分かる言葉で書きます。",
                                      .required = true,
                                      .max_length = 4000,
                                      .rows = 12}),
            office::button_row(join(office::submit_button("公開する"),
                                    office::link_button("やめる", purposes_address(scope), office::Weight::plain)))),
        false);
    page.crumbs.push_back({"利用目的と説明文", purposes_address(scope)});
    page.width = office::Width::text;
    return show_form(visit, std::move(page), state);
}

std::optional<std::int64_t> number_of(std::string_view text)
{
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::stoi(std::string(text));
}

} // namespace

http::Response show_purposes(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return purposes_page(rooms, visit, scope, {});
}

http::Response declare_new_purpose(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    return then_back(
        rooms, visit, scope,
        write(rooms, [&](storage::Tx& tx) { return declare_purpose(tx, scope, form.get("code"), form.get("name")); }),
        "利用目的を登録しました。");
}

http::Response end_one_purpose(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return then_back(
        rooms, visit, scope,
        write(rooms, [&](storage::Tx& tx) { return end_purpose(tx, scope, visit.request.form.get("purpose")); }),
        "利用目的を終了しました。この目的では、もう利用できません。");
}

http::Response allow_collection(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto source = source_of(form.get("indirect_source"));
    if (!source || *source == Source::person || *source == Source::agent)
        return purposes_page(rooms, visit, scope,
                             office::refused(form, {Refusal(kSourceExpected, {}, "indirect_source")}));
    IdSource ids(scope.moment().at, rooms.vault.entropy());
    return then_back(rooms, visit, scope,
                     write(rooms,
                           [&](storage::Tx& tx) {
                               return allow_indirect(tx, ids, scope, form.get("indirect_item"), *source,
                                                     form.get("indirect_ground"));
                           }),
                     "本人以外からの収集を承諾しました。");
}

http::Response end_collection(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = IndirectId::parse(visit.request.form.get("indirect"));
    if (!id) return show_failure(visit, Refusal(kNotThere));
    return then_back(rooms, visit, scope, write(rooms, [&](storage::Tx& tx) { return end_indirect(tx, scope, *id); }),
                     "承諾を終えました。");
}

http::Response record_new_agency(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    IdSource ids(scope.moment().at, rooms.vault.entropy());
    return then_back(
        rooms, visit, scope,
        write(rooms,
              [&](storage::Tx& tx) { return record_agency(tx, ids, scope, form.get("agency"), form.get("what_for")); }),
        "提供先を登録しました。");
}

http::Response end_one_agency(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto id = AgencyId::parse(visit.request.form.get("agency"));
    if (!id) return show_failure(visit, Refusal(kNotThere));
    return then_back(rooms, visit, scope, write(rooms, [&](storage::Tx& tx) { return end_agency(tx, scope, *id); }),
                     "提供先を終了しました。");
}

http::Response ask_text(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    return text_form(rooms, visit, scope, office::filled({{"kind", "purpose"}}));
}

http::Response publish_new_text(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto& form = visit.request.form;
    const auto kind = form.get("kind") == "consent" ? TextKind::consent : TextKind::purpose;
    const auto number = rooms.vault.db().write(
        [&](storage::Tx& tx) { return publish_text(tx, scope, kind, form.get("title"), form.get("text")); });
    if (!number) return text_form(rooms, visit, scope, office::refused(form, {number.error()}));
    return http::Response::see_other(purposes_address(scope).text(),
                                     fmt::format("第{}号として公開しました。", *number));
}

http::Response show_text(const Rooms& rooms, const office::Visit& visit, const access::Scope& scope)
{
    const auto number = number_of(visit.request.path_params.get("text"));
    const auto text = number ? rooms.vault.db().read([&](const storage::Snapshot& snapshot) {
        return find_text(snapshot, *scope.entrustment(), *number);
    })
                             : std::nullopt;
    if (!text) return show_failure(visit, Refusal(kNoSuchText));
    auto page =
        framed(rooms, scope, text->title,
               join(office::description_list({{"種類", Html(japanese(text->kind))},
                                              {"版", Html(fmt::format("第{}号　第{}版", text->number, text->version))},
                                              {"状態", text->current ? office::chip(office::Tone::good, "いまの版")
                                                                     : office::chip(office::Tone::neutral, "旧版")},
                                              {"公開", join(Html(text->by), "　", office::when_at(text->at))},
                                              {"指紋（SHA-256）", code(text->digest)}}),
                    office::card("文", p(lines(text->text)))),
               false);
    page.crumbs.push_back({"利用目的と説明文", purposes_address(scope)});
    page.width = office::Width::text;
    return office::show(visit, page);
}

} // namespace azukari::vault::pages
