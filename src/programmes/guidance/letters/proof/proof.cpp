#include "programmes/guidance/letters/proof/proof.h"

#include "infra/pdf/file/deflater.h"
#include "infra/pdf/paragraph.h"
#include "programmes/guidance/letters/letter_setter.h"
#include "programmes/guidance/letters/proof/longest_values.h"

#include <algorithm>
#include <fmt/format.h>

namespace azukari::guidance {

namespace {

constexpr pdf::Ink kFine{30, 90, 200}, kWrong{200, 30, 30};
constexpr std::size_t kWhole = 100'000; // no limit on texts
constexpr double kQuietZone = 2;        // mm around a customer barcode, by the manual

struct Frame {
    double x, y, width, height; // millimetres
    std::string field;
    bool overlaps(const Frame& other) const
    {
        constexpr double kTouch = 0.1;
        return x + kTouch < other.x + other.width && other.x + kTouch < x + width &&
               y + kTouch < other.y + other.height && other.y + kTouch < y + height;
    }
    bool leaves(pdf::PageSize paper) const
    {
        return x < 0 || y < 0 || x + width > paper.width || y + height > paper.height;
    }
};

double millimetres(double points)
{
    return points / pdf::kPointsPerMm;
}

// One page of one category being tried.
class ProofPage {
public:
    ProofPage(pdf::Canvas& canvas, pdf::Canvas& trial, const LetterLayout& layout, const RecipientLayout& columns,
              Category category, std::size_t index)
        : canvas_(canvas),
          trial_(trial),
          columns_(columns),
          page_(layout.pages_of(category)[index]),
          category_(category),
          number_(static_cast<unsigned>(index + 1)),
          pages_(static_cast<unsigned>(layout.pages_of(category).size())),
          longest_(longest_addressee(columns, category, kWhole))
    {
    }

    void draw()
    {
        const auto mine = [this](const auto& element) {
            return element.categories[static_cast<std::size_t>(category_)];
        };
        for (const auto& text : page_.texts)
            if (mine(text) && !text.phrase.is_fixed()) try_text(text);
        for (const auto& flow : page_.flows)
            if (mine(flow)) try_flow(flow);
        for (const auto& result : page_.results) try_result(result);
        for (const auto& postal : page_.postals) show_postal(postal);
        for (const auto& code : page_.codes) frame({code.x, code.y, code.width, code.width, "二次元コード"}, true);
        judge_places();
    }

    std::size_t fields() const { return frames_.size(); }
    std::vector<std::pair<std::string, std::string>> take_findings() { return std::move(findings_); }

private:
    std::string words(const Phrase& phrase, const Addressee& to) const
    {
        std::string scratch;
        return std::string(phrase.fill(to, number_, pages_, scratch));
    }
    void find(const std::string& field, std::string what) { findings_.emplace_back(field, std::move(what)); }

    void frame(Frame made, bool fits)
    {
        const auto ink = fits ? kFine : kWrong;
        canvas_.rectangle(made.x, made.y, made.width, made.height, fits ? 0.3 : 1, ink);
        canvas_.text(made.x, made.y - 0.5, made.field + (fits ? "" : "　収まりません"),
                     {.face = pdf::Style::gothic, .size = 5, .ink = ink});
        frames_.push_back(std::move(made));
    }

    // The longest value first, then every word a field may hold, which a table of words may turn into anything.
    template <class Set>
    void try_values(const Phrase& phrase, const Set& set)
    {
        std::vector<std::string> lacking;
        const auto attempt = [&](const Addressee& to) {
            trial_.clear();
            const bool fits = set(to);
            for (const auto& character : trial_.missing())
                if (std::ranges::find(lacking, character) == lacking.end()) lacking.push_back(character);
            return fits;
        };
        if (!attempt(longest_)) find(phrase.source(), limit_sentence(phrase.columns(), attempt));
        for (const auto column : phrase.columns())
            for (const auto& value : other_values(columns_.columns()[column]))
                if (!attempt(with_value(longest_, column, value)) && attempt(longest_))
                    find(phrase.source(), fmt::format("値が「{}」のとき、収まりません。", value));
        if (!lacking.empty()) find(phrase.source(), missing_sentence(lacking));
    }

    // How long the texts of a field may be. `attempt` says of somebody whether he fits.
    template <class Attempt>
    std::string limit_sentence(const std::vector<std::size_t>& columns, const Attempt& attempt) const
    {
        std::size_t longest = 0;
        std::string names;
        for (const auto column : columns) {
            const auto& facts = columns_.columns()[column];
            if (facts.kind != CellKind::text) continue;
            longest = std::max(longest, facts.longest);
            names += fmt::format("{}{}({}字まで)", names.empty() ? "" : "、", facts.header, facts.longest);
        }
        if (longest == 0) return "最も長い値が収まりません。";
        std::size_t fits = 0;
        while (fits < longest && attempt(longest_addressee(columns_, category_, fits + 1))) ++fits;
        if (fits == 0) return fmt::format("{}: 1字でも収まりません。", names);
        return fmt::format("{}: {}{}字までなら収まります。それより長い人の通知は作成されません。", names,
                           columns.size() > 1 ? "それぞれ" : "", fits);
    }

