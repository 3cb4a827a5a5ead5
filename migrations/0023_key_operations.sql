-- What is done with keys is an event in the log. It is written after it was done, by whichever
-- process comes to it; until then it is owed here. Triggers note it, so that no way of doing it
-- can forget to say so.

CREATE TABLE keys.owed (
    owed_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what       text        NOT NULL
        CHECK (what IN ('signing_key_made', 'signing_key_retired', 'data_key_destroyed')),
    -- The thumbprint of a signing key, the id of a data key.
    key_name   text        NOT NULL,
    -- Of a data key.
    subject_id uuid,
    period     text
);
GRANT SELECT, INSERT, DELETE ON keys.owed TO anamnesis_app;

CREATE FUNCTION keys.owe_signing_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO keys.owed (what, key_name)
    VALUES (CASE TG_OP WHEN 'INSERT' THEN 'signing_key_made' ELSE 'signing_key_retired' END,
            NEW.kid);
    RETURN NULL;
END $$;
CREATE TRIGGER signing_keys_owe_made AFTER INSERT ON auth.signing_keys
    FOR EACH ROW EXECUTE FUNCTION keys.owe_signing_key();
CREATE TRIGGER signing_keys_owe_retired AFTER UPDATE OF retired_at ON auth.signing_keys
    FOR EACH ROW WHEN (OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL)
    EXECUTE FUNCTION keys.owe_signing_key();

CREATE FUNCTION keys.owe_data_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO keys.owed (what, key_name, subject_id, period)
    VALUES ('data_key_destroyed', NEW.key_id::text, NEW.subject_id, NEW.period);
    RETURN NULL;
END $$;
CREATE TRIGGER data_keys_owe_destroyed AFTER UPDATE OF destroyed_at ON keys.data_keys
    FOR EACH ROW WHEN (OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL)
    EXECUTE FUNCTION keys.owe_data_key();

-- What was done before is owed as well.
INSERT INTO keys.owed (what, key_name)
SELECT 'signing_key_made', kid FROM auth.signing_keys ORDER BY created_at;
INSERT INTO keys.owed (what, key_name)
SELECT 'signing_key_retired', kid FROM auth.signing_keys
WHERE retired_at IS NOT NULL ORDER BY retired_at;
INSERT INTO keys.owed (what, key_name, subject_id, period)
SELECT 'data_key_destroyed', key_id::text, subject_id, period FROM keys.data_keys
WHERE destroyed_at IS NOT NULL ORDER BY destroyed_at;
