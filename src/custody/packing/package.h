// 暗号化データ: files under one generated password, as a ZIP that 7-Zip opens, with a manifest. The password leaves the
// house once, on the notice; it rests sealed until that is printed, and nowhere afterwards.
#pragma once

#include "custody/custody.h"

namespace azukari::custody {

// Of all files of one package together, as they were chosen.
inline constexpr std::int64_t kMaxPackageBytes = std::int64_t{32} << 20;
std::string megabytes(std::int64_t bytes); // begun ones count: "33"

struct PackageItem {
    std::string name;
    std::int64_t size = 0; // bytes
    std::string sha256;
};

struct Package {
    PackageId id{IdBytes{}};
    EntrustmentId entrustment{IdBytes{}};
    std::int64_t number = 0; // 第1号
    Side side = Side::ward;  // who made it
    std::string title{};     // 情報の内容
    std::int64_t persons = 0;
    Instant made_at{};
    std::string made_by{};
    std::string sha256{}; // of the ZIP
    std::int64_t size = 0;
    std::optional<Instant> notice_printed{};
    std::vector<PackageItem> items{};
};

std::string file_name_of(const Package& package); // 暗号化データ_第1号_20260601.zip
// 目録: what is in it, for people; lies in the ZIP too.
std::string manifest_of(const Package& package);

} // namespace azukari::custody
