#include "infra/seal/running_digest.h"

#include "base/check.h"

#include <openssl/evp.h>

namespace azukari::seal {

struct RunningDigest::Context {
    EVP_MD_CTX* sha256 = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(sha256); }
};

RunningDigest::RunningDigest() : context_(std::make_unique<Context>())
{
    AZK_CHECK(EVP_DigestInit_ex(context_->sha256, EVP_sha256(), nullptr) == 1);
}

RunningDigest::~RunningDigest() = default;
RunningDigest::RunningDigest(RunningDigest&&) noexcept = default;
RunningDigest& RunningDigest::operator=(RunningDigest&&) noexcept = default;

void RunningDigest::add(ByteView piece)
{
    AZK_CHECK(EVP_DigestUpdate(context_->sha256, piece.data(), piece.size()) == 1);
}

Digest RunningDigest::finish()
{
    Digest digest{};
    unsigned size = 0;
    AZK_CHECK(EVP_DigestFinal_ex(context_->sha256, digest.data(), &size) == 1 && size == digest.size());
    return digest;
}

} // namespace azukari::seal
