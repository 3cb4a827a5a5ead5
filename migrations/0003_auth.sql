-- Signing in: passwords, sessions, refresh tokens, socket tickets, and the keys that sign
-- access tokens.
--
-- Promises kept by this file: no secret stands here that could be presented (only hashes and
-- wrapped keys); a session that is revoked is announced in the same transaction.

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO anamnesis_app;

CREATE TABLE auth.credentials (
    account_id    uuid        NOT NULL PRIMARY KEY,
    -- A PHC string (argon2id).
    password_hash text        NOT NULL,
    updated_at    timestamptz NOT NULL
);

CREATE TABLE auth.signing_keys (
    kid        text        NOT NULL PRIMARY KEY,
    public_key bytea       NOT NULL CHECK (octet_length(public_key) = 32),
    -- Wrapped by the master key; gone once the key is retired.
    wrapped    bytea,
    created_at timestamptz NOT NULL,
    retired_at timestamptz,
    CONSTRAINT signing_keys_retired CHECK ((wrapped IS NULL) = (retired_at IS NOT NULL))
);
-- One key signs. Of several processes that start at once, the first makes it.
CREATE UNIQUE INDEX signing_keys_one_current ON auth.signing_keys ((true))
    WHERE retired_at IS NULL;

CREATE TABLE auth.sessions (
    session_id    uuid        NOT NULL PRIMARY KEY,
    account_id    uuid        NOT NULL,
    -- SHA-256 of the secret that the signed-in device keeps.
    device_hash   bytea       NOT NULL CHECK (octet_length(device_hash) = 32),
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz NOT NULL,
    -- However much it is used, it ends here.
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz,
    revoke_reason text,
    CONSTRAINT sessions_revoked CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);
CREATE INDEX sessions_live ON auth.sessions (account_id, last_used_at) WHERE revoked_at IS NULL;
CREATE INDEX sessions_expiry ON auth.sessions (expires_at);

CREATE TABLE auth.refresh_tokens (
    -- SHA-256; the token itself is 32 random bytes, so nothing can be guessed from it.
    token_hash     bytea       NOT NULL PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    session_id     uuid        NOT NULL REFERENCES auth.sessions,
    issued_at      timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    -- With the master key and this token, gives its successor again; see `src/auth/rotation.rs`.
    successor_seed bytea,
    CONSTRAINT refresh_tokens_used CHECK ((used_at IS NULL) = (successor_seed IS NULL))
);
CREATE INDEX refresh_tokens_session ON auth.refresh_tokens (session_id);
CREATE INDEX refresh_tokens_expiry ON auth.refresh_tokens (expires_at);

-- Unlogged: a ticket lives for half a minute, and a client whose ticket is lost in a crash
-- asks for another.
CREATE UNLOGGED TABLE auth.socket_tickets (
    ticket_hash bytea       NOT NULL PRIMARY KEY CHECK (octet_length(ticket_hash) = 32),
    session_id  uuid        NOT NULL REFERENCES auth.sessions ON DELETE CASCADE,
    role        text        NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX socket_tickets_session ON auth.socket_tickets (session_id, expires_at);
CREATE INDEX socket_tickets_expiry ON auth.socket_tickets (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.credentials TO anamnesis_app;
GRANT SELECT, INSERT, UPDATE (wrapped, retired_at) ON auth.signing_keys TO anamnesis_app;
GRANT SELECT, INSERT, DELETE, UPDATE (last_used_at, revoked_at, revoke_reason)
    ON auth.sessions TO anamnesis_app;
GRANT SELECT, INSERT, DELETE, UPDATE (used_at, successor_seed)
    ON auth.refresh_tokens TO anamnesis_app;
-- UPDATE on one column is what PostgreSQL asks for before it locks a row.
GRANT SELECT, INSERT, DELETE, UPDATE (expires_at) ON auth.socket_tickets TO anamnesis_app;

-- A trigger, so that no way of revoking a session can forget to say so.
CREATE FUNCTION auth.announce_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('session_revoked', NEW.session_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER sessions_announce_revocation AFTER UPDATE OF revoked_at ON auth.sessions
    FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
    EXECUTE FUNCTION auth.announce_revocation();