    void try_text(const TextElement& text)
    {
        const double most = text.most > 0 ? text.most : canvas_.size().width;
        const std::size_t before = findings_.size();
        try_values(text.phrase, [&](const Addressee& to) {
            return trial_.text_within(text.x, text.y, words(text.phrase, to), text.style, text.align, most,
                                      text.least_size);
        });
        const auto value = words(text.phrase, longest_);
        auto style = text.style;
        if (!canvas_.text_within(text.x, text.y, value, style, text.align, most, text.least_size)) {
            style.size = text.least_size;
            style.ink = kWrong;
            canvas_.text(text.x, text.y, value, style, text.align);
        }
        const double width = text.most > 0 ? text.most : std::max(canvas_.width_of(value, text.style), 1.0);
        const double left = text.align == pdf::Align::left     ? text.x
                            : text.align == pdf::Align::centre ? text.x - width / 2
                                                               : text.x - width;
        frame(around_line(left, text.y, width, text.style.size, text.phrase), findings_.size() == before);
    }

    static Frame around_line(double left, double baseline, double width, double size_pt, const Phrase& phrase)
    {
        const double size = millimetres(size_pt);
        return {left, baseline - 0.9 * size, width, 1.1 * size, phrase.source()};
    }

    void try_flow(const FlowElement& flow)
    {
        std::string field;
        std::vector<std::size_t> columns;
        for (const auto& line : flow.lines) {
            field += (field.empty() ? "" : " ") + line.phrase.source();
            for (const auto column : line.phrase.columns()) columns.push_back(column);
        }
        const auto attempt = [&](const Addressee& to) {
            trial_.clear();
            return draw_flow(trial_, flow, to, number_, pages_);
        };
        const bool fits = attempt(longest_);
        if (!trial_.missing().empty()) find(field, missing_sentence(trial_.missing()));
        if (!fits) find(field, limit_sentence(columns, attempt));
        draw_flow(canvas_, flow, longest_, number_, pages_);
        const double size = flow.lines.empty() ? 0 : millimetres(flow.lines.front().style.size);
        frame({flow.x, flow.y - 0.9 * size, flow.width, flow.bottom - flow.y + 1.1 * size, field}, fits);
    }

    void try_result(const ResultElement& result)
    {
        const std::size_t before = findings_.size();
        auto style = result.style;
        style.face = pdf::Style::gothic; // as a value that is marked
        try_values(result.value, [&](const Addressee& to) {
            return trial_.text(result.value_x, result.y, words(result.value, to), style, pdf::Align::right) <=
                   result.most;
        });
        canvas_.text(result.value_x, result.y, words(result.value, longest_), style, pdf::Align::right);
        canvas_.text(result.mark_x, result.y, "▲", style, pdf::Align::centre);
        frame(around_line(result.value_x - result.most, result.y, result.most, style.size, result.value),
              findings_.size() == before);
    }

    void show_postal(const PostalElement& postal)
    {
        const double width = pdf::barcode_width(postal.size_pt);
        const double height = pdf::barcode_height(postal.size_pt);
        canvas_.bars(postal.x, postal.y, postal.size_pt, pdf::customer_barcode("1600000", "1-2-3").value());
        frame({postal.x - kQuietZone, postal.y - kQuietZone, width + 2 * kQuietZone, height + 2 * kQuietZone,
               "カスタマバーコードと余白"},
              true);
    }

    void judge_places()
    {
        for (std::size_t i = 0; i < frames_.size(); ++i) {
            if (frames_[i].leaves(canvas_.size())) find(frames_[i].field, "紙の外に出ます。");
            for (std::size_t j = 0; j < i; ++j)
                if (frames_[i].overlaps(frames_[j]))
                    find(frames_[i].field, fmt::format("「{}」の欄と重なります。", frames_[j].field));
        }
    }

