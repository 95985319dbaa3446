// 対象者区分: which set of papers a recipient gets. The ward decides, by 利用券種別 and
// 保健指導区分; nothing here overrides.
#pragma once

#include "programmes/guidance/recipient_file.h"

#include <array>

namespace azukari::guidance {

enum class Category : std::uint8_t {
    active_support,       // 特定保健指導 積極的支援
    motivational_support, // 特定保健指導 動機付け支援
    lean_guidance,        // 非肥満保健指導
    consultation,         // 健康相談
    referral,             // 受診勧奨通知
};

struct CategoryFacts {
    Category category;
    std::string_view slug;  // in file names
    std::string_view title; // as the ward's papers call it
    std::string_view kind;  // 利用券種別
    std::string_view level; // 保健指導区分; empty for the others
    char letter;            // before the 通し番号
    bool has_voucher;       // 利用券 with 健康診査結果; otherwise 受診勧奨通知 alone
    int expected;           // 実績 of the source document (令和2年度); 0: none given
};

inline constexpr std::array<CategoryFacts, 5> kCategories{{
    {Category::active_support, "tokutei-sekkyoku", "特定保健指導(積極的支援)", "特定保健指導", "積極的支援", 'A', true,
     613},
    {Category::motivational_support, "tokutei-doukizuke", "特定保健指導(動機付け支援)", "特定保健指導", "動機付け支援",
     'B', true, 1130},
    {Category::lean_guidance, "hihiman", "非肥満保健指導", "非肥満保健指導", "", 'C', true, 2387},
    {Category::consultation, "kenko-sodan", "健康相談", "健康相談", "", 'D', true, 0},
    {Category::referral, "jushin-kansho", "受診勧奨通知", "受診勧奨通知", "", 'E', false, 283},
}};

inline const CategoryFacts& facts_of(Category category)
{
    return kCategories[static_cast<std::size_t>(category)];
}
std::optional<Category> category_with_slug(std::string_view slug);

// None when the two words do not go together.
std::optional<Category> classify(std::string_view kind, std::string_view level);

// 通し番号: counts each category on its own, from 1, in the file's order.
class SerialNumbers {
public:
    std::uint32_t next(Category category) { return ++counts_[static_cast<std::size_t>(category)]; }
    std::uint32_t count(Category category) const { return counts_[static_cast<std::size_t>(category)]; }

private:
    std::array<std::uint32_t, kCategories.size()> counts_{};
};

} // namespace azukari::guidance
