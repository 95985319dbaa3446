// 外字: characters a ward drew for itself, without a place in Unicode. Files carry them as CP932's user-defined codes
// (F040–F9FC, which become U+E000–U+E757) or as private-use code points. What each one is, the ward's table says
// (gaiji.toml beside the layouts): a character, or one with a variation selector (IVS). What the table does not know is
// never guessed and never printed.
#pragma once

#include "programmes/guidance/recipient_file.h"

#include <unordered_map>

namespace azukari::guidance {

// "F040" for what CP932 has a code for, "U+F8F0" for other private-use characters.
std::string gaiji_code(char32_t character);

class GaijiTable {
public:
    GaijiTable() = default; // knows none
    static Result<GaijiTable> read(const std::string& path);
    static Result<GaijiTable> parse(std::string_view toml, const std::string& name);

    // gaiji.toml of a folder of layouts; a folder without one knows none.
    static Result<GaijiTable> beside(const std::string& layouts);

    // Puts what the table says in the place of every 外字 in the person's values. Returns the codes it does not know,
    // each once, in order; what they stand in is left as it is then.
    std::vector<std::string> resolve(Recipient& recipient) const;
    std::size_t size() const { return meanings_.size(); }

private:
    std::unordered_map<char32_t, std::string> meanings_; // UTF-8
};

// 「外字 F040、F041 が表にありません。」: why a person's letter waits. Says nothing else of the name.
std::string unknown_gaiji_sentence(const std::vector<std::string>& codes);

} // namespace azukari::guidance
