// Refusals are values: the town hall says no, with a reason a person can read. Faults unwind (fault.h), bugs stop
// (check.h).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace azukari {

// One way of saying no. `code` is stable ("roster.not_trained"); `sentence` is Japanese, for people, with "{}" for
// arguments in order. Each room keeps its kinds as constants in one table, <room>_refusals.h.
struct RefusalKind {
    std::string_view code;
    std::string_view sentence;
};

class Refusal {
public:
    explicit Refusal(const RefusalKind& kind, std::vector<std::string> arguments = {}, std::string field = {});

    const RefusalKind& kind() const { return *kind_; }
    std::string_view code() const { return kind_->code; }
    // The form field the refusal belongs to; empty when it belongs to the whole.
    const std::string& field() const { return field_; }
    // What a person reads, in Japanese, arguments filled in.
    std::string sentence() const;

    // The same refusal, shown beside another field.
    Refusal at_field(std::string field) const { return Refusal(*kind_, arguments_, std::move(field)); }

    bool is(const RefusalKind& kind) const { return kind_->code == kind.code; }

private:
    const RefusalKind* kind_;
    std::vector<std::string> arguments_;
    std::string field_;
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Refusal> {
public:
    using tl::expected<T, Refusal>::expected;
};

template <class... Arguments>
[[nodiscard]] tl::unexpected<Refusal> refuse(const RefusalKind& kind, Arguments&&... arguments)
{
    return tl::unexpected<Refusal>(Refusal(kind, {std::string(std::forward<Arguments>(arguments))...}));
}

// The same, bound to the form field it should be shown beside.
template <class... Arguments>
[[nodiscard]] tl::unexpected<Refusal> refuse_field(std::string field, const RefusalKind& kind, Arguments&&... arguments)
{
    return tl::unexpected<Refusal>(
        Refusal(kind, {std::string(std::forward<Arguments>(arguments))...}, std::move(field)));
}

} // namespace azukari

// AZK_TRY(auto award, decide(...)); declares `award`, or returns the refusal to the caller.
#define AZK_CAT2(a, b) a##b
#define AZK_CAT(a, b) AZK_CAT2(a, b)
#define AZK_TRY(declaration, expression) AZK_TRY_IMPL(AZK_CAT(azk_try_, __LINE__), declaration, expression)
#define AZK_TRY_IMPL(holder, declaration, expression)                                                                  \
    auto&& holder = (expression);                                                                                      \
    if (!holder) [[unlikely]]                                                                                          \
        return tl::unexpected<::azukari::Refusal>(std::move(holder).error());                                          \
    declaration = *std::move(holder)
// AZK_REQUIRE(check(...)); returns the refusal to the caller, if there is one.
#define AZK_REQUIRE(expression)                                                                                        \
    do {                                                                                                               \
        if (auto azk_required = (expression); !azk_required) [[unlikely]]                                              \
            return tl::unexpected<::azukari::Refusal>(std::move(azk_required).error());                                \
    } while (false)
