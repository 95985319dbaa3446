// A role, an action, and whether one grants the other.
#pragma once

#include <cstdint>
#include <string_view>

namespace azukari::access {

enum class Role : std::uint8_t {
    ward_officer,        // 区 担当職員
    ward_reviewer,       // 区 確認者 (a second person of the ward)
    handling_supervisor, // 受託者 取扱責任者
    handler,             // 受託者 取扱者
    security_officer,    // 受託者 セキュリティ責任者
    auditor,             // 監査
};
inline constexpr int kRoles = 6;

// Every action a route can guard. An action is of one kind, which says what decide() asks beside the role:
//   open     signed in, nothing else
//   about    about an entrustment; no personal information of residents
//   personal reads or writes personal information: roster, training and the entrustment's term are asked too
//   ending   the same for return and erasure, which go on after the term's last day [K04]
// An action that is grave needs re-authentication within the last minutes, too.
enum class Kind : std::uint8_t { open, about, personal, ending };
constexpr bool touches_residents(Kind kind)
{
    return kind == Kind::personal || kind == Kind::ending;
}

struct Action {
    std::string_view name; // stable: "register.edit"
    std::string_view japanese;
    Kind kind;
    bool grave;
    std::uint8_t roles; // bit per Role
};

constexpr std::uint8_t roles_of()
{
    return 0;
}
template <class... Rest>
constexpr std::uint8_t roles_of(Role first, Rest... rest)
{
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(first) | roles_of(rest...));
}

constexpr bool grants(const Action& action, Role role)
{
    return (action.roles >> static_cast<unsigned>(role) & 1U) != 0;
}

std::string_view japanese(Role role);
bool is_ward(Role role);

} // namespace azukari::access
