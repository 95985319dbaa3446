#include "entrustment/pages/editing/edit_form.h"

#include "entrustment/definition/definition.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/entrustment_rules.h"

#include <doctest/doctest.h>

namespace azukari::entrustment {
namespace {

const Definitions& definitions()
{
    static const Definitions read = *read_definitions(AZK_SOURCE_DIR "/definitions");
    return read;
}

// What a browser sends back: the fields of the form, one of them with another value.
http::Fields changed(const http::Fields& form, std::string_view name, const std::string& value)
{
    http::Fields out;
    for (const auto& [field, was] : form.pairs()) out.add(field, field == name ? value : was);
    if (!form.has(name)) out.add(std::string(name), value);
    return out;
}

const Entrustment& training()
{
    return definitions().entrustments.back().current;
}

} // namespace

TEST_CASE("a form sent back as it was drawn changes nothing, whatever the section and the entrustment [K01] [K02]")
{
    for (const auto& definition : definitions().entrustments) {
        for (const auto& section : edit_sections(definition.current)) {
            INFO(definition.current.code << " " << section.code);
            const auto state = form_of(definition.current, section.code);
            const auto read = read_form(state.values, definition.current, section.code);
            CHECK(read.refusals.empty());
            CHECK(read.content == definition.current);
            const auto drawn = form_fields(state, definition.current, section.code, definitions().catalogues).markup();
            for (const auto& [name, value] : state.values.pairs()) {
                INFO(name);
                CHECK(drawn.find("name=\"" + name + "\"") != std::string::npos);
            }
        }
    }
}

TEST_CASE("measures are written a line each, with or without numbers, and (1) belongs to the one above")
{
    const auto form = changed(form_of(training(), "measures-training").values, "parts[0].measures.ward_system",
                              "1 一つ目\r\n\r\n二つ目\r\n(1) その内\r\n3 三つ目\r\n");
    const auto read = read_form(form, training(), "measures-training");
    CHECK(read.content.parts[0].measures.ward_system ==
          std::vector<std::string>{"一つ目", "二つ目\n(1) その内", "三つ目"});
}

TEST_CASE("what is wrong in a row is said beside that row, though empty rows above it were left out")
{
    auto form = form_of(training(), "outline").values;
    for (const char* column : {"name", "number", "unit", "about", "times", "total"}) // an empty row, then a bad one
        form.add(std::string("outline.figures[2].") + column, "");
    form.add("outline.figures[3].name", "単位のない行");
    form.add("outline.figures[3].number", "5");
    form.add("outline.figures[3].unit", "");
    auto read = read_form(form, training(), "outline");
    REQUIRE(read.refusals.empty());
    REQUIRE(read.content.outline.figures.size() == 3);
    const auto checked = check(read.content);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().field() == "outline.figures[2].unit");
    CHECK(read.in_form(checked.error()).field() == "outline.figures[3].unit");
}

TEST_CASE("a number that is none and a day that no calendar holds are refused beside their fields")
{
    const auto figures = changed(form_of(training(), "outline").values, "outline.figures[0].number", "五十");
    const auto read = read_form(figures, training(), "outline");
    REQUIRE(read.refusals.size() == 1);
    CHECK(read.refusals[0].field() == "outline.figures[0].number");
    const auto term = changed(form_of(training(), "part-training").values, "parts[0].term.end", "2026-02-30");
    const auto part = read_form(term, training(), "part-training");
    REQUIRE(part.refusals.size() == 1);
    CHECK(part.refusals[0].is(kBadDate));
}

TEST_CASE("an empty measure list is refused beside its text area")
{
    const auto form = changed(form_of(training(), "measures-training").values, "parts[0].measures.ward_system", "");
    const auto read = read_form(form, training(), "measures-training");
    const auto checked = check(read.content);
    REQUIRE_FALSE(checked);
    CHECK(read.in_form(checked.error()).field() == "parts[0].measures.ward_system");
}

} // namespace azukari::entrustment
