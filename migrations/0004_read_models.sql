-- The read models: what is shown, all of it folded from the log by the projections crate.
--
-- The server's role owns them: a rebuild makes, compares and swaps whole tables. It owns
-- nothing of the log. Indexes are left unnamed on purpose: PostgreSQL then gives the same
-- names to the tables that a rebuild makes with `LIKE … INCLUDING ALL`.

CREATE SCHEMA read AUTHORIZATION anamnesis_app;
-- Where a rebuild builds; empty otherwise. They stand here, so that the server's role needs
-- no right to make schemas.
CREATE SCHEMA rebuild_accounts AUTHORIZATION anamnesis_app;
CREATE SCHEMA rebuild_conversations AUTHORIZATION anamnesis_app;
CREATE SCHEMA rebuild_appointments AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

-- How far each reader of the log has come. Moved in the transaction that writes the rows.
CREATE TABLE read.checkpoints (
    projection          text        NOT NULL PRIMARY KEY,
    position            bigint      NOT NULL CHECK (position >= 0),
    -- The event that could not be applied, and a code for why. Never its content.
    stopped_at_position bigint,
    stopped_reason      text,
    updated_at          timestamptz NOT NULL DEFAULT now(),
    CHECK ((stopped_at_position IS NULL) = (stopped_reason IS NULL))
) WITH (fillfactor = 10);

-- Names and addresses stand in clear here and nowhere else, because people are looked up by
-- them; everything else that a person wrote stays sealed.
CREATE TABLE read.accounts (
    account_id       uuid        NOT NULL PRIMARY KEY,
    -- NULL once erased; the name is then empty.
    username         text,
    email            text,
    name             text        NOT NULL,
    -- Normalised for look-up: trimmed, lower case.
    username_key     text,
    email_key        text,
    -- Sealed, each with the event that sealed it.
    bio              text,
    bio_event_id     uuid,
    picture          text,
    picture_event_id uuid,
    phone            text,
    phone_event_id   uuid,
    role             text        NOT NULL,
    status           text        NOT NULL,
    availability     text        NOT NULL,
    registered_at    timestamptz NOT NULL,
    -- Sequence of the account's last event.
    version          bigint      NOT NULL
);
CREATE INDEX ON read.accounts (username_key);
CREATE INDEX ON read.accounts (email_key);
CREATE INDEX ON read.accounts (name, account_id) WHERE role = 'doctor' AND status = 'active';

-- One row per conversation. It changes with every message, so no index may touch the columns
-- that change, and pages keep room for the next version of the row (HOT updates).
CREATE TABLE read.rooms (
    room_id                uuid        NOT NULL PRIMARY KEY,
    patient_id             uuid        NOT NULL,
    doctor_id              uuid        NOT NULL,
    opened_at              timestamptz NOT NULL,
    closed                 boolean     NOT NULL,
    -- Number of the last message; 0 before the first.
    last_message           bigint      NOT NULL,
    -- Activity is a posted message (at first: the opening), not an edit or a receipt.
    last_activity_position bigint      NOT NULL,
    last_activity_at       timestamptz NOT NULL,
    -- Position of the room's last event of any kind.
    last_position          bigint      NOT NULL,
    patient_delivered      bigint      NOT NULL,
    patient_read           bigint      NOT NULL,
    doctor_delivered       bigint      NOT NULL,
    doctor_read            bigint      NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX ON read.rooms (patient_id);
CREATE INDEX ON read.rooms (doctor_id);

CREATE TABLE read.messages (
    room_id       uuid        NOT NULL,
    -- The message's number: its sequence in the room's stream.
    sequence      bigint      NOT NULL,
    author_id     uuid        NOT NULL,
    posted_at     timestamptz NOT NULL,
    position      bigint      NOT NULL,
    event_id      uuid        NOT NULL,
    -- The words that stand now, sealed, and the event that sealed them.
    body          text        NOT NULL,
    body_event_id uuid        NOT NULL,
    -- Sequence of the last edit; the message's own number where there was none.
    version       bigint      NOT NULL,
    edited_at     timestamptz,
    edits         int         NOT NULL,
    retracted_at  timestamptz,
    PRIMARY KEY (room_id, sequence)
);
-- Unread messages are counted by author, up to a cap, so that the count's cost does not grow
-- with what the reader wrote.
CREATE INDEX ON read.messages (room_id, author_id, sequence) WHERE retracted_at IS NULL;

-- Every version of the messages that were edited, the first and the present one included.
CREATE TABLE read.message_edits (
    room_id       uuid        NOT NULL,
    message       bigint      NOT NULL,
    version       bigint      NOT NULL,
    body          text        NOT NULL,
    body_event_id uuid        NOT NULL,
    edited_at     timestamptz NOT NULL,
    PRIMARY KEY (room_id, message, version)
);

CREATE TABLE read.reactions (
    room_id    uuid   NOT NULL,
    message    bigint NOT NULL,
    account_id uuid   NOT NULL,
    reaction   text   NOT NULL,
    PRIMARY KEY (room_id, message, account_id, reaction)
);

CREATE TABLE read.appointments (
    appointment_id  uuid        NOT NULL PRIMARY KEY,
    patient_id      uuid        NOT NULL,
    doctor_id       uuid        NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    -- IANA zone in which the time was agreed.
    zone            text        NOT NULL,
    -- Sealed, with the event that sealed it.
    reason          text,
    reason_event_id uuid,
    status          text        NOT NULL,
    booked_at       timestamptz NOT NULL,
    version         bigint      NOT NULL
);
CREATE INDEX ON read.appointments (patient_id, starts_at, appointment_id);
CREATE INDEX ON read.appointments (doctor_id, starts_at, appointment_id);

RESET ROLE;