    pdf::Canvas& canvas_;
    pdf::Canvas& trial_;
    const RecipientLayout& columns_;
    const PageLayout& page_;
    Category category_;
    unsigned number_, pages_;
    Addressee longest_;
    std::vector<Frame> frames_;
    std::vector<std::pair<std::string, std::string>> findings_; // field, what
};

// The same finding on pages that several categories share is said once.
class Findings {
public:
    void add(const CategoryFacts& facts, unsigned page, const std::string& field, const std::string& what)
    {
        const auto same = std::ranges::find_if(
            all_, [&](const Found& f) { return f.page == page && f.field == field && f.what == what; });
        auto& found = same != all_.end() ? *same : all_.emplace_back(Found{page, field, what, {}});
        if (found.categories.find(facts.letter) == std::string::npos) found.categories += facts.letter;
    }
    std::vector<ProofFinding> told() const
    {
        std::vector<ProofFinding> told;
        for (const auto& found : all_) {
            std::string letters;
            for (const char letter : found.categories)
                letters += fmt::format("{}{}", letters.empty() ? "" : "・", letter);
            told.push_back({fmt::format("対象者区分{}の{}枚目", letters, found.page), found.field, found.what});
        }
        return told;
    }

private:
    struct Found {
        unsigned page;
        std::string field, what, categories;
    };
    std::vector<Found> all_;
};

// The list in front, over as many pages as it takes.
class Summary {
public:
    Summary(pdf::Document& paper, const LetterLayout& layout) : paper_(paper), canvas_(paper.shaper())
    {
        canvas_.text(kLeft, 28, "校正紙", {.face = pdf::Style::gothic, .size = 18});
        y_ = 38;
        say(layout.title, {.face = pdf::Style::gothic, .size = 11});
        say("対象者区分ごとのすべての紙に、対象者データで許される最も長い値を入れて組んだものです。実在の人の情報は入っ"
            "ていません。青い枠が欄、枠の左上の小さな字が欄の中身です。収まらない欄は赤い太枠です。並んだ数字は字数を"
            "数えるためのものです(10字ごとに０)。",
            {.size = 10});
        std::string categories;
        for (const auto& facts : kCategories)
            categories += fmt::format("{}{} {}", categories.empty() ? "" : "、", facts.letter, facts.title);
        say("対象者区分: " + categories, {.size = 10});
        y_ += 4;
    }
    void tell(const Proof& proof)
    {
        say(fmt::format("確かめた紙 {}枚、欄 {}か所、直すところ {}か所", proof.pages, proof.fields,
                        proof.findings.size()),
            {.face = pdf::Style::gothic, .size = 11});
        if (proof.findings.empty())
            say("すべての欄に、最も長い値が収まります。印刷できない文字はありません。", {.size = 10});
        for (const auto& finding : proof.findings) {
            y_ += 2;
            say(fmt::format("{}　{}", finding.page, finding.field), {.face = pdf::Style::gothic, .size = 10});
            say(finding.what, {.size = 10});
        }
        paper_.add_page(canvas_);
    }

private:
    static constexpr double kLeft = 25, kWidth = 160, kLeading = 6, kBottom = 275;
    void say(const std::string& text, const pdf::TextStyle& style)
    {
        const auto lines = pdf::break_lines(canvas_.shaper(), text, style, kWidth).size();
        if (y_ + static_cast<double>(lines) * kLeading > kBottom) {
            paper_.add_page(canvas_);
            canvas_.clear();
            y_ = 28;
        }
        y_ = pdf::set_paragraph(canvas_, {kLeft, y_, kWidth, kLeading}, text, style);
    }

    pdf::Document& paper_;
    pdf::Canvas canvas_;
    double y_ = 0;
};

} // namespace

Proof write_proof(const pdf::FontBook& fonts, const LetterLayout& layout, const RecipientLayout& columns,
                  pdf::Sink& sink)
{
    pdf::Document paper(sink, fonts, {.title = layout.title + " 校正紙", .author = layout.author});
    pdf::Canvas canvas(paper.shaper());
    pdf::Canvas trial(paper.shaper());
    pdf::Deflater deflater;
    Proof proof;
    Findings findings;
    std::vector<std::string> drawn; // compressed; the summary goes before them
    for (const auto& facts : kCategories) {
        const auto& pages = layout.pages_of(facts.category);
        for (std::size_t index = 0; index < pages.size(); ++index) {
            const auto number = static_cast<unsigned>(index + 1);
            canvas.clear();
            for (const auto& problem : draw_fixed(canvas, pages, index, facts.category))
                findings.add(facts, number, "全員に同じ文", problem);
            const auto form = paper.add_form(canvas, pages[index].beneath.get());
            canvas.clear();
            canvas.form(form);
            canvas.text(canvas.size().width - 5, 6,
                        fmt::format("校正紙　{} {}　{}枚目", facts.letter, facts.title, number),
                        {.face = pdf::Style::gothic, .size = 7, .ink = kFine}, pdf::Align::right);
            ProofPage page(canvas, trial, layout, columns, facts.category, index);
            page.draw();
            for (const auto& [field, what] : page.take_findings()) findings.add(facts, number, field, what);
            proof.fields += page.fields();
            ++proof.pages;
            deflater.deflate_into(drawn.emplace_back(), canvas.content());
        }
    }
    proof.findings = findings.told();
    Summary(paper, layout).tell(proof);
    for (const auto& page : drawn) paper.add_page(page);
    paper.finish();
    return proof;
}

} // namespace azukari::guidance
