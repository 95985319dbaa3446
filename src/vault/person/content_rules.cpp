#include "vault/person/content_rules.h"

#include "infra/text/folding.h"
#include "vault/declared/item_shape.h"
#include "vault/vault_refusals.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace azukari::vault {
namespace {

class Examination {
public:
    Examination(const Ground& ground, const matters::Matters& matters, const DocumentKind& kind, CivilDate today,
                RecordContent& content)
        : ground_(ground), matters_(matters), kind_(kind), today_(today), content_(content)
    {
    }

    std::vector<Refusal> all()
    {
        circumstances();
        auto values = std::move(content_.values);
        content_.values.clear();
        for (auto& [code, value] : values) this->value(code, value);
        whole();
        origin();
        if (text::is_blank(content_.reason)) object("reason", kReasonExpected);
        std::erase_if(content_.kept_words, [&](const auto& kept) { return !content_.values.contains(kept.first); });
        return std::move(refusals_);
    }

private:
    template <class... Arguments>
    void object(std::string field, const RefusalKind& kind, Arguments&&... arguments)
    {
        refusals_.emplace_back(kind, std::vector<std::string>{std::string(arguments)...}, std::move(field));
    }

    void circumstances()
    {
        for (const auto& code : content_.circumstances)
            if (ground_.items->condition(code) == nullptr) object("circumstance", kUnknownCircumstance, code);
    }

    bool holds_items(std::string_view code) const
    {
        return kind_.items.empty() || std::find(kind_.items.begin(), kind_.items.end(), code) != kind_.items.end();
    }

    void value(const std::string& code, const std::string& text)
    {
        const auto field = "item." + code;
        const auto* item = ground_.items->find(code);
        if (item == nullptr || !holds_items(code)) {
            object(field, kNotDeclared, item == nullptr ? code : item->name);
            return;
        }
        const auto shape = shape_of(code);
        auto written = well_written(shape, item->name, text, today_);
        if (!written) {
            refusals_.push_back(written.error().at_field(field));
            content_.values.emplace(code, text);
            return;
        }
        if (written->empty()) return;
        if (!item->values.empty() && !is_among(*written, item->values))
            object(field, kNotAmongValues, item->name, fmt::format("{}", fmt::join(item->values, "、")));
        if (!item->condition.empty() && !content_.circumstances.contains(item->condition))
            object(field, kConditionNotMet, item->name, ground_.items->condition(item->condition)->text);
        if (item->values.empty() && is_free_text(shape)) words(*item, *written);
        content_.values.emplace(code, *std::move(written));
    }

    // Warns and asks; the writer decides and says why. [K23]
    void words(const DeclaredItem& item, const std::string& text)
    {
        if (std::find(ground_.allowed.begin(), ground_.allowed.end(), item.name) != ground_.allowed.end()) return;
        const auto found = matters_.find(text, matters::Care::prohibited);
        const auto kept = content_.kept_words.find(item.code);
        if (found.empty()) {
            if (kept != content_.kept_words.end()) content_.kept_words.erase(kept);
        } else if (kept == content_.kept_words.end() || text::is_blank(kept->second)) {
            object("item." + item.code, kProhibitedWords, item.name, matters::spoken(found));
        }
    }

    void whole()
    {
        if (kind_.code == kBasic && ground_.items->find("name") != nullptr && !content_.values.contains("name"))
            object("item.name", kNameMissing);
        else if (content_.values.empty() && refusals_.empty())
            object("", kNothingWritten);
    }

    bool may_come_from(const DeclaredItem& item, Source source) const
    {
        if (source == Source::ward && item.from_ward) return true;
        return std::any_of(ground_.indirect.begin(), ground_.indirect.end(), [&](const Indirect& allowed) {
            return allowed.item == item.code && allowed.source == code_of(source);
        });
    }

    void origin()
    {
        auto& origin = content_.origin;
        if (origin.source == Source::agent && text::is_blank(origin.who)) object("who", kRelationExpected);
        if (origin.source == Source::agency && text::is_blank(origin.who)) object("who", kAgencyExpected);
        if (origin.source == Source::person || origin.source == Source::ward) origin.who.clear();
        if (origin.received_on > today_) object("received_on", kReceivedAhead);
        if (origin.direct()) {
            const auto is_shown = [&](const PublishedText& text) {
                return text.kind == TextKind::purpose && text.number == origin.purpose_text;
            };
            const bool any = std::any_of(ground_.texts.begin(), ground_.texts.end(),
                                         [](const auto& text) { return text.kind == TextKind::purpose; });
            if (!any)
                object("purpose_text", kNoPurposeText);
            else if (std::none_of(ground_.texts.begin(), ground_.texts.end(), is_shown))
                object("purpose_text", kPurposeTextExpected);
            return;
        }
        origin.purpose_text = 0;
        for (const auto& [code, text] : content_.values)
            if (const auto* item = ground_.items->find(code); item != nullptr && !may_come_from(*item, origin.source))
                object("item." + code, kIndirectNotAllowed, item->name, japanese(origin.source));
    }

    const Ground& ground_;
    const matters::Matters& matters_;
    const DocumentKind& kind_;
    CivilDate today_;
    RecordContent& content_;
    std::vector<Refusal> refusals_;
};

} // namespace

std::vector<Refusal> examine(const Ground& ground, const matters::Matters& matters, const DocumentKind& kind,
                             CivilDate today, RecordContent& content)
{
    return Examination(ground, matters, kind, today, content).all();
}

} // namespace azukari::vault
