-- The audit trail: a line for every event there is, found by whom, what and when. Ids, codes and
-- instants only; what a line says in words is made of the event itself.
CREATE SCHEMA rebuild_trail AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.trail (
    -- The event's.
    position    bigint      NOT NULL PRIMARY KEY,
    at          timestamptz NOT NULL,
    -- Who did it; NULL when the server itself did.
    actor_id    uuid,
    actor_role  text,
    session_id  uuid,
    request_id  uuid,
    -- The patient whom it concerns, where it concerns one.
    patient_id  uuid,
    -- What it was done to; NULL for a name that nobody has.
    record_kind text        NOT NULL,
    record_id   uuid,
    action      text        NOT NULL,
    outcome     text        NOT NULL
);
-- Positions and instants grow together: a period becomes two positions.
CREATE INDEX ON read.trail (at, position);

-- What each line is found by: a row for its actor, its patient, each record, its action, its
-- request, and an outcome that is not a success. A search reads stretches of this index alone.
CREATE TABLE read.trail_keys (
    -- Made of the kind of key and its value.
    key      uuid   NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (key, position)
);

-- Whose rooms, appointments, consultations, sessions and accounts are: later events do not say.
CREATE TABLE read.trail_subjects (
    id         uuid NOT NULL PRIMARY KEY,
    -- Of a session, whose it is.
    account_id uuid,
    patient_id uuid
);

RESET ROLE;
