// A ZIP archive that is written as it is sent: members go out one after the other, the directory at the end.
// Plain, or with every member hidden by AES-256 (WinZip AE-2), which 7-Zip and its like open. ZIP64 where sizes
// ask for it.
#pragma once

#include "base/instant.h"
#include "base/random.h"
#include "infra/sheet/block_deflater.h"
#include "infra/sheet/zip_cipher.h"

#include <optional>
#include <string>
#include <vector>

namespace azukari::sheet {

class ZipWriter {
public:
    enum class Method { store, deflate };
    static constexpr int kUsualLevel = 6;

    // Plain. The same members give the same bytes, on every day and every machine with the same libdeflate.
    explicit ZipWriter(int level = kUsualLevel);
    // Every member hidden under the password, each with a salt of its own, told as made at that moment. Names stay
    // readable: they must say nothing about a resident. `entropy` outlives the writer.
    ZipWriter(SecretText password, Entropy& entropy, Instant made, int level = kUsualLevel);

    // Appends a member to `out`. The name is UTF-8 with "/" between folders, up to 65,535 bytes; content below 2 GiB.
    void add(std::string& out, std::string_view name, std::string_view content, Method method = Method::deflate);

    // The same for one that comes in pieces and may be of any size; memory stays at some 30 MiB.
    void begin(std::string& out, std::string_view name);
    void write(std::string& out, std::string_view piece);
    void end(std::string& out);

    // Appends the directory. Nothing may follow.
    void finish(std::string& out);

private:
    struct Member {
        std::string name;
        std::uint16_t method; // of what lies under the hiding
        std::uint16_t flags;
        std::uint32_t crc = 0; // AE-2 leaves it at nought: it would tell something about what is hidden
        std::uint64_t packed = 0;
        std::uint64_t size = 0;
        std::uint64_t offset = 0;
    };
    bool hides() const { return entropy_ != nullptr; }
    void open_member(std::string_view name, std::uint16_t method, std::uint16_t flags);
    void header(std::string& out, const Member& member) const;
    void open_cipher(std::string& out);
    void pack(std::string& out, std::size_t from); // hides what was appended to `out` since `from`, and counts it
    void close_cipher(std::string& out);
    std::string aes_field(const Member& member) const;
    void directory_entry(std::string& out, const Member& member) const;

    SecretText password_;
    Entropy* entropy_ = nullptr;
    std::uint16_t time_ = 0, date_ = 0x0021; // 1980-01-01, as early as the format goes
    BlockDeflater deflater_;
    std::optional<ZipCipher> cipher_;
    std::vector<Member> members_;
    bool open_ = false;
    std::uint64_t written_ = 0;
};

} // namespace azukari::sheet
