#include "access/pages/people/people_pages.h"

#include "access/pages/people/people_frame.h"

namespace azukari::access::people_pages {
namespace {

using Page = http::Response (*)(const Rooms&, const office::Visit&, const Scope&);

office::Handler with(const Rooms& rooms, Page page)
{
    return [rooms, page](const office::Visit& visit, const Scope& scope) { return page(rooms, visit, scope); };
}

} // namespace

std::vector<office::Route> routes(const Rooms& rooms)
{
    using namespace actions;
    const std::string roster = "/entrustments/{entrustment}/roster";
    const std::string withdrawal = roster + "/entries/{entry}/withdrawal";
    const std::string training = "/entrustments/{entrustment}/training";
    return {
        office::get(roster, kSeeRoster, with(rooms, show_roster)),
        office::get(roster + "/new", kProposeRoster, with(rooms, ask_proposal)),
        office::post(roster + "/new", kProposeRoster, with(rooms, propose_person)),
        office::get(withdrawal, kProposeRoster, with(rooms, ask_withdrawal)),
        office::post(withdrawal, kProposeRoster, with(rooms, withdraw_person)),
        office::get(roster + "/submission", kSubmitRoster, with(rooms, ask_submission)),
        office::post(roster + "/submission", kSubmitRoster, with(rooms, submit_to_ward)),
        office::get(roster + "/versions/{version}", kSeeRoster, with(rooms, take_paper)),
        office::get(training, kSeeRoster, with(rooms, show_training)),
        office::get(training + "/course", kSeeRoster, with(rooms, show_course)),
        office::post(training + "/course", kTakeTraining, with(rooms, answer_test)),
        office::get(training + "/class", kRecordTraining, with(rooms, ask_class)),
        office::post(training + "/class", kRecordTraining, with(rooms, record_class)),
    };
}

} // namespace azukari::access::people_pages
