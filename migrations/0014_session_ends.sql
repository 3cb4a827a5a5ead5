-- The end of a session is an event in the log. It is written after the session was ended, by
-- whichever process comes to it; until then its row owes it, and stays.

-- When the event was there, or it was clear that there will be none.
ALTER TABLE auth.sessions ADD COLUMN end_recorded_at timestamptz;
GRANT UPDATE (end_recorded_at) ON auth.sessions TO anamnesis_app;

-- The start of these is not in the log, so their end will not be either.
UPDATE auth.sessions SET end_recorded_at = created_at;

-- Empty but for moments.
CREATE INDEX sessions_end_unrecorded ON auth.sessions (revoked_at, session_id)
    WHERE revoked_at IS NOT NULL AND end_recorded_at IS NULL;
