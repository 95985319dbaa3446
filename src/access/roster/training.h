// 教育・研修 (特記事項 21-18, 31-26): what is taught for an entrustment, the short test, and who passed it until when.
#pragma once

#include "access/decision.h"

#include <string>
#include <vector>

namespace azukari::access {

using CourseId = Id<struct CourseNoun>;

struct Choice {
    std::string text;
    bool correct;
};
struct Question {
    std::string text;
    std::string explanation; // shown with the result
    std::vector<Choice> choices;
};
struct CourseContent {
    std::string title;
    std::string material; // paragraphs, separated by empty lines; a line that begins with "# " is a heading
    int pass_mark;        // right answers
    int valid_years;
    std::vector<Question> questions;
};
struct Course {
    CourseId id;
    CourseContent content;
    Instant created;
};

struct Attempt {
    Instant at;
    int score;
    int questions;
    bool passed;
    std::optional<Instant> valid_until; // when passed
    bool recorded;                      // by somebody else, after a class with a test on paper
};

enum class TrainingState : std::uint8_t { missing, current, expired };

} // namespace azukari::access
