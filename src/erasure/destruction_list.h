// The list of what was destroyed, in a file of its own that no backup holds: so that keystore and store, put back
// together from one day before an erasure, are emptied of it again. Opaque ids only, a line each:
//
//   <entrustment> *            the entrustment as a whole
//   <entrustment> <person>
#pragma once

#include "base/id.h"

#include <filesystem>
#include <map>
#include <set>
#include <span>

namespace azukari::erasure {

class DestructionList {
public:
    explicit DestructionList(std::filesystem::path file) : file_(std::move(file)) {}

    // Durable when it returns. Throws Fault. An empty path keeps no list (a store elsewhere, tests).
    void add(EntrustmentId entrustment, bool whole, std::span<const SubjectId> persons) const;

    struct Destroyed {
        bool whole = false;
        std::set<SubjectId> persons;
    };
    // A last line without its end was never finished and counts for nothing. Throws Fault on any other that is no line.
    std::map<EntrustmentId, Destroyed> read() const;

private:
    std::filesystem::path file_;
};

} // namespace azukari::erasure
