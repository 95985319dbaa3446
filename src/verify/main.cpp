#include "verify/command.h"

#include <ctime>
#include <exception>
#include <iostream>

int main(int argc, char** argv)
{
    try {
        const auto now = [] { return static_cast<std::uint64_t>(std::time(nullptr)); };
        return azukari::verify::run({argv + 1, argv + argc}, now, std::cout);
    } catch (const std::exception& fault) {
        std::cerr << "azukari-verify: " << fault.what() << "\n";
        return azukari::verify::kUnreadable;
    }
}
