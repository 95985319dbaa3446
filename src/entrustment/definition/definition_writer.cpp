#include "entrustment/definition/definition.h"

#include <fmt/format.h>

namespace azukari::entrustment {
namespace {

// A basic TOML string. Every line break is written as one, so that a version's text stays readable and diffs by line.
std::string quoted(std::string_view text)
{
    const bool several_lines = text.find('\n') != std::string_view::npos;
    std::string out = several_lines ? "\"\"\"\n" : "\"";
    for (const char c : text) {
        if (c == '"') {
            out += "\\\"";
        } else if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += '\n';
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out + (several_lines ? "\"\"\"" : "\"");
}

std::string list(const std::vector<std::string>& texts)
{
    std::string out = "[";
    for (const auto& text : texts) out += "\n    " + quoted(text) + ",";
    return out + (texts.empty() ? "]" : "\n]");
}

std::string words(const std::vector<std::string>& texts)
{
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
    return "[" + out + "]";
}

class Writer {
public:
    void heading(std::string_view text) { out_ += fmt::format("\n{}\n", text); }
    void text(std::string_view key, std::string_view value) { raw(key, quoted(value)); }
    void raw(std::string_view key, std::string_view value) { out_ += fmt::format("{} = {}\n", key, value); }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

// { code = "…", … }: strings inside are on one line or escaped, as inline tables demand.
class Inline {
public:
    Inline& text(std::string_view key, std::string_view value, bool even_when_empty = true)
    {
        return value.empty() && !even_when_empty ? *this : raw(key, quoted(value));
    }
    Inline& raw(std::string_view key, std::string_view value)
    {
        out_ += fmt::format("{}{} = {}", out_.empty() ? "" : ", ", key, value);
        return *this;
    }
    std::string line() const { return "\n    { " + out_ + " },"; }

private:
    std::string out_;
};

void write_cover(Writer& out, const PaperCover& paper)
{
    out.heading("[paper]");
    out.text("body", paper.body);
    out.text("kind", paper.kind);
    out.text("heading", paper.heading);
    out.text("title", paper.title);
    out.text("basis_heading", paper.basis_heading);
    out.raw("basis", list(paper.basis));
    out.text("department", paper.department);
    out.text("sheet_heading", paper.sheet_heading);
    out.text("compared_with", paper.compared_with);
}

void write_outline(Writer& out, const Outline& outline)
{
    out.heading("[outline]");
    out.text("name", outline.name);
    out.text("section", outline.section);
    out.text("purpose", outline.purpose);
    out.text("subjects", outline.subjects);
    out.text("content", outline.content);
    std::string lines;
    for (const auto& figure : outline.figures) {
        Inline line;
        line.text("name", figure.name).raw("number", std::to_string(figure.number)).text("unit", figure.unit);
        line.text("about", figure.about, false);
        if (figure.times != 1) line.raw("times", std::to_string(figure.times));
        if (figure.total) line.raw("total", "true");
        lines += line.line();
    }
    out.raw("figures", "[" + lines + (lines.empty() ? "]" : "\n]"));
}

void write_group(Writer& out, const ItemGroup& group)
{
    out.heading("[[parts.item_groups]]");
    out.text("heading", group.heading);
    std::vector<std::string> origins;
    for (const auto origin : group.origins) origins.emplace_back(code_of(origin));
    out.raw("origins", words(origins));
    out.text("attachment", group.attachment);
    std::string lines;
    for (const auto& item : group.items) {
        Inline line;
        line.text("code", item.code).text("name", item.name);
        if (!item.values.empty()) line.raw("values", words(item.values));
        line.text("remark", item.remark, false);
        if (item.note != 0) line.raw("note", std::to_string(item.note));
        if (item.joined) line.raw("joined", "true");
        lines += line.line();
    }
    out.raw("items", "[" + lines + "\n]");
    lines.clear();
    for (const auto& note : group.notes) lines += Inline().text("code", note.code).text("text", note.text).line();
    out.raw("notes", "[" + lines + (lines.empty() ? "]" : "\n]"));
}

void write_part(Writer& out, const Part& part)
{
    out.heading("[[parts]]");
    out.text("code", part.code);
    out.text("title", part.title);
    out.text("holder", part.holder);
    out.text("registered_name", part.registered_name);
    out.text("media", part.media);
    out.text("reason", part.reason);
    out.text("content", part.content);
    out.heading("[parts.contractor]");
    out.text("name", part.contractor.name);
    out.text("selection", part.contractor.selection);
    out.heading("[parts.term]");
    out.raw("start", part.term.start.iso());
    out.raw("end", part.term.end.iso());
    out.text("text", part.term.text);
    out.raw("recurring", part.term.recurring ? "true" : "false");
    for (const auto& group : part.item_groups) write_group(out, group);
    out.heading("[parts.measures]");
    out.raw("ward_operational", list(part.measures.ward_operational));
    out.raw("ward_system", list(part.measures.ward_system));
    out.raw("contractor_operational", list(part.measures.contractor_operational));
    out.raw("contractor_system", list(part.measures.contractor_system));
}

void write_flow(Writer& out, const InformationFlow& flow)
{
    out.heading("[[flows]]");
    out.text("title", flow.title);
    std::string lines;
    for (const auto& place : flow.nodes)
        lines += Inline().text("code", place.code).text("kind", code_of(place.kind)).text("name", place.name).line();
    out.raw("nodes", "[" + lines + "\n]");
    lines.clear();
    for (const auto& path : flow.edges)
        lines +=
            Inline().text("from", path.from).text("to", path.to).text("what", path.what).text("how", path.how).line();
    out.raw("edges", "[" + lines + (lines.empty() ? "]" : "\n]"));
}

} // namespace

std::string write_definition(const Entrustment& entrustment)
{
    Writer out;
    out.text("code", entrustment.code);
    write_cover(out, entrustment.paper);
    write_outline(out, entrustment.outline);
    for (const auto& part : entrustment.parts) write_part(out, part);
    out.heading("[provisions]");
    out.text("catalogue", entrustment.provisions.catalogue);
    std::string lines;
    for (const auto& replaced : entrustment.provisions.replaced)
        lines += Inline().raw("clause", std::to_string(replaced.clause)).text("text", replaced.text).line();
    out.raw("replaced", "[" + lines + (lines.empty() ? "]" : "\n]"));
    for (const auto& flow : entrustment.flows) write_flow(out, flow);
    out.heading("[workflow]");
    lines.clear();
    for (const auto& step : entrustment.work_steps)
        lines += Inline().text("who", step.who).text("what", step.what).text("medium", step.medium).line();
    out.raw("steps", "[" + lines + (lines.empty() ? "]" : "\n]"));
    return out.take();
}

} // namespace azukari::entrustment
