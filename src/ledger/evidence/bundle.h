// 証拠一式: all the ledger holds up to one checkpoint, in the layout of C2SP tlog-tiles, as one ZIP that anybody can
// verify without us (azukari-verify bundle). No personal information is in it, for none is in the ledger.
//
//     checkpoint             the signed tree head, with the ward's cosignature when it has one
//     witnessed              the last checkpoint the ward has cosigned, when it is an earlier one
//     log.vkey  policy       the key to verify with (hold it against the one you noted), and whose signatures count
//     tile/0/000 …           tiles of the tree; tile/entries/000 …  the entries they hash
//     entries/0000.jsonl …   the same entries to read, one a line, 65,536 a file
//     README.txt             how to verify, in Japanese
#pragma once

#include "infra/sheet/zip_writer.h"
#include "infra/storage/db.h"
#include "ledger/publisher.h"

namespace azukari::ledger::evidence {

// Makes the archive piece by piece; memory stays constant however long the ledger is. Everything below a checkpoint
// never changes again, so the pieces fit together although each is read by itself.
class Bundle {
public:
    // `checkpoint` must be one that was published.
    Bundle(storage::Db& db, const Publisher& publisher, Published checkpoint);

    // Sets the next piece; false when the last one was set before.
    bool next(std::string& piece);

private:
    enum class Stage { front, blocks, tiles, readable, directory, done };

    void front(std::string& piece);
    bool block(std::string& piece);
    bool tile(std::string& piece);
    bool readable(std::string& piece);

    storage::Db& db_;
    Published checkpoint_;
    std::vector<std::pair<std::string, std::string>> front_; // name, content
    sheet::ZipWriter zip_;
    Stage stage_ = Stage::front;
    std::uint64_t number_ = 0;
    unsigned level_ = 1;
};

inline constexpr std::uint64_t kReadableLines = 65'536;

} // namespace azukari::ledger::evidence
