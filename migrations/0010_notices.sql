-- Notices: what somebody is told because something happened. Ids and codes only.
CREATE SCHEMA rebuild_notices AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.notices (
    -- Who is told; the nil id stands for all administrators.
    account_id uuid        NOT NULL,
    -- The event that it is made of.
    position   bigint      NOT NULL,
    kind       text        NOT NULL,
    at         timestamptz NOT NULL,
    -- The appointment, consultation or account that it is about.
    about      uuid        NOT NULL,
    -- Who did it; NULL when the server itself did.
    from_id    uuid,
    PRIMARY KEY (account_id, position)
);

-- What notices are about: whose it is, and whether it can be seen at present. What was deleted
-- or dealt with hides its notices; what is restored shows them again.
CREATE TABLE read.notice_subjects (
    about      uuid    NOT NULL PRIMARY KEY,
    patient_id uuid,
    doctor_id  uuid,
    hidden     boolean NOT NULL
);

-- How far each account has seen its notices: a position.
CREATE TABLE read.notice_marks (
    account_id   uuid   NOT NULL PRIMARY KEY,
    seen_through bigint NOT NULL
);

RESET ROLE;
