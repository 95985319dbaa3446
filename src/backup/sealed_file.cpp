#include "backup/sealed_file.h"

#include "backup/backup_refusals.h"
#include "base/fault.h"

#include <fmt/format.h>
#include <fstream>

namespace azukari::backup {
namespace {

constexpr std::size_t kPiece = 1 << 20;

seal::Context context_of(const SetId& set, const std::string& number) // refers to both
{
    return {"backup", set.bytes(), number, EntrustmentId(IdBytes{})};
}

std::string number_of(std::uint64_t piece, bool last)
{
    return fmt::format("{}{}", piece, last ? " last" : "");
}

// Up to a piece; shorter only at the end.
Bytes next_piece(std::ifstream& in, const std::filesystem::path& path)
{
    Bytes piece(kPiece);
    in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
    if (in.bad()) throw Fault(fmt::format("{} を読めません。", path.string()));
    piece.resize(static_cast<std::size_t>(in.gcount()));
    return piece;
}

// Nothing at the end of the file; a refusal when it ends within a piece.
Result<std::optional<Bytes>> next_sealed(std::ifstream& in, const std::filesystem::path& path)
{
    std::array<std::uint8_t, 4> head{};
    in.read(reinterpret_cast<char*>(head.data()), 4);
    if (in.gcount() == 0) return std::optional<Bytes>();
    const std::size_t size =
        (std::size_t{head[0]} << 24) | (std::size_t{head[1]} << 16) | (std::size_t{head[2]} << 8) | head[3];
    if (in.gcount() != 4 || size > kPiece + seal::kSealOverhead) return refuse(kNotOpened, path.string());
    Bytes sealed(size);
    in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(in.gcount()) != size) return refuse(kNotOpened, path.string());
    return std::optional(std::move(sealed));
}

} // namespace

Result<void> seal_file(const std::filesystem::path& plain, const seal::SealKey& key, SetId set, Entropy& entropy,
                       PartFile& into)
{
    std::ifstream in(plain, std::ios::binary);
    if (!in) throw Fault(fmt::format("{} を読めません。", plain.string()));
    auto piece = next_piece(in, plain);
    for (std::uint64_t number = 0;; ++number) {
        auto following = next_piece(in, plain);
        const auto name = number_of(number, following.empty());
        const auto sealed = seal_value(key, context_of(set, name), piece, entropy);
        const auto size = sealed.size();
        const std::array<std::uint8_t, 4> head{static_cast<std::uint8_t>(size >> 24),
                                               static_cast<std::uint8_t>(size >> 16),
                                               static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
        AZK_REQUIRE(into.add(head));
        AZK_REQUIRE(into.add(sealed));
        if (following.empty()) return {};
        piece = std::move(following);
    }
}

Result<void> open_file(const std::filesystem::path& sealed, const seal::SealKey& key, SetId set,
                       const std::filesystem::path& plain)
{
    std::ifstream in(sealed, std::ios::binary);
    AZK_TRY(auto out, PartFile::make(plain));
    AZK_TRY(auto piece, next_sealed(in, sealed));
    if (!piece) return refuse(kNotOpened, sealed.string());
    for (std::uint64_t number = 0; piece; ++number) {
        AZK_TRY(auto following, next_sealed(in, sealed));
        const auto name = number_of(number, !following);
        const auto opened = open_value(key, context_of(set, name), *piece);
        if (!opened) return refuse(kNotOpened, sealed.string());
        AZK_REQUIRE(out.add(*opened));
        piece = std::move(following);
    }
    AZK_REQUIRE(out.finish());
    return {};
}

} // namespace azukari::backup
