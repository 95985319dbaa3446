-- What is taught for an entrustment. A changed course is a new row; the latest is the current one.
create table training_course (
    id blob primary key,
    entrustment blob not null,
    title text not null,
    material text not null,
    pass_mark integer not null,
    valid_years integer not null,
    created_at integer not null,
    created_by text not null
);
create index training_course_entrustment on training_course (entrustment, created_at);
create table training_question (
    course blob not null references training_course (id),
    number integer not null,
    question text not null,
    explanation text not null,
    primary key (course, number)
);
create table training_choice (
    course blob not null references training_course (id),
    question integer not null,
    number integer not null,
    choice text not null,
    correct integer not null,
    primary key (course, question, number)
);

-- Each try, passed or not. `recorded_by` is set when somebody else recorded it (a class with a test on paper).
create table training_attempt (
    id blob primary key,
    course blob not null references training_course (id),
    entrustment blob not null,
    staff blob not null,
    at integer not null,
    score integer not null,
    questions integer not null,
    passed integer not null,
    valid_until integer,
    recorded_by blob
);
create index training_attempt_person on training_attempt (entrustment, staff, at);
