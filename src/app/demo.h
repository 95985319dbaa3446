// 見本のデータ: a ward and contractors that do not exist, people nobody is, the five entrustments carried to the present
// fiscal year, a roster and trainings. For trying out and for tests; never into a folder that holds something else.
#pragma once

#include "app/front_office.h"

#include <string>
#include <vector>

namespace azukari::app {

struct DemoAccount {
    std::string role; // "handler"
    std::string role_name;
    std::string name;
    std::string login;
    std::string password;
    std::string totp_secret_base32;
};

// Fills a house that has just been founded. Everything goes through the rooms' own functions, so the ledger
// tells of it.
Result<std::vector<DemoAccount>> fill_demo(House& house, FrontOffice& office);

// JSON for programs: [{"role", "role_name", "name", "login", "password", "totp_secret_base32"}].
std::string to_json(const std::vector<DemoAccount>& accounts);

} // namespace azukari::app
