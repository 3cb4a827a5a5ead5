-- The event log: the one place where anything that happened is written down.
--
-- Promises kept by this file: every event has a global position, contiguous from 1, and a
-- sequence in its stream, contiguous from 1; what is written is never changed or removed.

-- The role the server works as. It owns the read models and may only add to the log.
-- Roles belong to the whole cluster, so another database may have made it already (or be
-- making it this very moment).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'anamnesis_app') THEN
        CREATE ROLE anamnesis_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;
GRANT anamnesis_app TO CURRENT_USER;

CREATE SCHEMA log;
GRANT USAGE ON SCHEMA log TO anamnesis_app;

CREATE TABLE log.events (
    global_position bigint      NOT NULL PRIMARY KEY CHECK (global_position > 0),
    event_id        uuid        NOT NULL UNIQUE,
    aggregate_type  text        NOT NULL,
    aggregate_id    text        NOT NULL,
    sequence        bigint      NOT NULL CHECK (sequence > 0),
    event_type      text        NOT NULL,
    event_version   text        NOT NULL,
    -- `json`, not `jsonb`: the bytes stay exactly as they were hashed.
    payload         json        NOT NULL,
    metadata        json        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    -- RFC 6962 leaf hash of the event; see `src/log/leaf.rs` for the bytes it covers.
    leaf_hash       bytea       NOT NULL CHECK (octet_length(leaf_hash) = 32),
    CONSTRAINT events_stream UNIQUE (aggregate_type, aggregate_id, sequence)
);

-- One row: the last position given out and its time. Whoever appends holds this row's lock
-- until the commit, so positions become visible in order and without gaps.
CREATE TABLE log.head (
    only_row    boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
    position    bigint      NOT NULL CHECK (position >= 0),
    recorded_at timestamptz NOT NULL,
    -- Names this log. A restored copy that has gone its own way must be given a new one, so
    -- that clients' cursors into the other history are recognised as foreign.
    epoch       uuid        NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO log.head (position, recorded_at) VALUES (0, 'epoch');

-- Remembered states, so that a cold aggregate is not folded from its first event. Only a
-- cache: deleting every row costs time, never truth.
CREATE TABLE log.snapshots (
    aggregate_type text   NOT NULL,
    aggregate_id   text   NOT NULL,
    last_sequence  bigint NOT NULL,
    -- The shape of the state; a server that knows another shape ignores the row.
    state_version  int    NOT NULL,
    payload        jsonb  NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id)
);

GRANT SELECT, INSERT ON log.events TO anamnesis_app;
GRANT SELECT, UPDATE (position, recorded_at) ON log.head TO anamnesis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON log.snapshots TO anamnesis_app;

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'log.% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

-- ALWAYS: they also hold where session_replication_role = replica.
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON log.events
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON log.events
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.events ENABLE ALWAYS TRIGGER events_append_only;
ALTER TABLE log.events ENABLE ALWAYS TRIGGER events_no_truncate;

CREATE FUNCTION log.head_moves_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.position < OLD.position OR NEW.recorded_at < OLD.recorded_at THEN
        RAISE EXCEPTION 'log.head only moves forward: % refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER head_forward BEFORE UPDATE OR DELETE ON log.head
    FOR EACH ROW EXECUTE FUNCTION log.head_moves_forward();
ALTER TABLE log.head ENABLE ALWAYS TRIGGER head_forward;
