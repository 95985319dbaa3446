// Fields sealed under one person's key, in one place. With them goes a commitment for the ledger: a digest over a salt
// and the content. The salt lies inside the seal, so that the commitment says nothing once the person's key is gone.
#pragma once

#include "infra/seal/keystore/keystore.h"
#include "infra/seal/sealed_value.h"
#include "vault/sealed/field_map.h"

namespace azukari::vault {

// Where sealed fields stand: the table and the row, which is told by one id and a number (of a version), 0 for none.
struct Place {
    std::string_view table;
    IdBytes row;
    std::uint64_t number = 0;
};

struct SealedFields {
    Bytes sealed;
    std::string commitment; // hex SHA-256
};
SealedFields seal_fields(const seal::SealKey& key, EntrustmentId entrustment, const Place& place, FieldMap fields,
                         Entropy& entropy);

struct OpenedFields {
    FieldMap fields; // without the salt
    std::string commitment;
};
// Refuses what seal::open_value and decode refuse.
Result<OpenedFields> open_fields(const seal::SealKey& key, EntrustmentId entrustment, const Place& place,
                                 ByteView sealed);

} // namespace azukari::vault
