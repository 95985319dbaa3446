#include "entrustment/entrustment.h"
#include "entrustment/provisions.h"

#include "base/check.h"

#include <algorithm>

namespace azukari::entrustment {
namespace {

std::string with_commas(std::int64_t number)
{
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

struct Evidence {
    std::string_view code;
    std::string_view japanese;
};
constexpr Evidence kEvidence[] = {
    {"measures", "情報保護対策の実施状況"},
    {"access_log", "アクセス記録"},
    {"declared_items", "情報項目の登録"},
    {"collection_record", "収集の記録"},
    {"exit_record", "持出し・提供の承認記録"},
    {"custody_record", "保管の記録"},
    {"none_allowed", "再委託のないことの確認"},
    {"sub_entrustment", "再委託の承諾記録"},
    {"return_record", "返還の記録"},
    {"erasure_certificate", "消去証明書"},
    {"roster", "名簿"},
    {"status_report", "取扱い状況の報告"},
    {"inspection", "立入り調査の記録"},
    {"training", "研修の記録"},
    {"incident_report", "事故報告書"},
    {"guidance_record", "改善指導の記録"},
    {"damages_record", "損害賠償の記録"},
    {"complaint", "苦情処理の記録"},
    {"termination", "契約解除の記録"},
};

constexpr auto kEvidenceCodes = [] {
    std::array<std::string_view, std::size(kEvidence)> codes;
    for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = kEvidence[i].code;
    return codes;
}();

constexpr std::string_view kOriginCodes[] = {"provided", "collected"};
constexpr std::string_view kPlaceCodes[] = {"person", "contractor", "ward", "store", "third"};

template <class Enum, std::size_t N>
std::optional<Enum> among(const std::string_view (&codes)[N], std::string_view code)
{
    const auto found = std::find(std::begin(codes), std::end(codes), code);
    if (found == std::end(codes)) return std::nullopt;
    return static_cast<Enum>(found - std::begin(codes));
}

} // namespace

std::string spoken(const Figure& figure)
{
    std::string text = figure.about == "約" ? "約" : "";
    text += with_commas(figure.number) + figure.unit;
    if (figure.about == "程度") text += "程度";
    if (figure.times > 1) text += "×" + std::to_string(figure.times) + "回";
    return text;
}

CivilDate Entrustment::start() const
{
    AZK_CHECK(!parts.empty());
    return std::min_element(parts.begin(), parts.end(),
                            [](const Part& a, const Part& b) { return a.term.start < b.term.start; })
        ->term.start;
}

CivilDate Entrustment::end() const
{
    AZK_CHECK(!parts.empty());
    return std::max_element(parts.begin(), parts.end(),
                            [](const Part& a, const Part& b) { return a.term.end < b.term.end; })
        ->term.end;
}

bool Entrustment::contractor_decided() const
{
    return std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.contractor.decided(); });
}

bool Entrustment::recurring() const
{
    return std::all_of(parts.begin(), parts.end(), [](const Part& part) { return part.term.recurring; });
}

const Item* Entrustment::declared(std::string_view item_code) const
{
    for (const auto& part : parts)
        for (const auto& group : part.item_groups)
            for (const auto& item : group.items)
                if (item.code == item_code) return &item;
    return nullptr;
}

std::string_view code_of(Origin origin)
{
    return kOriginCodes[static_cast<std::size_t>(origin)];
}

std::string_view japanese(Origin origin)
{
    return origin == Origin::provided ? "委託先に提供する項目" : "委託先に収集させる項目";
}

std::optional<Origin> origin_of(std::string_view code)
{
    return among<Origin>(kOriginCodes, code);
}

std::string_view code_of(PlaceKind kind)
{
    return kPlaceCodes[static_cast<std::size_t>(kind)];
}

std::string_view japanese(PlaceKind kind)
{
    constexpr std::string_view names[] = {"本人", "受託者", "区", "保管場所", "その他の機関"};
    return names[static_cast<std::size_t>(kind)];
}

std::optional<PlaceKind> place_kind_of(std::string_view code)
{
    return among<PlaceKind>(kPlaceCodes, code);
}

std::vector<Clause> clauses_of(const Catalogue& catalogue, const AttachedProvisions& attached)
{
    AZK_CHECK(catalogue.code == attached.catalogue);
    auto clauses = catalogue.clauses;
    for (const auto& replaced : attached.replaced)
        for (auto& clause : clauses)
            if (clause.number == replaced.clause) clause.text = replaced.text;
    return clauses;
}

std::string_view evidence_in_japanese(std::string_view code)
{
    for (const auto& evidence : kEvidence)
        if (evidence.code == code) return evidence.japanese;
    return {};
}

std::span<const std::string_view> evidence_codes()
{
    return kEvidenceCodes;
}

} // namespace azukari::entrustment
