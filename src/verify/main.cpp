#include "verify/command.h"

#include <ctime>
#include <exception>
#include <iostream>

int main(int argc, char** argv)
{
    try {
        return azukari::verify::run({argv + 1, argv + argc}, static_cast<std::uint64_t>(std::time(nullptr)), std::cout);
    } catch (const std::exception& fault) {
        std::cerr << "azukari-verify: " << fault.what() << "\n";
        return azukari::verify::kUnreadable;
    }
}
