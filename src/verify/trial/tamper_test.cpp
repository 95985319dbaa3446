#include "verify/bundle.h"
#include "verify/command.h"
#include "verify/trial/sample_ledger.h"

#include "infra/storage/testing.h"
#include "ledger/ledger.h"
#include "ledger_migrations.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>

using namespace azukari;
using namespace azukari::verify;
using namespace azukari::verify::trial;
using storage::Db;

namespace {

void with_ledger(const std::function<void(Db&)>& test)
{
    storage::testing::on_every_store(migrations_of_ledger(), [&](Db& db) {
        ledger::grow_with(db);
        test(db);
    });
}

Trust trust()
{
    const auto by = publisher();
    return {Key::parse(by.key().text()), {*Key::parse(by.witness()->text())}, {}};
}

Verdict verdict(const FileMap& files, const Trust& known = trust())
{
    return verify_bundle(MemoryFiles(files), known);
}

// 1,000 entries, the first 700 of them witnessed; made once for all tests of this file.
struct Evidence {
    std::string zip;
    FileMap files;
};
const Evidence& evidence()
{
    static const Evidence made = [] {
        Evidence one;
        with_ledger([&](Db& db) {
            append_samples(db, 700);
            witness(db, publisher(), 1'795'230'000);
            append_samples(db, 300);
            one.zip = bundle_of(db, publisher());
        });
        one.files = unpacked(one.zip);
        return one;
    }();
    return made;
}

Checkpoint earlier_checkpoint()
{
    return *Checkpoint::parse(Note::parse(*evidence().files.at("witnessed"))->text);
}

std::vector<std::string> entries_in(const FileMap& files)
{
    std::vector<std::string> entries;
    std::istringstream lines(*files.at("entries/0000.jsonl"));
    for (std::string line; std::getline(lines, line);) entries.push_back(line);
    return entries;
}

// The whole bundle made again over other entries, as somebody with the ledger's key would.
FileMap forged(const std::vector<std::string>& entries, std::uint64_t log_seed = 1)
{
    FileMap files;
    const auto put = [&](const std::string& name, std::string content) {
        files[name] = std::make_shared<std::string>(std::move(content));
    };
    put("README.txt", "");
    put("log.vkey", publisher(log_seed).key().text() + "\n");
    put("policy", publisher(log_seed).policy());
    std::string lines;
    std::vector<std::string> hashes;
    for (const auto& entry : entries) lines += entry + "\n", hashes.emplace_back(view(leaf_hash(entry)));
    if (!entries.empty()) put("entries/0000.jsonl", lines);
    ledger::tree::Edge edge;
    const auto write = [&](unsigned level, std::uint64_t number, const ledger::tree::Tile& tile) {
        const auto published = tile.published(tile.width());
        put(tile_name(std::to_string(level), number, tile.width()), std::string(as_text(published)));
    };
    std::string bytes;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        edge.push(ledger::tree::leaf_hash(as_bytes(entries[i])), write);
        bytes += static_cast<char>(entries[i].size() >> 8);
        bytes += static_cast<char>(entries[i].size() & 0xff);
        bytes += entries[i];
        if ((i + 1) % 256 == 0 || i + 1 == entries.size())
            put(tile_name("entries", i / 256, i % 256 + 1), std::exchange(bytes, {}));
    }
    edge.each_partial(write);
    const ledger::note::Checkpoint checkpoint{"azukari.example/ledger", edge.size(), edge.root()};
    put("checkpoint", ledger::note::sign(checkpoint, key_of(log_seed)).whole());
    return files;
}

} // namespace

TEST_CASE("an untouched bundle verifies, says what it proves and what it does not [K79]")
{
    const auto found = verdict(evidence().files);
    if (found.finding) FAIL((found.finding->where + ": " + found.finding->what));
    CHECK(found.entries == 1000);
    CHECK(found.confirmed.size() == 4);
    REQUIRE(found.warnings.size() == 1);
    CHECK(found.warnings[0] == "区の連署があるのは 700件目までです。その後の 300件は受託者だけの署名です。");
    CHECK(verdict(evidence().files, {}).warnings.size() == 3); // the bundle's own keys were believed
    CHECK(evidence().files.size() == 4 + 1 + 4 * 2 + 1 + 1);
    CHECK(verdict(forged(entries_in(evidence().files))).holds()); // the forger's tools are sound
}

