// The one-shot SHA-256 of OpenSSL is a third of the cost of its EVP front door on inputs this short (a node is 65
// bytes), and a tree is nothing but short inputs.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/tree/hash.h"

#include <openssl/sha.h>

#include <algorithm>

namespace azukari::ledger::tree {

Hash sha256(ByteView bytes)
{
    Hash out;
    SHA256(bytes.data(), bytes.size(), out.data());
    return out;
}

Hash empty_root()
{
    return sha256({});
}

Hash leaf_hash(ByteView entry)
{
    SHA256_CTX context;
    const std::uint8_t prefix = 0;
    Hash out;
    SHA256_Init(&context);
    SHA256_Update(&context, &prefix, 1);
    SHA256_Update(&context, entry.data(), entry.size());
    SHA256_Final(out.data(), &context);
    return out;
}

Hash node_hash(const Hash& left, const Hash& right)
{
    std::array<std::uint8_t, 65> joined;
    joined[0] = 1;
    std::copy(left.begin(), left.end(), joined.begin() + 1);
    std::copy(right.begin(), right.end(), joined.begin() + 33);
    return sha256(joined);
}

} // namespace azukari::ledger::tree
