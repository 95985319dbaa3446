#include "verify/witness.h"

#include "verify/tree.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace azukari::verify;

namespace {

constexpr Seed kLog{1}, kThief{2}, kWard{3};
constexpr const char* kOrigin = "azukari.example/ledger";

Key log_key()
{
    return {kOrigin, kSigner, public_key(kLog)};
}

// A state file in a folder of its own, trusting the log.
class Desk {
public:
    Desk() : folder_(std::filesystem::temp_directory_path() / ("azukari-witness-" + std::to_string(getpid())))
    {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        WitnessState state(path());
        state.logs.push_back({log_key()});
        REQUIRE(state.save());
    }
    ~Desk() { std::filesystem::remove_all(folder_); }
    std::string path() const { return (folder_ / "state").string(); }
    WitnessAnswer ask(const std::string& request) const
    {
        return add_checkpoint({"ward.example/witness", kWard}, path(), request, 1'795'230'000);
    }
    std::uint64_t size() const { return WitnessState(path()).logs.at(0).size; }

private:
    std::filesystem::path folder_;
};

Hash leaf(int i)
{
    return leaf_hash(std::to_string(i));
}
Hash root_of(int size)
{
    Peaks peaks;
    for (int i = 0; i < size; ++i) peaks.push(leaf(i));
    return peaks.fold({}).value_or(sha256({}));
}

std::string request(std::uint64_t old_size, const std::vector<Hash>& proof, std::uint64_t size, const Hash& root,
                    const Seed& seed = kLog, const std::string& origin = kOrigin)
{
    const auto text = origin + "\n" + std::to_string(size) + "\n" + to_base64(view(root)) + "\n";
    const Key key{origin, kSigner, public_key(seed)};
    std::string lines;
    for (const auto& hash : proof) lines += to_base64(view(hash)) + "\n";
    const Note note{text, {{origin, log_key().name == origin ? log_key().id() : key.id(), sign(seed, text)}}};
    return "old " + std::to_string(old_size) + "\n" + lines + "\n" + note.whole();
}

} // namespace

TEST_CASE("the witness answers as the table of the specification says [K79]")
{
    const Desk desk;
    CHECK(desk.ask("").status == 400);
    CHECK(desk.ask("old 00\n\n").status == 400);
    CHECK(desk.ask(request(0, std::vector<Hash>(64, leaf(0)), 1, root_of(1))).status == 400);
    CHECK(desk.ask(request(0, {}, 1, root_of(1), kLog, "other.example")).status == 404);
    CHECK(desk.ask(request(0, {}, 1, root_of(1), kThief)).status == 403);
    CHECK(desk.ask(request(2, {}, 1, root_of(1))).status == 400); // old above new
    CHECK(desk.ask(request(1, {}, 1, root_of(1))).status == 409);
    CHECK(desk.ask(request(0, {leaf(0)}, 1, root_of(1))).status == 422); // a proof from nothing is empty
    CHECK(desk.ask(request(0, {}, 0, root_of(1))).status == 409);        // the empty tree has one root
    CHECK(desk.size() == 0);

    const auto first = desk.ask(request(0, {}, 1, root_of(1)));
    CHECK(first.status == 200);
    const auto text = std::string(kOrigin) + "\n1\n" + to_base64(view(root_of(1))) + "\n";
    const auto note = Note::parse(text + "\n" + first.body);
    REQUIRE(note);
    const auto cosigned = cosigned_by(*note, {"ward.example/witness", kCosigner, public_key(kWard)});
    CHECK(cosigned.how == Signed::rightly);
    CHECK(cosigned.at == 1'795'230'000);

    CHECK(desk.ask(request(1, {leaf(1)}, 2, root_of(2))).status == 200);
    const auto behind = desk.ask(request(1, {leaf(1)}, 2, root_of(2)));
    CHECK(behind.status == 409);
    CHECK(behind.type == "text/x.tlog.size");
    CHECK(behind.body == "2\n");
    CHECK(desk.ask(request(2, {}, 2, root_of(2))).status == 200); // the same again
    const auto split = desk.ask(request(2, {}, 2, root_of(3)));   // same size, another root
    CHECK(split.status == 409);
    CHECK(split.type.starts_with("text/plain"));
    CHECK(desk.ask(request(2, {leaf(9)}, 3, root_of(3))).status == 422); // not the continuation
    CHECK(desk.ask(request(2, {leaf(2)}, 3, root_of(3))).status == 200);
    CHECK(desk.size() == 3);
}

TEST_CASE("a witness whose notes are damaged or cannot be written cosigns nothing")
{
    const Desk desk;
    REQUIRE(desk.ask(request(0, {}, 1, root_of(1))).status == 200);
    std::filesystem::create_directory(desk.path() + ".new"); // the new state cannot be written beside the old
    CHECK(desk.ask(request(1, {leaf(1)}, 2, root_of(2))).status == 500);
    std::filesystem::remove(desk.path() + ".new");
    CHECK(desk.size() == 1);
    std::ifstream in(desk.path(), std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (const std::size_t cut : {0UL, 10UL, whole.size() / 2, whole.size() - 1}) {
        std::ofstream(desk.path(), std::ios::binary | std::ios::trunc) << whole.substr(0, cut);
        CHECK(desk.ask(request(1, {leaf(1)}, 2, root_of(2))).status == 500);
    }
}

TEST_CASE("a witness's key is read back from its file, and from nothing else")
{
    const WitnessKey key{"ward.example/witness", kWard};
    const auto back = WitnessKey::parse(key.text());
    REQUIRE(back);
    CHECK(back->seed == key.seed);
    for (std::size_t i = 0; i < key.text().size(); ++i) {
        auto changed = key.text();
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto other = WitnessKey::parse(changed);
        REQUIRE_FALSE((other && other->name == key.name));
    }
}
