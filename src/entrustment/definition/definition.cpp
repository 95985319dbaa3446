#include "entrustment/definition/definition.h"

#include "base/fault.h"
#include "entrustment/definition/definition_table.h"
#include "entrustment/entrustment_refusals.h"
#include "entrustment/entrustment_rules.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace azukari::entrustment {
namespace {

// A key that must be there, what is expected under it, and where it goes.
struct Said {
    const char* key;
    const char* expected;
    std::string& into;
};
void read_texts(Table& table, std::initializer_list<Said> all)
{
    for (const auto& said : all) said.into = table.text(said.key, said.expected);
}

void read_cover(Table& table, PaperCover& paper)
{
    read_texts(table, {{"body", "付議先の会議の名前", paper.body},
                       {"kind", "報告・諮問・付議のいずれか", paper.kind},
                       {"heading", "表紙の表題", paper.heading},
                       {"title", "件名", paper.title},
                       {"basis_heading", "条例の根拠、要綱の根拠などの見出し", paper.basis_heading},
                       {"department", "担当部課", paper.department}});
    paper.basis = table.texts("basis", "文字列の並び");
    paper.sheet_heading = table.text_or_none("sheet_heading");
    paper.compared_with = table.text_or_none("compared_with");
}

void read_figure(Table& table, Figure& figure)
{
    figure.name = table.text("name", "見込数の名称");
    figure.number = table.integer("number", "整数");
    figure.unit = table.text("unit", "単位");
    figure.about = table.text_or_none("about");
    figure.times = table.integer_or("times", 1);
    figure.total = table.flag_or("total", false);
}

void read_outline(Table& table, Outline& outline)
{
    read_texts(table, {{"name", "事業名", outline.name},
                       {"section", "担当課", outline.section},
                       {"purpose", "目的", outline.purpose},
                       {"subjects", "対象者", outline.subjects},
                       {"content", "事業内容", outline.content}});
    table.tables("figures", "見込数の並び", [&](Table& inner) { read_figure(inner, outline.figures.emplace_back()); });
}

void read_item(Table& table, Item& item)
{
    item.code = table.text("code", "項目の記号");
    item.name = table.text("name", "項目の名称");
    item.values = table.texts_or_none("values");
    item.remark = table.text_or_none("remark");
    item.note = table.integer_or("note", 0);
    item.joined = table.flag_or("joined", false);
}

void read_group(Table& table, ItemGroup& group)
{
    group.heading = table.text("heading", "だれの情報項目かを示す見出し");
    group.origins = table.choices("origins", "\"provided\" と \"collected\" の並び", origin_of);
    group.attachment = table.text_or_none("attachment");
    table.tables("items", "情報項目の並び", [&](Table& inner) { read_item(inner, group.items.emplace_back()); });
    table.tables("notes", nullptr, [&](Table& inner) {
        auto& note = group.notes.emplace_back();
        note.code = inner.text("code", "条件の記号");
        note.text = inner.text("text", "条件");
    });
}

void read_term(Table& table, Term& term)
{
    term.start = table.date("start", "開始日（2026-04-01 の形）");
    term.end = table.date("end", "期限の日（2027-03-31 の形）");
    term.text = table.text("text", "開始時期及び期限の文");
    term.recurring = table.flag_or("recurring", false);
}

void read_part(Table& table, Part& part)
{
    read_texts(table, {{"code", "件名の記号", part.code},
                       {"title", "件名", part.title},
                       {"holder", "保有課", part.holder},
                       {"registered_name", "登録業務の名称", part.registered_name},
                       {"media", "記録媒体", part.media},
                       {"reason", "委託理由", part.reason},
                       {"content", "委託の内容", part.content}});
    table.table("contractor", "委託先の表", [&](Table& inner) {
        part.contractor.name = inner.text("name", "委託先の名称（未定なら \"\"）");
        part.contractor.selection = inner.text_or_none("selection");
    });
    table.table("term", "期間の表", [&](Table& inner) { read_term(inner, part.term); });
    table.tables("item_groups", "情報項目のまとまりの並び",
                 [&](Table& inner) { read_group(inner, part.item_groups.emplace_back()); });
    table.table("measures", "対策の表", [&](Table& inner) {
        auto& measures = part.measures;
        const auto read = [&](const char* key) { return inner.texts(key, "対策の文の並び"); };
        measures.ward_operational = read("ward_operational");
        measures.ward_system = read("ward_system");
        measures.contractor_operational = read("contractor_operational");
        measures.contractor_system = read("contractor_system");
    });
}

void read_flow(Table& table, InformationFlow& flow)
{
    flow.title = table.text("title", "図の題");
    table.tables("nodes", "場所の並び", [&](Table& inner) {
        auto& place = flow.nodes.emplace_back();
        place.code = inner.text("code", "場所の記号");
        place.kind = inner.choice("kind", "person・contractor・ward・store・third のいずれか", place_kind_of);
        place.name = inner.text("name", "場所の名称");
    });
    table.tables("edges", "流れの並び", [&](Table& inner) {
        auto& path = flow.edges.emplace_back();
        path.from = inner.text("from", "出る場所の記号");
        path.to = inner.text("to", "入る場所の記号");
        path.what = inner.text("what", "流れるもの");
        path.how = inner.text_or_none("how");
    });
}

void read_whole(Table& table, Entrustment& entrustment)
{
    entrustment.code = table.text("code", "委託の記号");
    table.table("paper", "表紙の表", [&](Table& inner) { read_cover(inner, entrustment.paper); });
    table.table("outline", "事業の概要の表", [&](Table& inner) { read_outline(inner, entrustment.outline); });
    table.tables("parts", "件名の並び", [&](Table& inner) { read_part(inner, entrustment.parts.emplace_back()); });
    table.table("provisions", "特記事項の表", [&](Table& inner) {
        entrustment.provisions.catalogue = inner.text("catalogue", "特記事項の記号（toku21 など）");
        inner.tables("replaced", nullptr, [&](Table& clause) {
            auto& replaced = entrustment.provisions.replaced.emplace_back();
            replaced.clause = clause.integer("clause", "項の番号");
            replaced.text = clause.text("text", "項の文言");
        });
    });
    table.tables("flows", nullptr, [&](Table& inner) { read_flow(inner, entrustment.flows.emplace_back()); });
    table.table("workflow", "業務フローの表", [&](Table& inner) {
        inner.tables("steps", "手順の並び", [&](Table& step) {
            auto& read = entrustment.work_steps.emplace_back();
            read.who = step.text("who", "区 又は 受託者");
            read.what = step.text("what", "行うこと");
            read.medium = step.text_or_none("medium");
        });
    });
}

void read_clauses(Table& table, Catalogue& catalogue)
{
    read_texts(table, {{"code", "特記事項の記号", catalogue.code},
                       {"name", "特記事項の名称", catalogue.name},
                       {"law", "根拠となる法令", catalogue.law}});
    table.tables("clauses", "項の並び", [&](Table& inner) {
        auto& clause = catalogue.clauses.emplace_back();
        clause.number = inner.integer("number", "項の番号");
        clause.heading = inner.text("heading", "見出し");
        clause.text = inner.text("text", "文言");
        clause.owed_by = inner.text("owed_by", "受託者 又は 区");
        clause.duties = inner.texts("duties", "義務の並び");
        clause.evidence = inner.text("evidence", "証拠の種類");
    });
}

// Parses, reads with `read(table, noun)` and checks what every such noun must say.
template <class Noun, class F>
Result<Noun> read_checked(std::string_view text, const std::string& name, F&& read)
{
    if (text.size() > kLongestDefinition) return refuse(kTooLong, name, std::to_string(kLongestDefinition));
    const auto document = text::parse_toml(text);
    Reading reading(name);
    if (!document.root) {
        reading.complain(kNotToml, document.error.line, {}, {});
        return tl::unexpected<Refusal>(reading.refusal());
    }
    Noun noun;
    {
        Table table(reading, *document.root, {});
        read(table, noun);
    }
    if (reading.wrong()) return tl::unexpected<Refusal>(reading.refusal());
    if (const auto checked = check(noun); !checked) {
        const auto& refusal = checked.error();
        reading.complain(kBadDefinition, reading.line_of(refusal.field()), {refusal.field(), refusal.sentence()},
                         refusal.field());
        return tl::unexpected<Refusal>(reading.refusal());
    }
    return noun;
}

struct File {
    std::string name;
    std::string text;
};

std::vector<File> toml_files(const std::filesystem::path& directory)
{
    std::vector<std::filesystem::path> paths;
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(directory, gone))
        if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<File> files;
    for (const auto& path : paths) {
        std::ifstream in(path, std::ios::binary);
        if (!in) throw Fault("定義ファイルを読めません：" + path.string());
        files.push_back({path.string(), {std::istreambuf_iterator<char>(in), {}}});
    }
    return files;
}

} // namespace

