-- How each job of the house stands (src/infra/jobs/job_store.h). A job that was tried and neither done nor failed since
-- was cut off.
create table jobs_job (
    name text primary key,
    first_seen integer not null,
    tried_at integer,
    done_at integer,
    failure_code text not null,
    failure text not null
);
