// Texts and tiles from anywhere: notes, keys, checkpoints, receipts, witness requests, paper, entries.
#include "verify/bundle.h"
#include "verify/form/entry.h"
#include "verify/form/paper.h"
#include "verify/witness_state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace azukari::verify;
    const std::string text(reinterpret_cast<const char*>(data), size);
    (void)Note::parse(text);
    (void)Key::parse(text);
    (void)WitnessKey::parse(text);
    (void)Checkpoint::parse(text);
    (void)Receipt::parse(text);
    if (const auto request = WitnessRequest::parse(text))
        (void)is_consistent(request->old_size, request->checkpoint.root, request->checkpoint.size,
                            request->checkpoint.root, request->proof);
    (void)read_paper("a.example", text);
    EntryFacts facts;
    (void)flaw_of_entry(text, facts);
    // The first two bytes say how many hashes the tile should have, the rest is its entries.
    if (size < 2) return 0;
    const Checkpoint checkpoint{"a.example", std::uint64_t{data[0]} % 3 + 1, {}};
    const MemoryFiles files({{tile_name("entries", 0, checkpoint.size), std::make_shared<std::string>(text.substr(2))},
                             {tile_name("0", 0, checkpoint.size), std::make_shared<std::string>(text.substr(2))}});
    EntryWalk walk(files, checkpoint, {});
    while (!walk.at_end() && !walk.step()) {
    }
    return 0;
}
