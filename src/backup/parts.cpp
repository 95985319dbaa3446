#include "backup/parts.h"

#include "backup/backup_refusals.h"
#include "backup/part_folder.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <set>

namespace azukari::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 1 << 20;

std::set<std::string> files_of(Part part)
{
    switch (part) {
    case Part::data:
        return {std::string(kSealedData)};
    case Part::keys:
        return {std::string(kKeystore), std::string(kLedgerKey)};
    case Part::ledger:
        return {std::string(kLedgerZip), std::string(kDestructions)};
    }
    return {};
}

// At most `most` bytes; nothing when it is longer or cannot be read.
std::optional<std::string> short_file(const fs::path& path, std::size_t most)
{
    std::ifstream in(path, std::ios::binary);
    std::string text(most + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || static_cast<std::size_t>(in.gcount()) > most) return std::nullopt;
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

Result<Manifest> read_manifest(const fs::path& folder)
{
    const auto text = short_file(folder / kManifest, ledger::note::kMaxNoteBytes);
    const auto note = text ? ledger::note::SignedNote::parse(*text) : std::nullopt;
    auto manifest = note ? parse_manifest(note->text) : std::nullopt;
    if (!manifest) return refuse(kNotManifest, folder.string());
    if (!is_signed_by(*note, manifest->key)) return refuse(kForged, folder.string());
    std::set<std::string> names;
    for (const auto& [name, file] : manifest->files) names.insert(name);
    if (names != files_of(manifest->part)) return refuse(kNotManifest, folder.string());
    return std::move(*manifest);
}

Result<void> check_files(const Found& found)
{
    for (const auto& [name, expected] : found.manifest.files) {
        std::ifstream in(found.folder / name, std::ios::binary);
        seal::RunningDigest digest;
        std::uint64_t size = 0;
        std::string piece(kPiece, '\0');
        while (in) {
            in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
            const auto got = static_cast<std::size_t>(in.gcount());
            digest.add(as_bytes(std::string_view(piece).substr(0, got)));
            size += got;
        }
        if (size != expected.size || hex(digest.finish()) != expected.sha256)
            return refuse(kTorn, found.folder.string(), name);
    }
    return {};
}

std::string when(const Found& found)
{
    return to_japanese(found.manifest.made);
}

Result<void> check_together(const Parts& parts)
{
    const auto &data = parts.data.manifest, &keys = parts.keys.manifest, &ledger = parts.ledger.manifest;
    if (data.key != keys.key || data.key != ledger.key) {
        auto names = data.key.name;
        if (keys.key.name != data.key.name) names += "、" + keys.key.name;
        if (ledger.key.name != data.key.name) names += "、" + ledger.key.name;
        return refuse(kOtherHouse, names);
    }
    if (keys.made < data.made) return refuse(kKeysOlder, when(parts.keys), when(parts.data));
    const auto& later = keys.made > data.made ? parts.keys : parts.data;
    if (ledger.made < later.manifest.made || ledger.tree_size < data.tree_size)
        return refuse(kLedgerOlder, when(parts.ledger), when(later));
    return {};
}

} // namespace

Result<Found> find_part(Part part, const fs::path& place)
{
    std::error_code error;
    if (!fs::is_directory(place, error)) return refuse(kNoPart, place.string(), japanese(part));
    if (place.filename().extension() == ".partial" || place.parent_path().filename().extension() == ".partial")
        return refuse(kUnfinished, place.string());
    if (fs::exists(place / kManifest, error)) {
        AZK_TRY(auto manifest, read_manifest(place));
        if (manifest.part != part) return refuse(kOtherPart, place.string(), japanese(part), japanese(manifest.part));
        return Found{place, std::move(manifest)};
    }
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(place, error))
        if (is_folder_name(part, entry.path().filename().string())) names.push_back(entry.path().filename().string());
    if (names.empty()) return refuse(kNoPart, place.string(), japanese(part));
    const auto newest = place / *std::ranges::max_element(names);
    AZK_TRY(auto manifest, read_manifest(newest));
    if (manifest.part != part) return refuse(kOtherPart, newest.string(), japanese(part), japanese(manifest.part));
    return Found{newest, std::move(manifest)};
}

std::vector<Found> parts_in(Part part, const fs::path& place)
{
    std::vector<Found> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(place, error)) {
        if (!is_folder_name(part, entry.path().filename().string())) continue;
        auto manifest = read_manifest(entry.path());
        if (manifest && manifest->part == part) found.push_back({entry.path(), *std::move(manifest)});
    }
    std::ranges::sort(found, [](const Found& a, const Found& b) { return a.manifest.made > b.manifest.made; });
    return found;
}

Result<Parts> read_parts(const Places& places, const Progress& progress)
{
    AZK_TRY(auto data, find_part(Part::data, places.data));
    AZK_TRY(auto keys, find_part(Part::keys, places.keys));
    AZK_TRY(auto ledger, find_part(Part::ledger, places.ledger));
    Parts parts{std::move(data), std::move(keys), std::move(ledger)};
    AZK_REQUIRE(check_together(parts));
    for (const auto* found : {&parts.data, &parts.keys, &parts.ledger}) {
        if (progress)
            progress(fmt::format("{}を確かめています: {}", japanese(found->manifest.part),
                                 found->folder.filename().string()));
        AZK_REQUIRE(check_files(*found));
    }
    return parts;
}

} // namespace azukari::backup
