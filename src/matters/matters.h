// 収集に注意する事項: what a text says that may not be collected (特記事項 21-5: 思想・信条・宗教, 社会的差別, 犯罪) or only with
// care (要配慮). The words are data that a ward edits; they warn, people decide. [K23] [K25]
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace azukari::matters {

enum class Care : std::uint8_t {
    prohibited, // not collected without the ward's recorded consent
    sensitive,  // explained more fully before the person consents
};

struct Finding {
    std::string code; // "belief"; "my_number"
    std::string name; // 思想・信条・宗教
    std::string word; // as the list has it; a number is never repeated
    bool operator==(const Finding&) const = default;
};
// 「宗教」（思想・信条・宗教）、「前科」（犯罪に関する事項）
std::string spoken(const std::vector<Finding>& findings);

class Matters {
public:
    Matters() = default; // knows no words
    // definitions/collection/matters.toml. Refuses text::kBadDefinition, text::kNoDefinition.
    static Result<Matters> read(const std::string& path);
    static Result<Matters> parse(std::string_view toml, const std::string& name);

    // Each word once, in the order of the list.
    std::vector<Finding> find(std::string_view text, Care care) const;

private:
    struct Reading; // of the file
    struct Word {
        std::string written;
        std::string key;
    };
    struct Matter {
        std::string code;
        std::string name;
        Care care = Care::prohibited;
        std::vector<Word> words;
        std::vector<std::string> harmless; // keys
    };
    std::vector<Matter> matters_;
};

} // namespace azukari::matters
