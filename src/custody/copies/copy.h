// 複製台帳: every copy of residents' information that left, and how each was settled. A copy is a paper or a file
// outside the house: a package, a printed run, an attachment, what was disclosed. It stays outstanding until it came
// back, was destroyed before a witness, or was delivered to the ward for good. Erasing (消去) asks here what is still
// out.
#pragma once

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azukari::custody {

using CopyId = Id<struct CopyNoun>;

enum class Door : std::uint8_t { // the ways out (特記事項 31-7, 31-8, 31-10)
    package,                     // 暗号化データ
    print,                       // 印刷
    mail,                        // 電子メール
    disclosure,                  // 開示・提供
    file,                        // ファイルの取出し: to be printed or worked with elsewhere
};
enum class Settling : std::uint8_t {
    returned,  // 返還された
    destroyed, // 廃棄・消去された: by a method, before a witness
    kept,      // 納品したものとして区が保有する
    unmade,    // 作られなかった: the printer gave up before it
};
std::string_view japanese(Door door);
std::string_view japanese(Settling settling);

struct NewCopy {
    Door door;
    std::string object;    // what it was made from: an id in the ledger's alphabet, "guidance-batch:0190…"
    std::int64_t persons;  // how many residents it tells of
    std::string sha256;    // of the file or of what was printed, lower-case hex; empty when there is no file
    std::string recipient; // an organisation, a department or a post, for people to read; never a resident's name
    std::vector<SubjectId> subjects{}; // whose information; empty when the door does not know them one by one
};

struct Settlement {
    Settling how;
    std::string method{};             // destroyed: "細断（クロスカット）"
    std::optional<StaffId> witness{}; // destroyed: somebody else than who settles
    std::string note{};
};

struct Settled {
    Settlement settlement;
    Instant at;
    StaffId by;
};

struct Copy {
    CopyId id;
    EntrustmentId entrustment;
    Door door;
    std::string object;
    std::int64_t persons;
    std::string sha256;
    std::string recipient;
    Instant made;
    StaffId made_by;
    std::optional<Settled> settled;
};

} // namespace azukari::custody
