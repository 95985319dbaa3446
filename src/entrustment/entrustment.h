// 委託: what the ward told its council about work that it entrusts, in the order of the council's paper. One entrustment
// is one paper; a paper may hold several 件名 (parts), each with its own items, term and measures.
#pragma once

#include "base/instant.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::entrustment {

struct PaperCover {            // 表紙
    std::string body;          // 審議会 or 運営会議 that the paper goes to
    std::string kind;          // 報告, 諮問 or 付議
    std::string heading;       // "情報公開・個人情報保護審議会 報告事項"
    std::string title;         // 件名 on the cover
    std::string basis_heading; // 条例の根拠, 要綱の根拠
    std::vector<std::string> basis;
    std::string department;    // 担当部課
    std::string sheet_heading; // printed above the 件名 table; may be empty
    std::string compared_with; // the earlier approval that changed parts are marked against; empty when there was none
    bool operator==(const PaperCover&) const = default;
};

struct Figure { // 想定人数・見込数
    std::string name;
    std::int64_t number = 0;
    std::string unit;
    std::string about;      // 約 or 程度, when the paper is not exact
    std::int64_t times = 1; // 50名×2回
    bool total = false;     // 合計: the sum of the others
    bool operator==(const Figure&) const = default;
};
// "50名程度×2回", "1,130件", "約55件".
std::string spoken(const Figure& figure);

struct Outline {          // 事業の概要
    std::string name;     // 事業名
    std::string section;  // 担当課
    std::string purpose;  // 目的
    std::string subjects; // 対象者
    std::string content;  // 事業内容; one paragraph a line
    std::vector<Figure> figures;
    bool operator==(const Outline&) const = default;
};

struct Contractor {        // 委託先
    std::string name;      // empty: 委託先未定
    std::string selection; // how it will be, or was, chosen
    bool decided() const { return !name.empty(); }
    bool operator==(const Contractor&) const = default;
};

struct Term { // 委託の開始時期及び期限
    CivilDate start = CivilDate::from_days(0);
    CivilDate end = CivilDate::from_days(0); // inclusive
    std::string text;                        // as the paper says it
    bool recurring = false;                  // 次年度以降も、同様の業務委託を行う
    bool operator==(const Term&) const = default;
};

enum class Origin : std::uint8_t { provided, collected }; // 提供する項目, 収集させる項目

struct ItemNote {     // ※1…
    std::string code; // what a programme asks for: "childcare_only"
    std::string text;
    bool operator==(const ItemNote&) const = default;
};

struct Item {         // 情報項目
    std::string code; // stable within its part: "birth_date"
    std::string name;
    std::vector<std::string> values; // the only values it may have, when they are listed
    std::string remark;              // printed after the name in parentheses
    std::int64_t note = 0;           // 1-based number of the condition, 0 for none
    bool joined = false;             // printed with the item before it: 子どもの名前・性別
    bool operator==(const Item&) const = default;
};

struct ItemGroup {
    std::string heading; // 【…に係る情報項目】: whose items they are
    std::vector<Origin> origins;
    std::string attachment; // 資料61-5, when the paper lists the items on a sheet of its own
    std::vector<Item> items;
    std::vector<ItemNote> notes;
    bool operator==(const ItemGroup&) const = default;
};

// 情報保護対策, numbered from 1; a line that begins with "(1)" belongs to the measure it stands in.
struct Measures {
    std::vector<std::string> ward_operational;
    std::vector<std::string> ward_system;
    std::vector<std::string> contractor_operational;
    std::vector<std::string> contractor_system;
    bool operator==(const Measures&) const = default;
};

struct Part { // one 件名
    std::string code;
    std::string title;
    std::string holder;          // 保有課
    std::string registered_name; // 登録業務の名称
    std::string media;           // 記録媒体
    std::string reason;          // 委託理由
    std::string content;         // 委託の内容
    Contractor contractor;
    Term term;
    std::vector<ItemGroup> item_groups;
    Measures measures;
    bool operator==(const Part&) const = default;
};

struct ReplacedClause { // a clause that this contract words differently from the catalogue
    std::int64_t clause = 0;
    std::string text;
    bool operator==(const ReplacedClause&) const = default;
};

struct AttachedProvisions { // 特記事項
    std::string catalogue;  // "toku21"
    std::vector<ReplacedClause> replaced;
    bool operator==(const AttachedProvisions&) const = default;
};

enum class PlaceKind : std::uint8_t { person, contractor, ward, store, third };

struct FlowPlace {
    std::string code;
    PlaceKind kind = PlaceKind::person;
    std::string name;
    bool operator==(const FlowPlace&) const = default;
};

struct FlowPath {
    std::string from;
    std::string to;
    std::string what;
    std::string how;
    bool operator==(const FlowPath&) const = default;
};

struct InformationFlow { // 個人情報の流れ
    std::string title;
    std::vector<FlowPlace> nodes;
    std::vector<FlowPath> edges;
    bool operator==(const InformationFlow&) const = default;
};

struct WorkStep {    // one step of the 業務フロー
    std::string who; // 区 or 受託者
    std::string what;
    std::string medium;
    bool operator==(const WorkStep&) const = default;
};

struct Entrustment {
    std::string code; // "guidance": the word programmes know it by
    PaperCover paper;
    Outline outline;
    std::vector<Part> parts;
    AttachedProvisions provisions;
    std::vector<InformationFlow> flows;
    std::vector<WorkStep> work_steps; // the first work flow to publish
    bool operator==(const Entrustment&) const = default;

    CivilDate start() const; // the earliest start of its parts
    CivilDate end() const;   // the latest end
    bool contractor_decided() const;
    bool recurring() const;
    // The declared item of that code in any part; nullptr when it was not declared.
    const Item* declared(std::string_view item_code) const;
};

std::string_view code_of(Origin origin);
std::string_view japanese(Origin origin);
std::optional<Origin> origin_of(std::string_view code);
std::string_view code_of(PlaceKind kind);
std::string_view japanese(PlaceKind kind);
std::optional<PlaceKind> place_kind_of(std::string_view code);

} // namespace azukari::entrustment
