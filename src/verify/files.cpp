#include "verify/files.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <zip.h>

namespace azukari::verify {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::int64_t kMostFiles = 2'000'000; // a ledger of 250 million entries
constexpr std::size_t kLongestName = 64;

class FolderFiles final : public Files {
public:
    FolderFiles(std::filesystem::path root, std::set<std::string> names)
        : root_(std::move(root)), names_(std::move(names))
    {
    }
    const std::set<std::string>& names() const override { return names_; }
    Content read(const std::string& name, std::size_t limit) const override
    {
        std::string whole;
        const bool read = each_piece(name, [&](std::string_view piece) {
            whole += piece;
            return whole.size() <= limit;
        });
        return read && whole.size() <= limit ? std::make_shared<const std::string>(std::move(whole)) : nullptr;
    }
    bool each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) const override
    {
        if (!names_.contains(name)) return false;
        std::ifstream in(root_ / name, std::ios::binary);
        std::array<char, kPiece> piece;
        while (in) {
            in.read(piece.data(), piece.size());
            const auto got = static_cast<std::size_t>(in.gcount());
            if (got > 0 && !take({piece.data(), got})) return true;
        }
        return in.eof();
    }

private:
    std::filesystem::path root_;
    std::set<std::string> names_;
};

struct CloseZip {
    void operator()(zip_t* zip) const { zip_discard(zip); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;
using ZipMember = std::unique_ptr<zip_file_t, CloseZip>;

class ZipFiles final : public Files {
public:
    ZipFiles(Zip zip, std::set<std::string> names) : zip_(std::move(zip)), names_(std::move(names)) {}
    const std::set<std::string>& names() const override { return names_; }
    Content read(const std::string& name, std::size_t limit) const override
    {
        std::string whole; // the size the archive claims is not believed
        const bool read = each_piece(name, [&](std::string_view piece) {
            whole += piece;
            return whole.size() <= limit;
        });
        return read && whole.size() <= limit ? std::make_shared<const std::string>(std::move(whole)) : nullptr;
    }
    bool each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) const override
    {
        const ZipMember member(zip_fopen(zip_.get(), name.c_str(), 0));
        if (!member) return false;
        std::array<char, kPiece> piece;
        while (true) {
            const auto got = zip_fread(member.get(), piece.data(), piece.size()); // checks the CRC at the end
            if (got < 0) return false;
            if (got == 0) return true;
            if (!take({piece.data(), static_cast<std::size_t>(got)})) return true;
        }
    }

private:
    Zip zip_;
    std::set<std::string> names_;
};

Opened list_zip(Zip zip)
{
    const auto count = zip_get_num_entries(zip.get(), 0);
    if (count > kMostFiles) return {nullptr, "ファイルの数が多すぎます。"};
    std::set<std::string> names;
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* name = zip_get_name(zip.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (name == nullptr || std::string_view(name).size() > kLongestName)
            return {nullptr, "名前の長すぎるファイルが入っています。"};
        if (std::string_view(name).ends_with('/')) continue;
        if (!names.insert(name).second) return {nullptr, "同じ名前のファイルが2つ入っています: " + std::string(name)};
    }
    return {std::make_unique<ZipFiles>(std::move(zip), std::move(names)), {}};
}

} // namespace

MemoryFiles::MemoryFiles(std::map<std::string, std::shared_ptr<std::string>> files) : files_(std::move(files))
{
    for (const auto& [name, content] : files_) names_.insert(name);
}

Content MemoryFiles::read(const std::string& name, std::size_t limit) const
{
    const auto found = files_.find(name);
    return found == files_.end() || found->second->size() > limit ? nullptr : found->second;
}

bool MemoryFiles::each_piece(const std::string& name, const std::function<bool(std::string_view)>& take) const
{
    const auto found = files_.find(name);
    if (found == files_.end()) return false;
    std::string_view rest = *found->second;
    while (!rest.empty() && take(rest.substr(0, kPiece))) rest.remove_prefix(std::min(rest.size(), kPiece));
    return true;
}

Opened open_folder(const std::string& path)
{
    std::set<std::string> names;
    const std::filesystem::path root(path);
    std::error_code error;
    for (auto at = std::filesystem::recursive_directory_iterator(root, error);
         !error && at != std::filesystem::recursive_directory_iterator(); at.increment(error)) {
        if (at->is_symlink()) return {nullptr, "リンクが入っています: " + at->path().string()};
        if (at->is_regular_file()) names.insert(at->path().lexically_relative(root).generic_string());
    }
    if (error) return {nullptr, "フォルダーを読めません: " + path};
    return {std::make_unique<FolderFiles>(root, std::move(names)), {}};
}

Opened open_zip(const std::string& path)
{
    int code = 0;
    Zip zip(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!zip) return {nullptr, "ZIPとして開けません（壊れているか、ファイルがありません）: " + path};
    return list_zip(std::move(zip));
}

Opened open_bundle(const std::string& path)
{
    std::error_code error;
    return std::filesystem::is_directory(path, error) ? open_folder(path) : open_zip(path);
}

Opened open_zip_in_memory(std::string_view bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    Zip zip(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!zip && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (!zip) return {nullptr, "ZIPとして開けません。"};
    return list_zip(std::move(zip));
}

} // namespace azukari::verify
