-- Keys for sealed content: one data key per subject and period, each wrapped by the master key,
-- which is never in the database.
--
-- Promises kept by this file: a subject has one key per period; a destroyed key can not come
-- back, and its row stays, so that "erased" can be told from "never existed".

CREATE SCHEMA keys;
GRANT USAGE ON SCHEMA keys TO anamnesis_app;

CREATE TABLE keys.data_keys (
    key_id       uuid        NOT NULL PRIMARY KEY,
    subject_id   uuid        NOT NULL,
    -- "YYYY-MM" for content, or the name of another use; see `src/sealing/period.rs`.
    period       text        NOT NULL,
    -- NULL once the key is destroyed.
    wrapped      bytea,
    created_at   timestamptz NOT NULL DEFAULT now(),
    destroyed_at timestamptz,
    CONSTRAINT data_keys_subject_period UNIQUE (subject_id, period),
    CONSTRAINT data_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE FUNCTION keys.only_destroy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.wrapped IS NULL
        AND (NEW.key_id, NEW.subject_id, NEW.period, NEW.created_at)
          = (OLD.key_id, OLD.subject_id, OLD.period, OLD.created_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'keys.data_keys: a key may be destroyed, nothing else: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER data_keys_only_destroy BEFORE UPDATE OR DELETE ON keys.data_keys
    FOR EACH ROW EXECUTE FUNCTION keys.only_destroy();
ALTER TABLE keys.data_keys ENABLE ALWAYS TRIGGER data_keys_only_destroy;

-- One row, derived one-way from the master key: a server with another master key sees it at
-- its start and stops, rather than write what nobody could read together.
CREATE TABLE keys.master_check (
    only_row    boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
    check_value bytea   NOT NULL CHECK (octet_length(check_value) = 32)
);

GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at) ON keys.data_keys TO anamnesis_app;
GRANT SELECT, INSERT ON keys.master_check TO anamnesis_app;
