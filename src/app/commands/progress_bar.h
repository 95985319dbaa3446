// A bar on a terminal while a command works; nothing where standard error is no terminal.
#pragma once

#include <cstddef>
#include <string>

namespace azukari {

class ProgressBar {
public:
    ProgressBar(std::string label, std::size_t total, std::string unit);
    ~ProgressBar(); // takes the bar away again
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::size_t done);

private:
    std::string label_, unit_;
    std::size_t total_, shown_ = 101;
    bool visible_;
};

} // namespace azukari