TEST_CASE("the same ledger gives the same bytes, in this and every other store [K79]")
{
    with_ledger([](Db& db) {
        append_samples(db, 700);
        witness(db, publisher(), 1'795'230'000);
        append_samples(db, 123);
        publish(db, publisher());
        append_samples(db, 177);
        CHECK(bundle_of(db, publisher()) == evidence().zip);
    });
}

TEST_CASE("a ledger of no, one and 257 entries gives a bundle that verifies")
{
    for (const std::uint64_t size : {0, 1, 255, 256, 257, 512}) {
        with_ledger([&](Db& db) {
            if (size > 0) append_samples(db, size);
            const auto found = verdict(unpacked(bundle_of(db, publisher())));
            if (found.finding) FAIL((found.finding->where + ": " + found.finding->what));
            CHECK(found.entries == size);
        });
    }
}

TEST_CASE("every single byte flipped in the front files is noticed [K79]")
{
    auto files = copy(evidence().files);
    for (const auto* name : {"checkpoint", "witnessed", "log.vkey", "policy"}) {
        auto& content = *files.at(name);
        for (std::size_t i = 0; i < content.size(); ++i) {
            for (const int mask : {1 << i % 8, 0xff}) {
                content[i] = static_cast<char>(content[i] ^ mask);
                INFO(name << " byte " << i);
                // Without keys from elsewhere, so that nothing but the bundle itself speaks against it.
                REQUIRE_FALSE(verdict(files, {}).holds());
                content[i] = static_cast<char>(content[i] ^ mask);
            }
        }
    }
    CHECK(verdict(files).holds());
}

TEST_CASE("every single byte flipped in 1,000 entries and in the tiles is noticed [K79]")
{
    auto files = copy(evidence().files);
    const MemoryFiles memory(files);
    const auto checkpoint = *Checkpoint::parse(Note::parse(*files.at("checkpoint"))->text);
    std::size_t flips = 0;
    // A run over the whole bundle would come to entry k in the state of this walk, whatever is flipped from there on.
    const auto noticed = [&](EntryWalk walk) {
        while (!walk.at_end())
            if (walk.step()) return true;
        return walk.finish().has_value();
    };
    EntryWalk walk(memory, checkpoint, {});
    std::size_t offset = 0;
    while (!walk.at_end()) {
        const auto number = walk.number() / 256, position = walk.number() % 256;
        if (position == 0) offset = 0;
        const auto width = std::min<std::uint64_t>(256, 1000 - number * 256);
        auto& entries = *files.at(tile_name("entries", number, width));
        auto& tile = *files.at(tile_name("0", number, width));
        const auto length = std::size_t{2} + static_cast<unsigned char>(entries[offset + 1]) +
                            256U * static_cast<unsigned char>(entries[offset]);
        const auto flip = [&](char& byte, int mask) {
            const char kept = byte;
            byte = static_cast<char>(byte ^ mask);
            ++flips;
            INFO("entry " << walk.number());
            REQUIRE(noticed(walk));
            byte = kept;
        };
        for (std::size_t i = 0; i < length; ++i) flip(entries[offset + i], 1 << i % 8);
        for (std::size_t i = 0; i < 32; ++i) flip(tile[position * 32 + i], 1 << i % 8);
        offset += length;
        REQUIRE_FALSE(walk.step());
    }
    CHECK_FALSE(walk.finish());
    for (auto& byte : *files.at("tile/1/000.p/3")) {
        byte = static_cast<char>(byte ^ 4);
        REQUIRE(noticed(EntryWalk(memory, checkpoint, {})));
        byte = static_cast<char>(byte ^ 4);
    }
    MESSAGE(flips << " flips");
    CHECK(flips > 180'000);
}

TEST_CASE("every single byte flipped in the readable copy is noticed [K79]")
{
    auto files = copy(evidence().files);
    const MemoryFiles memory(files);
    auto& lines = *files.at("entries/0000.jsonl");
    LineWalk walk(memory, 1000, 0);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        for (const int mask : {1 << i % 8, 0xff}) {
            lines[i] = static_cast<char>(lines[i] ^ mask);
            auto from_here = walk;
            auto finding = from_here.feed(std::string_view(lines).substr(begin, 1200));
            const auto rest = std::string_view(lines).substr(std::min(begin + 1200, lines.size()));
            if (!finding) finding = from_here.feed(rest);
            if (!finding) finding = from_here.finish();
            INFO("byte " << i);
            REQUIRE(finding);
            lines[i] = static_cast<char>(lines[i] ^ mask);
        }
        if (lines[i] != '\n') continue;
        REQUIRE_FALSE(walk.feed(std::string_view(lines).substr(begin, i + 1 - begin)));
        begin = i + 1;
    }
    CHECK_FALSE(walk.finish());
}

TEST_CASE("an entry deleted, inserted, exchanged, repeated or cut off is noticed [K79]")
{
    const auto honest = entries_in(evidence().files);
    const auto same_front = [&](const std::vector<std::string>& entries) { // without the key: the old checkpoint stays
        auto files = forged(entries);
        for (const auto* name : {"checkpoint", "witnessed"}) files[name] = evidence().files.at(name);
        return files;
    };
    for (const std::size_t at : {0, 1, 255, 256, 511, 700, 998, 999}) {
        auto changed = honest;
        changed.erase(changed.begin() + static_cast<long>(at));
        CHECK_FALSE(verdict(same_front(changed)).holds());
        CHECK(verdict(forged(changed)).holds() == (at == 999)); // the numbers have a gap, but at the end
        changed = honest;
        changed.insert(changed.begin() + static_cast<long>(at), honest[at]);
        CHECK_FALSE(verdict(same_front(changed)).holds());
        CHECK_FALSE(verdict(forged(changed)).holds());
        if (at == 999) continue;
        changed = honest;
        std::swap(changed[at], changed[at + 1]);
        CHECK_FALSE(verdict(same_front(changed)).holds());
        CHECK_FALSE(verdict(forged(changed)).holds());
    }
    for (std::size_t keep = 0; keep < 1000; keep += 37) {
        const std::vector<std::string> cut(honest.begin(), honest.begin() + static_cast<long>(keep));
        REQUIRE_FALSE(verdict(same_front(cut)).holds());
    }
}

TEST_CASE("a ledger rewritten and signed again with the stolen key is noticed against what was seen before [K79]")
{
    auto known = trust();
    known.earlier = {{"控え", earlier_checkpoint()}};
    const auto honest = entries_in(evidence().files);
    CHECK(verdict(forged(honest), known).holds());
    for (const std::size_t at : {0, 1, 255, 256, 400, 699}) {
        auto changed = honest;
        auto& entry = changed[at];
        entry.replace(entry.find("\"done\""), 6, "\"gone\"");
        CHECK(verdict(forged(changed), trust()).holds()); // on its own, the forgery is perfect …
        const auto found = verdict(forged(changed), known);
        REQUIRE(found.finding); // … but not for somebody who remembers
        CHECK(found.finding->where == "控え");
    }
    const std::vector<std::string> shorter(honest.begin(), honest.begin() + 650);
    CHECK_FALSE(verdict(forged(shorter), known).holds());
    CHECK_FALSE(verdict(forged(honest, 9), known).holds()); // another key under our name
}

TEST_CASE("files that do not belong, are missing or doubled are noticed [K79]")
{
    for (const auto& [name, content] : evidence().files) {
        if (name == "README.txt" || name == "witnessed") continue;
        auto files = copy(evidence().files);
        files.erase(name);
        INFO(name);
        CHECK_FALSE(verdict(files).holds());
    }
    for (const auto* name : {"tile/0/004", "tile/2/000.p/1", "entries/0001.jsonl", "notes.txt", "tile/entries/x"}) {
        auto files = copy(evidence().files);
        files[name] = std::make_shared<std::string>("x");
        INFO(name);
        CHECK_FALSE(verdict(files).holds());
    }
}

TEST_CASE("a bundle that swells when unpacked is put down, not unpacked")
{
    auto files = evidence().files;
    std::string zip;
    sheet::ZipWriter stream;
    const std::string swollen(200 << 20, 'x');
    for (const auto& [name, content] : files) {
        const bool bomb = name == "tile/entries/000";
        stream.add(zip, name, bomb ? swollen : *content, sheet::ZipWriter::Method::deflate);
    }
    stream.finish(zip);
    REQUIRE(zip.size() < 1 << 20);
    const auto opened = open_zip_in_memory(zip);
    REQUIRE(opened.files);
    const auto found = verify_bundle(*opened.files, trust());
    REQUIRE(found.finding);
    CHECK(found.finding->where == "tile/entries/000");
}

TEST_CASE("an archive of more than 65,535 members is read back")
{
    std::string zip;
    sheet::ZipWriter stream;
    for (int i = 0; i < 70'000; ++i) stream.add(zip, std::to_string(i), "x", sheet::ZipWriter::Method::store);
    stream.finish(zip);
    const auto opened = open_zip_in_memory(zip);
    REQUIRE(opened.files);
    CHECK(opened.files->names().size() == 70'000);
    CHECK(*opened.files->read("69999", 1) == "x");
}

TEST_CASE("the program itself says yes, or where and what, with its exit code [K79]")
{
    const auto folder = std::filesystem::temp_directory_path() / ("azukari-trial-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const auto write = [&](const char* name, std::string_view content) {
        std::ofstream(folder / name, std::ios::binary) << content;
        return (folder / name).string();
    };
    const auto said = [&](const std::string& arguments, int expected) {
        const auto out = (folder / "out").string();
        const auto status = std::system((std::string(AZUKARI_VERIFY) + " " + arguments + " > " + out).c_str());
        CHECK(WEXITSTATUS(status) == expected);
        std::ifstream in(out);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    const auto vkey = "--vkey " + write("log.vkey", publisher().key().text() + "\n");
    const auto good = write("good.zip", evidence().zip);
    const auto old = write("old", *evidence().files.at("witnessed"));
    CHECK(said("bundle " + good + " " + vkey + " --old " + old, kVerified).find("確認できました。") !=
          std::string::npos);
    for (const std::size_t at : {5'000U, 20'000U, 40'000U}) {
        auto zip = evidence().zip;
        zip[at] = static_cast<char>(zip[at] ^ 0x10);
        const auto words = said("bundle " + write("bad.zip", zip) + " " + vkey, kNotVerified);
        CHECK(words.find("確認できません。\n  どこ: ") != std::string::npos);
    }
    said("bundle " + write("no.zip", "no"), kUnreadable);
    said("bundel " + good, kWrongUse);
    said("bundle " + good + " --key x", kWrongUse);
    CHECK(said("--help", kVerified).find("終了コード") != std::string::npos);
    CHECK(said("checkpoint " + old + " " + vkey, kVerified).find("700") != std::string::npos);
    std::filesystem::remove_all(folder);
}
