// OpenSSL 3 looks its algorithms up anew for every one-shot hash, under a lock; the context of old does not, which on
// inputs this short (a node is 65 bytes) is the larger part. A tree is nothing but short inputs.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "ledger/tree/hash.h"

#include <openssl/sha.h>

#include <initializer_list>

namespace azukari::ledger::tree {
namespace {

Hash hash_of(std::initializer_list<ByteView> parts)
{
    SHA256_CTX context;
    Hash out;
    SHA256_Init(&context);
    for (const auto part : parts) SHA256_Update(&context, part.data(), part.size());
    SHA256_Final(out.data(), &context);
    return out;
}

constexpr std::array<std::uint8_t, 1> kLeaf{0}, kNode{1};

} // namespace

Hash sha256(ByteView bytes)
{
    return hash_of({bytes});
}

Hash empty_root()
{
    return sha256({});
}

Hash leaf_hash(ByteView entry)
{
    return hash_of({kLeaf, entry});
}

Hash node_hash(const Hash& left, const Hash& right)
{
    return hash_of({kNode, left, right});
}

} // namespace azukari::ledger::tree
