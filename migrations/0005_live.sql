-- Who is connected to which server process. Unlogged: it is nobody's history, is in no backup,
-- and is empty after a crash of the database (each process then says again who is there).
CREATE SCHEMA live;
GRANT USAGE ON SCHEMA live TO anamnesis_app;

CREATE UNLOGGED TABLE live.processes (
    process_id uuid        NOT NULL PRIMARY KEY,
    since      timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL
);

-- No foreign key: both tables may be written in one statement, and a row without its process
-- counts for nothing.
CREATE UNLOGGED TABLE live.presence (
    process_id uuid NOT NULL,
    account_id uuid NOT NULL,
    PRIMARY KEY (process_id, account_id)
);
CREATE INDEX ON live.presence (account_id);

CREATE FUNCTION live.forget_process() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM live.presence WHERE process_id = OLD.process_id;
    RETURN NULL;
END $$;
CREATE TRIGGER process_forgotten AFTER DELETE ON live.processes
    FOR EACH ROW EXECUTE FUNCTION live.forget_process();

GRANT SELECT, INSERT, UPDATE, DELETE ON live.processes, live.presence TO anamnesis_app;
