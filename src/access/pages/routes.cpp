#include "access/pages/routes.h"

#include "access/pages/accounts_page.h"
#include "access/pages/matrix_page.h"
#include "access/pages/own_account_page.h"
#include "access/pages/own_factors_page.h"
#include "access/pages/reauthenticate_page.h"
#include "access/pages/sign_in_page.h"
#include "access_pages_assets.h"

namespace azukari::access::pages {

std::vector<office::Route> routes(Rooms rooms)
{
    auto all = office::asset_routes(assets_of_access_pages());
    for (auto&& some : {sign_in_routes(rooms), reauthenticate_routes(rooms), own_account_routes(rooms),
                        own_factors_routes(rooms), accounts_routes(rooms), matrix_routes()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace azukari::access::pages
