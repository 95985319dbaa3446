// Definition files (definitions/*.toml): what a ward edits without an engineer, and the form in which the register
// keeps each version. Reading is strict: an unknown key, a missing one or a wrong type is refused with file, line and
// what is expected.
#pragma once

#include "base/result.h"
#include "entrustment/provisions.h"
#include "matters/matters.h"

namespace azukari::entrustment {

inline constexpr std::size_t kLongestDefinition = 1024 * 1024;

// `name` is how the refusal calls the text: a file name.
Result<Entrustment> read_entrustment(std::string_view toml, const std::string& name);
Result<Catalogue> read_catalogue(std::string_view toml, const std::string& name);

// The same entrustment as TOML; reading it back gives an equal one.
std::string write_definition(const Entrustment& entrustment);

struct Definition {
    Entrustment current;
    std::optional<Entrustment> earlier; // what was last reported before, from earlier/
};
struct Definitions {
    std::vector<Definition> entrustments; // in the order of their codes
    Catalogues catalogues;
    matters::Matters matters; // words of what may not be collected
};
// Reads directory/*.toml, directory/earlier/*.toml, directory/provisions/*.toml and directory/collection/matters.toml;
// refuses when one of them is wrong or an entrustment names a catalogue that is not there.
Result<Definitions> read_definitions(const std::string& directory);

} // namespace azukari::entrustment
