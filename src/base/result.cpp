#include "base/result.h"

#include <fmt/args.h>
#include <fmt/format.h>

namespace azukari {

Refusal::Refusal(const RefusalKind& kind, std::vector<std::string> arguments, std::string field)
    : kind_(&kind), arguments_(std::move(arguments)), field_(std::move(field))
{
}

std::string Refusal::sentence() const
{
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const auto& argument : arguments_) store.push_back(argument);
    return fmt::vformat(kind_->sentence, store);
}

} // namespace azukari
