// How a `guidance` command ends: 0 done; 1 the file was refused, nothing written; 2 definition or usage wrong; 3 done,
// but not for everybody, or with something to ask the ward about.
#pragma once

#include "base/result.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>
#include <string>

namespace azukari {

inline constexpr int kRefused = 1, kWrongDefinition = 2, kNotAll = 3;

[[noreturn]] inline void end_with(int code, const std::string& sentence)
{
    if (!sentence.empty()) fmt::print(stderr, "{}\n", sentence);
    throw CLI::RuntimeError(code);
}

template <class T>
T value_or_end(Result<T>&& result, int code)
{
    if (!result) end_with(code, result.error().sentence());
    return *std::move(result);
}

} // namespace azukari
