// 返還用データ: everything that is held of residents for an entrustment, in forms that any office can open (CSV in UTF-8
// with a byte order mark, a list in JSON), counted and with a digest for each file, in an AES-256 ZIP. When a count
// is not what the store says, there is no package. [K62]
#pragma once

#include "access/scope.h"
#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "infra/seal/key_arena.h"

#include <functional>
#include <string>
#include <vector>

namespace azukari::restitution {

using ReturnId = Id<struct ReturnNoun>;

using TakeRow = std::function<void(const std::vector<std::string_view>& cells)>;
using TakePiece = std::function<void(std::string_view piece)>;
struct ReturnFile {   // as it was received: an image, a PDF
    std::string file; // with its ending, and a folder: "attachments/0190….pdf"
    std::string title;
    std::function<Result<void>(const TakePiece&)> content{}; // opens and hands out all of it
};
struct ReturnTable {
    std::string file;  // without ending, of small letters, digits, "-": "recipients-20260601-1"
    std::string title; // for people
    std::vector<std::string> header;
    std::int64_t expected = 0;                          // rows, as the store counts them
    std::function<Result<void>(const TakeRow&)> rows{}; // opens and hands out every row
    std::vector<ReturnFile> files{};                    // that the rows tell of
    bool of_persons = true;                             // a row for each person; else of persons told elsewhere
};
// What a room gives back of the Scope's entrustment; its action is one of ending.
using ReturnSource = std::function<Result<std::vector<ReturnTable>>(const access::Scope&)>;

struct ReturnPackage {
    ReturnId id;
    std::string zip;
    std::string sha256; // of the ZIP, hex
    std::int64_t persons = 0;
    std::int64_t rows = 0;  // of all tables
    std::int64_t files = 0; // with the list
};
// `name`: of the entrustment. Refuses kNothingToReturn, kDoesNotReconcile, kUnevenRow and what a source refuses.
Result<ReturnPackage> make_return_package(const access::Scope& scope, std::string_view name,
                                          const std::vector<ReturnSource>& sources, ReturnId id,
                                          const SecretText& password, Entropy& entropy);

// The password of a package: out of a key of the house and the package's id, so that it is kept nowhere. `key`:
// service key "restitution".
SecretText password_of(const seal::SealKey& key, ReturnId id);

} // namespace azukari::restitution
