#include "office/shell/shell.h"

#include <doctest/doctest.h>
#include <regex>

using namespace azukari;
using namespace azukari::html;
using namespace azukari::office;

namespace {

constexpr std::string_view kAttack = "<script>alert('1')</script>\"'><img src=x onerror=alert(1)>";
constexpr RefusalKind kWrong{"test.wrong", "{}は受け付けられません。"};

// A visit nobody is signed in for, to a page whose query holds an attack.
struct Stage {
    http::Request request;
    access::Session session{access::SessionId(IdBytes{1}),
                            AccountId(IdBytes{2}),
                            StaffId(IdBytes{3}),
                            OrganisationId(IdBytes{4}),
                            access::Role::handler,
                            std::string(kAttack),
                            std::string(kAttack),
                            {},
                            {},
                            {}};
    std::vector<MenuEntry> menu{{std::string(kAttack), "/x", nullptr}};
    Stage()
    {
        request.path = request.target = "/list";
        request.query.add("q", std::string(kAttack));
        request.query.add("sort", "-name");
        request.query.add("page", "2");
    }
    Visit visit() const
    {
        return {request, Moment(Instant{}), &session, std::string(kAttack), std::string(kAttack), menu};
    }
};

// What a page is made of when it is entirely ours: no inline script or style, and nothing of the attack as markup.
void check_clean(const std::string& markup)
{
    CHECK(markup.find("<script>") == std::string::npos);
    CHECK(markup.find("<img src=x") == std::string::npos);
    CHECK(markup.find("<style") == std::string::npos);
    CHECK_FALSE(std::regex_search(markup, std::regex("<script(?![^>]* src=\"/assets/)")));
    const auto names_only = std::regex_replace(markup, std::regex("\"[^\"]*\""), "");
    CHECK_FALSE(std::regex_search(names_only, std::regex("<[^>]* (style|on[a-z]+)=")));
}

FormState attacked_form()
{
    return {[] {
                http::Fields fields;
                fields.add("a", std::string(kAttack));
                return fields;
            }(),
            {Refusal(kWrong, {std::string(kAttack)}, "a"), Refusal(kWrong, {std::string(kAttack)})}};
}

} // namespace

TEST_CASE("every component escapes what it is given, and none brings script or style of its own")
{
    const Stage stage;
    const auto visit = stage.visit();
    const std::string attack(kAttack);
    const auto state = attacked_form();
    const Field field{.name = "a", .label = kAttack, .hint = kAttack};
    const std::vector<Choice> choices = {{attack, attack, attack}};
    const Url home = url("/");
    const auto paging = office::paging(visit, 200);
    const std::vector<Html> parts = {
        chip(Tone::bad, kAttack),
        notice(Tone::info, kAttack, kAttack),
        progress_bar({.label = kAttack, .done = 1, .total = 2, .watch = &home}),
        submit_button(kAttack),
        submit_button(kAttack, Weight::danger, "x", kAttack),
        link_button(kAttack, Url(kAttack)),
        post_button(visit, kAttack, home),
        error_summary(state),
        text_field(state, field),
        text_area(state, field),
        select_field(state, field, choices),
        radio_group(state, field, choices),
        checkbox_group(state, field, choices),
        checkbox(state, field, kAttack),
        date_field(state, field),
        file_field(state, field, kAttack),
        hidden_field("a", kAttack),
        field_group(kAttack, {}, kAttack),
        post_form(visit, Url(kAttack), kAttack),
        filter_form(home, kAttack),
        description_list({{attack, attack}}),
        card(kAttack, kAttack),
        link_card(kAttack, home, kAttack),
        tabs(kAttack, {{attack, home}}),
        steps(kAttack, {{attack, StepState::done, {}}}),
        time_line({{Instant{}, attack, attack}}),
        difference_text(kAttack, attack + "x"),
        difference_table(kAttack, {{attack, attack, "b"}}),
        data_table(visit, {.caption = attack, .columns = {{attack, "name"}}, .rows = {{attack}}, .paging = &paging}),
        data_table(visit, {.caption = attack, .columns = {}, .rows = {}, .empty = attack})};
    for (const auto& part : parts) check_clean(part.markup());

    Page page{attack, attack, {{attack, home}}, attack, attack};
    check_clean(show(visit, page).body);
    check_clean(show_refusal(visit, Refusal(kWrong, {attack})).body);
    check_clean(show_status(visit, 500, {}, kAttack).body);
    check_clean(
        show(visit, confirmation_page(
                        visit, {attack, {attack}, attack, attack, home, home, Weight::danger, {{"x", attack}}, attack}))
            .body);
}

