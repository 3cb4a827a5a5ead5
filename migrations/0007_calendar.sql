-- The calendar: appointments that are moved, called off or hidden, and when doctors work. The
-- tables begin empty; their projections fill them from the log at the next start.

CREATE SCHEMA rebuild_schedules AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

DROP TABLE read.appointments;
DELETE FROM read.checkpoints WHERE projection = 'appointments';

CREATE TABLE read.appointments (
    appointment_id         uuid        NOT NULL PRIMARY KEY,
    patient_id             uuid        NOT NULL,
    doctor_id              uuid        NOT NULL,
    starts_at              timestamptz NOT NULL,
    ends_at                timestamptz NOT NULL,
    -- IANA zone in which the time was agreed.
    zone                   text        NOT NULL,
    -- Sealed, each with the event that sealed it.
    reason                 text,
    reason_event_id        uuid,
    cancel_reason          text,
    cancel_reason_event_id uuid,
    -- What became of it, whether or not it is hidden.
    status                 text        NOT NULL,
    deleted                boolean     NOT NULL,
    booked_at              timestamptz NOT NULL,
    -- Sequence and position of its last event.
    version                bigint      NOT NULL,
    last_position          bigint      NOT NULL
);
CREATE INDEX ON read.appointments (patient_id, starts_at, appointment_id) WHERE NOT deleted;
CREATE INDEX ON read.appointments (doctor_id, starts_at, appointment_id) WHERE NOT deleted;
-- What a returning client has missed.
CREATE INDEX ON read.appointments (patient_id, last_position);
CREATE INDEX ON read.appointments (doctor_id, last_position);

-- Everything that happened to each appointment.
CREATE TABLE read.appointment_changes (
    appointment_id uuid        NOT NULL,
    sequence       bigint      NOT NULL,
    what           text        NOT NULL,
    by_id          uuid        NOT NULL,
    at             timestamptz NOT NULL,
    -- The time that holds from here on, where it is another than before.
    starts_at      timestamptz,
    ends_at        timestamptz,
    PRIMARY KEY (appointment_id, sequence)
);

-- Each doctor's schedule as it stands: the state of the aggregate, as JSON. Slots are worked
-- out from it and stored nowhere.
CREATE TABLE read.schedules (
    doctor_id uuid   NOT NULL PRIMARY KEY,
    state     text   NOT NULL,
    -- Sequence of its last event.
    version   bigint NOT NULL
);

RESET ROLE;