Result<Entrustment> read_entrustment(std::string_view toml, const std::string& name)
{
    return read_checked<Entrustment>(toml, name, read_whole);
}

Result<Catalogue> read_catalogue(std::string_view toml, const std::string& name)
{
    return read_checked<Catalogue>(toml, name, read_clauses);
}

Result<Definitions> read_definitions(const std::string& directory)
{
    Definitions definitions;
    const std::filesystem::path root(directory);
    if (const auto words = root / "collection/matters.toml"; std::filesystem::exists(words)) {
        AZK_TRY(definitions.matters, matters::Matters::read(words.string()));
    }
    for (const auto& file : toml_files(root / "provisions")) {
        AZK_TRY(auto catalogue, read_catalogue(file.text, file.name));
        auto code = catalogue.code;
        definitions.catalogues.insert_or_assign(std::move(code), std::move(catalogue));
    }
    std::map<std::string, Entrustment> earlier;
    for (const auto& file : toml_files(root / "earlier")) {
        AZK_TRY(auto entrustment, read_entrustment(file.text, file.name));
        AZK_REQUIRE(check_provisions(entrustment.provisions, definitions.catalogues));
        auto code = entrustment.code;
        earlier.insert_or_assign(std::move(code), std::move(entrustment));
    }
    std::set<std::string> codes;
    for (const auto& file : toml_files(root)) {
        AZK_TRY(auto entrustment, read_entrustment(file.text, file.name));
        AZK_REQUIRE(check_provisions(entrustment.provisions, definitions.catalogues));
        if (!codes.insert(entrustment.code).second) return refuse(kTwice, file.name + "の記号", entrustment.code);
        auto& definition = definitions.entrustments.emplace_back(Definition{std::move(entrustment), std::nullopt});
        if (const auto found = earlier.find(definition.current.code); found != earlier.end())
            definition.earlier = found->second;
    }
    if (definitions.entrustments.empty()) return refuse(kNoDefinitions, directory);
    return definitions;
}

} // namespace azukari::entrustment
