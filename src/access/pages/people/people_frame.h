// What the pages of rosters and training share: their handlers, their addresses, the frame they stand in.
#pragma once

#include "access/pages/people/people_pages.h"
#include "access/roster/roster.h"
#include "access/roster/training.h"
#include "office/shell/shell.h"

namespace azukari::access::people_pages {

#define AZK_PEOPLE_PAGE(name) http::Response name(const Rooms& rooms, const office::Visit& visit, const Scope& scope)
AZK_PEOPLE_PAGE(show_roster);
AZK_PEOPLE_PAGE(ask_proposal);
AZK_PEOPLE_PAGE(propose_person);
AZK_PEOPLE_PAGE(ask_withdrawal);
AZK_PEOPLE_PAGE(withdraw_person);
AZK_PEOPLE_PAGE(ask_submission);
AZK_PEOPLE_PAGE(submit_to_ward);
AZK_PEOPLE_PAGE(take_paper);
AZK_PEOPLE_PAGE(show_training);
AZK_PEOPLE_PAGE(show_course);
AZK_PEOPLE_PAGE(answer_test);
AZK_PEOPLE_PAGE(ask_class);
AZK_PEOPLE_PAGE(record_class);
#undef AZK_PEOPLE_PAGE

// `below`: "roster", "roster/new", "training/course"; literals only.
std::string path_of(const Scope& scope, std::string_view below);
html::Url address_of(const Scope& scope, std::string_view below);

enum class Part { roster, training };
// A page of one entrustment, with crumbs that lead back to it and the way to the other part.
office::Page framed(const Scope& scope, const Entrusted& entrusted, std::string title, Part part, html::Html body);
// A page below one of the parts: its crumbs lead through the part.
void stand_below(office::Page& page, const Scope& scope, const Entrusted& entrusted, Part part);

inline bool may(const Scope& scope, const Action& action)
{
    return grants(action, scope.role());
}

// The last day on which a training that is valid until `until` counts.
CivilDate last_day(Instant until);
// 「令和9年3月31日まで」 with a chip when it is over, missing or ends within 30 days.
html::Html training_cell(const std::optional<Instant>& until, const Moment& moment);
// 「4問すべての正解で合格です」, 「4問のうち3問以上の正解で合格です」.
std::string pass_words(const CourseContent& content);
html::Html person_cell(std::string_view name, std::string_view kana);

} // namespace azukari::access::people_pages
