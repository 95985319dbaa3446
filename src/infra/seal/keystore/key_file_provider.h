// The root guarded by a key file on a medium of its own (a USB token, another volume): one line of
// text, readable by its owner only.
#pragma once

#include "infra/seal/keystore/key_provider.h"

#include <filesystem>

namespace azukari::seal {

class KeyFileProvider final : public KeyProvider {
public:
    // For a keystore that is guarded by the file at `path`. Refuses kNoKeyFile, kLooseKeyFile
    // (others can read or anybody can write it), kForeignKeyFile (owned by neither us nor root),
    // kNotKeyFile.
    static Result<KeyFileProvider> at(std::filesystem::path path);
    // For a keystore that is to be guarded by a new file at `path`; the file appears with the first
    // wrap(). Refuses kKeyFileExists.
    static Result<KeyFileProvider> fresh(std::filesystem::path path);

    std::string_view kind() const override { return "key_file"; }
    Result<Bytes> wrap(const Key256& root, Entropy& entropy) override;
    // Refuses kWrongKeyFile, kUnknownFormat and what at() refuses.
    Result<Key256> unwrap(ByteView wrapped) override;
    void settle() override;
    void retire() override;

private:
    explicit KeyFileProvider(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path next() const { return path_.string() + ".next"; }
    std::filesystem::path former() const { return path_.string() + ".former"; }

    std::filesystem::path path_;
    bool next_used_ = false; // whether the file last used is the one beside, which has not taken its name yet
};

} // namespace azukari::seal
