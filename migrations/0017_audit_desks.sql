-- What compliance officers have reviewed of the trail, and the searches that they keep. Filters
-- are codes, ids and instants; words are sealed under the officer's key.
CREATE SCHEMA rebuild_audit_desks AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

CREATE TABLE read.trail_reviews (
    review_id     uuid        NOT NULL PRIMARY KEY,
    -- The order of the list.
    position      bigint      NOT NULL,
    at            timestamptz NOT NULL,
    officer_id    uuid        NOT NULL,
    filters       jsonb       NOT NULL,
    -- The positions that were looked through.
    first         bigint      NOT NULL,
    last          bigint      NOT NULL,
    note          text        NOT NULL,
    note_event_id uuid        NOT NULL
);
CREATE INDEX ON read.trail_reviews (position);

CREATE TABLE read.saved_searches (
    search_id     uuid        NOT NULL PRIMARY KEY,
    officer_id    uuid        NOT NULL,
    saved_at      timestamptz NOT NULL,
    -- Of the last event.
    changed_at    timestamptz NOT NULL,
    filters       jsonb       NOT NULL,
    name          text        NOT NULL,
    name_event_id uuid        NOT NULL
);
CREATE INDEX ON read.saved_searches (officer_id, saved_at);

RESET ROLE;
