// The files of a bundle, wherever they lie: in a ZIP, in a folder, in memory. Nothing is unpacked to disk, and nothing
// larger than asked for is unpacked at all.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace azukari::verify {

using Content = std::shared_ptr<const std::string>;

class Files {
public:
    virtual ~Files() = default;
    virtual const std::set<std::string>& names() const = 0;
    // Nothing when there is no such file, it is longer than `limit`, or it cannot be read whole.
    virtual Content read(const std::string& name, std::size_t limit) const = 0;
    // Gives the file to `take` piece by piece until it returns false; false when the file cannot be read to its end.
    virtual bool each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) const = 0;
};

class MemoryFiles final : public Files {
public:
    explicit MemoryFiles(std::map<std::string, std::shared_ptr<std::string>> files);
    const std::set<std::string>& names() const override { return names_; }
    Content read(const std::string& name, std::size_t limit) const override;
    bool each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) const override;

private:
    std::map<std::string, std::shared_ptr<std::string>> files_;
    std::set<std::string> names_;
};

struct Opened {
    std::unique_ptr<Files> files;
    std::string problem; // in Japanese, when there is none
};
Opened open_folder(const std::string& path);
Opened open_zip(const std::string& path);
// A folder or a ZIP.
Opened open_bundle(const std::string& path);
Opened open_zip_in_memory(std::string_view bytes); // must outlive what is returned

} // namespace azukari::verify
