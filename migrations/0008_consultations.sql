-- What doctors write down, and what follows from it: medicines and reviews. All of it folded
-- from the log by the projection `consultations`, so nothing has to be moved here.

CREATE SCHEMA rebuild_consultations AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.consultations (
    consultation_id uuid        NOT NULL PRIMARY KEY,
    appointment_id  uuid        NOT NULL,
    patient_id      uuid        NOT NULL,
    doctor_id       uuid        NOT NULL,
    opened_at       timestamptz NOT NULL,
    -- The order of lists.
    opened_position bigint      NOT NULL,
    -- What stands in it now: each text sealed, with the event that sealed it.
    content         jsonb       NOT NULL,
    -- The days of which the doctor was reminded.
    reminded        jsonb       NOT NULL,
    -- The day to remind of; NULL where there is nothing to remind of, or it is done.
    review_due_on   date,
    signed_at       timestamptz,
    deleted         boolean     NOT NULL,
    -- Sequence of its last event.
    version         bigint      NOT NULL,
    -- Position of its last event.
    last_position   bigint      NOT NULL
);
CREATE INDEX ON read.consultations (doctor_id, opened_position) WHERE NOT deleted;
CREATE INDEX ON read.consultations (patient_id, opened_position)
    WHERE NOT deleted AND signed_at IS NOT NULL;
-- What a returning client has to look at.
CREATE INDEX ON read.consultations (doctor_id, last_position);
CREATE INDEX ON read.consultations (patient_id, last_position) WHERE signed_at IS NOT NULL;
CREATE INDEX ON read.consultations (review_due_on, consultation_id)
    WHERE review_due_on IS NOT NULL;

-- What stood in it when it was signed, and after each amendment.
CREATE TABLE read.consultation_versions (
    consultation_id uuid        NOT NULL,
    -- Sequence of the signing or the amendment.
    version         bigint      NOT NULL,
    written_by      uuid        NOT NULL,
    written_at      timestamptz NOT NULL,
    -- Why it was amended, sealed, and the event; NULL for what was signed first.
    reason          text,
    reason_event_id uuid,
    content         jsonb       NOT NULL,
    PRIMARY KEY (consultation_id, version)
);

-- The prescriptions that stand in consultations.
CREATE TABLE read.prescriptions (
    consultation_id  uuid   NOT NULL,
    prescription_id  uuid   NOT NULL,
    patient_id       uuid   NOT NULL,
    doctor_id        uuid   NOT NULL,
    -- The position at which it was first written, for the order of lists.
    position         bigint NOT NULL,
    -- The last day; NULL where it has none.
    ends_on          date,
    content          text   NOT NULL,
    content_event_id uuid   NOT NULL,
    -- Signed, and not deleted.
    active           boolean NOT NULL,
    PRIMARY KEY (consultation_id, prescription_id)
);
CREATE INDEX ON read.prescriptions (patient_id, position, prescription_id) WHERE active;

RESET ROLE;
