-- What patients ask to have corrected, and what their doctors answer. Folded by the projection
-- `consultations`. No log has such an event yet, so the table is complete while it is empty, and
-- nothing has to be folded again.

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.corrections (
    consultation_id    uuid        NOT NULL,
    -- From 1, within the consultation.
    number             integer     NOT NULL,
    requested_at       timestamptz NOT NULL,
    -- What is wrong, sealed, and the event.
    text               text        NOT NULL,
    text_event_id      uuid        NOT NULL,
    -- NULL while it waits.
    answered_at        timestamptz,
    -- The version that the amendment made; NULL where there was none.
    amendment          bigint,
    -- Why it stays as it is, sealed, and the event; NULL where it was corrected.
    statement          text,
    statement_event_id uuid,
    PRIMARY KEY (consultation_id, number)
);

RESET ROLE;
