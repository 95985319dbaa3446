// 封入物: what goes into the envelope beside the printed papers, by category, as the ward's signed list says. Data, in
// inserts.toml of the layout.
#pragma once

#include "programmes/guidance/classification.h"

namespace azukari::guidance {

struct Insert {
    std::string id;
    std::string mark; // "③"
    std::string name; // 「利用のご案内」
};

class InsertRecipes {
public:
    static Result<InsertRecipes> read(const std::string& directory);

    const std::vector<Insert>& inserts() const { return inserts_; }
    const Insert* find(std::string_view id) const; // nullptr when there is none
    // Indices into inserts(), one each, in the order of filling.
    const std::vector<std::size_t>& of(Category category) const { return recipes_[static_cast<std::size_t>(category)]; }

private:
    std::vector<Insert> inserts_;
    std::array<std::vector<std::size_t>, kCategories.size()> recipes_;
};

} // namespace azukari::guidance