TEST_CASE("the summary of errors leads to each field, and the field says what is wrong beside it")
{
    const FormState state{{}, {Refusal(kWrong, {"件名"}, "title"), Refusal(kWrong, {"全体"})}};
    const auto summary = error_summary(state).markup();
    CHECK(summary.find("（2件）") != std::string::npos);
    CHECK(summary.find("<a href=\"#f-title\">件名は受け付けられません。</a>") != std::string::npos);
    CHECK(summary.find("<li>全体は受け付けられません。</li>") != std::string::npos);
    const auto field = text_field(state, {.name = "title", .label = "件名", .hint = "契約書の件名"}).markup();
    CHECK(field.find("id=\"f-title\"") != std::string::npos);
    CHECK(field.find("for=\"f-title\"") != std::string::npos);
    CHECK(field.find("aria-describedby=\"h-title e-title\"") != std::string::npos);
    CHECK(field.find("aria-invalid=\"true\"") != std::string::npos);
    CHECK(error_summary({}).empty());
}

TEST_CASE("what was typed stays in a refused form, except passwords")
{
    const auto state = refused(filled({{"a", "見本"}, {"b", "x"}}).values, {});
    CHECK(text_field(state, {.name = "a", .label = "A"}).markup().find("value=\"見本\"") != std::string::npos);
    CHECK(text_field(state, {.name = "a", .label = "A", .type = "password"}).markup().find("見本") ==
          std::string::npos);
    CHECK(text_area(state, {.name = "a", .label = "A"}).markup().find(">\n見本</textarea>") != std::string::npos);
    const std::vector<Choice> choices = {{"x", "エックス"}, {"y", "ワイ"}};
    const auto radios = radio_group(state, {.name = "b", .label = "B"}, choices).markup();
    CHECK(radios.find("value=\"x\" checked") != std::string::npos);
    CHECK(radios.find("value=\"y\" checked") == std::string::npos);
}

TEST_CASE("turning pages keeps order and filter; a new order begins on the first page")
{
    Stage stage;
    stage.request.query = {};
    stage.request.query.add("q", "見本");
    stage.request.query.add("sort", "name");
    stage.request.query.add("page", "3");
    const auto visit = stage.visit();
    CHECK(here_with(visit, "page", "4").text() == "/list?q=%E8%A6%8B%E6%9C%AC&sort=name&page=4");
    CHECK(here_with(visit, "sort", "-name").text() == "/list?q=%E8%A6%8B%E6%9C%AC&sort=-name");
    CHECK(sorting(visit, {"date", "name"}).key == "name");
    CHECK(sorting(visit, {"date"}).key == "date"); // a name that is not offered never reaches the store
    CHECK(office::paging(visit, 120).page == 3);
    CHECK(office::paging(visit, 60).page == 2);
    CHECK(office::paging(visit, 0).page == 1);
    const auto table =
        data_table(visit, {.caption = "名簿", .columns = {{"氏名", "name"}}, .rows = {{"見本 太郎"}}}).markup();
    CHECK(table.find("aria-sort=\"ascending\"") != std::string::npos);
    CHECK(table.find("sort=-name") != std::string::npos);
}

TEST_CASE("numbers are grouped as people read them")
{
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(4413) == "4,413");
    CHECK(grouped(-1234567) == "-1,234,567");
}

TEST_CASE("progress tells figures to eyes and to the script alike")
{
    CHECK(progress_json({.label = "組み上げ", .done = 2387, .total = 4413}, false) ==
          "{\"done\":2387,\"total\":4413,\"finished\":false,\"text\":\"2,387 / 4,413件（54%）\"}");
    const auto unknown = progress_bar({.label = "組み上げ", .done = 3}).markup();
    CHECK(unknown.find("value=") == std::string::npos);
    CHECK(unknown.find("data-watch") == std::string::npos);
}

TEST_CASE("a select shows groups under their headings, and a field says when it is needed")
{
    const std::vector<Choice> choices{{"", "すべて"},
                                      {"a", "甲", {}, false, "はじめ"},
                                      {"b", "乙", {}, false, "はじめ"},
                                      {"c", "丙", {}, false, "おわり"}};
    const auto select = select_field(filled({{"x", "b"}}), {.name = "x", .label = "行為"}, choices).markup();
    CHECK(select.find("<option value=\"\">すべて</option><optgroup label=\"はじめ\"><option value=\"a\">甲</option>"
                      "<option value=\"b\" selected") != std::string::npos);
    CHECK(select.find("</optgroup><optgroup label=\"おわり\"><option value=\"c\">丙</option></optgroup></select>") !=
          std::string::npos);
    const auto text = text_field({}, {.name = "n", .label = "数量", .needed_when = "渡すときは必須"}).markup();
    CHECK(text.find("渡すときは必須") != std::string::npos);
    CHECK(text.find("任意") == std::string::npos);
}
