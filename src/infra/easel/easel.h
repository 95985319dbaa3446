// Looks at files that came from outside, and draws their pages, in a process of its own for each: azukari-easel, which
// holds no keys, may open no file and no connection, and dies when it takes too much time or memory. What it makes is
// a PNG; nothing of the file itself ever reaches a browser.
#pragma once

#include "base/bytes.h"
#include "base/instant.h"
#include "infra/easel/easel_refusals.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace azukari::easel {

struct EaselSettings {
    std::filesystem::path program; // azukari-easel
    int at_once = 3;               // processes; the others wait
    Duration within = Duration::seconds(30);
};

// Appends the next piece of the file; false ends it. A refusal ends everything.
using FileSource = std::function<Result<bool>(Bytes& piece)>;
FileSource source_of(ByteView content);

class Easel {
public:
    explicit Easel(EaselSettings settings);
    ~Easel();
    Easel(const Easel&) = delete;
    Easel& operator=(const Easel&) = delete;

    // How many pages the file has, having read each of them to its end. Refuses what easel_refusals.h says and what the
    // source refuses. Throws Fault when the program cannot be started.
    Result<int> look(const FileSource& file) const;
    // One page, from 1, as PNG.
    Result<std::string> draw(const FileSource& file, int page) const;

private:
    Result<std::string> ask(const FileSource& file, const char* what, const std::string& page) const;
    class Places;
    const EaselSettings settings_;
    std::unique_ptr<Places> places_;
};

} // namespace azukari::easel
