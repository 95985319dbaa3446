// 内線: a socket in the data folder by which a command asks the house that is running, since nobody else may open its
// store. Only the account the house runs under, and root, are heard.
#pragma once

#include "backup/backup.h"

#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace azukari::app {

// A question in words, none of which holds a tab or a line's end.
using Question = std::vector<std::string>;
// Answers a question in one sentence; tells what is going on meanwhile.
using Answer = std::function<Result<std::string>(const Question& question, const backup::Progress& progress)>;

class Intercom {
public:
    // Listens at <folder>/intercom, and answers one question after the other on a thread of its own until it is
    // destroyed. Throws Fault when the socket cannot be made.
    Intercom(const std::filesystem::path& folder, Answer answer);
    ~Intercom(); // waits for the question under way
    Intercom(const Intercom&) = delete;
    Intercom& operator=(const Intercom&) = delete;

private:
    void listen();
    void attend(int caller) const;
    std::filesystem::path path_;
    Answer answer_;
    int socket_ = -1;
    int wake_ = -1; // readable when it is over
    std::thread thread_;
};

// Asks the house that runs on `folder`; nothing when none does. Refuses what it refused, in its words. Throws Fault
// when it hangs up.
Result<std::optional<std::string>> ask_running_house(const std::filesystem::path& folder, const Question& question,
                                                     const backup::Progress& progress);

} // namespace azukari::app
