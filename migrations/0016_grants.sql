-- Break-glass: which officer may, or might, look at whose record, and who has reviewed that.
CREATE SCHEMA rebuild_grants AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.grants (
    grant_id         uuid        NOT NULL PRIMARY KEY,
    officer_id       uuid        NOT NULL,
    patient_id       uuid        NOT NULL,
    granted_at       timestamptz NOT NULL,
    -- The order of lists.
    granted_position bigint      NOT NULL,
    expires_at       timestamptz NOT NULL,
    -- When the officer gave it back; NULL where they did not.
    ended_at         timestamptz,
    -- NULL until it is signed off.
    reviewed_by      uuid,
    reviewed_at      timestamptz,
    verdict          text,
    -- Why it was wanted, and what the reviewer says: sealed, with the events that sealed them.
    reason           text        NOT NULL,
    reason_event_id  uuid        NOT NULL,
    note             text,
    note_event_id    uuid,
    -- Sequence of its last event.
    version          bigint      NOT NULL
);
CREATE INDEX ON read.grants (granted_position);
CREATE INDEX ON read.grants (granted_position) WHERE reviewed_at IS NULL;
CREATE INDEX ON read.grants (officer_id, granted_position);
CREATE INDEX ON read.grants (patient_id, granted_position);
-- Whether an officer may look now.
CREATE INDEX ON read.grants (officer_id, patient_id, expires_at) WHERE ended_at IS NULL;

RESET ROLE;
