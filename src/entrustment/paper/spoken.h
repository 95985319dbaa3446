// An entrustment in the words and the order of its paper: sections of labelled texts. Pages show them, the paper prints
// them, and two versions are compared by them.
#pragma once

#include "entrustment/provisions.h"

namespace azukari::entrustment {

struct SpokenField {
    std::string code; // the same in every version: "parts.guidance.reason"
    std::string label;
    std::string text;
};
struct SpokenSection {
    std::string code;
    std::string heading;
    std::vector<SpokenField> fields;
};

SpokenSection spoken_cover(const PaperCover& paper);
SpokenSection spoken_outline(const Outline& outline);
SpokenSection spoken_part(const Part& part);
SpokenSection spoken_provisions(const Entrustment& entrustment, const Catalogues& catalogues);
SpokenSection spoken_flows(const Entrustment& entrustment);
// All of them in the paper's order.
std::vector<SpokenSection> spoken(const Entrustment& entrustment, const Catalogues& catalogues);

std::string spoken_items(const ItemGroup& group);              // 氏名、性別、…（※1） and the conditions
std::string spoken_item_names(const std::vector<Item>& items); // the first of these alone
std::string spoken_contractor(const Contractor& contractor);
std::string numbered(const std::vector<std::string>& measures); // "1 …\n2 …"
std::string circled(std::size_t number);                        // ①, from 1 to 20; (21) beyond

} // namespace azukari::entrustment
