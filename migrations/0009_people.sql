-- People: a directory of doctors, lists for administrators, pictures, and what was deleted.
--
-- `read.accounts` has another shape: it is emptied, and its projection fills it again.

CREATE SCHEMA rebuild_deleted_items AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

DROP TABLE read.accounts;
DELETE FROM read.checkpoints WHERE projection = 'accounts';

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
    -- The words of the name in lower case, with one space between them.
    name_key         text        NOT NULL,
    -- Sealed, each with the event that sealed it.
    bio              text,
    bio_event_id     uuid,
    phone            text,
    phone_event_id   uuid,
    -- Names a row of `pictures.pictures`.
    picture_id       uuid,
    role             text        NOT NULL,
    -- What was asked for; NULL for patients.
    requested_role   text,
    status           text        NOT NULL,
    availability     text        NOT NULL,
    specialty        text,
    registered_at    timestamptz NOT NULL,
    -- Sequence of the account's last event.
    version          bigint      NOT NULL
);
CREATE INDEX ON read.accounts (username_key);
CREATE INDEX ON read.accounts (email_key);
-- The directory: all, of one specialty, and by the beginnings of words of the name.
CREATE INDEX ON read.accounts (name, account_id) WHERE role = 'doctor' AND status = 'active';
CREATE INDEX ON read.accounts (specialty, name, account_id)
    WHERE role = 'doctor' AND status = 'active';
CREATE INDEX ON read.accounts USING gin (array_to_tsvector(string_to_array(name_key, ' ')))
    WHERE role = 'doctor' AND status = 'active';
-- The lists of administrators.
CREATE INDEX ON read.accounts (status, name, account_id);
CREATE INDEX ON read.accounts (status, role, name, account_id);
CREATE INDEX ON read.accounts (registered_at, account_id) WHERE status = 'pending';

-- What is deleted now, without a word of what it says.
CREATE TABLE read.deleted_items (
    kind       text        NOT NULL,
    -- Of the room, the appointment, the consultation or the account.
    id         uuid        NOT NULL,
    -- A message's number in its room; 0 for everything else.
    number     bigint      NOT NULL,
    -- Whom it concerns.
    people     uuid[]      NOT NULL,
    deleted_by uuid        NOT NULL,
    deleted_at timestamptz NOT NULL,
    position   bigint      NOT NULL,
    PRIMARY KEY (kind, id, number)
);
CREATE INDEX ON read.deleted_items (position);
CREATE INDEX ON read.deleted_items (kind, position);
CREATE INDEX ON read.deleted_items USING gin (people);

-- Whom rooms, appointments and consultations concern: their deletions do not say it.
CREATE TABLE read.deletable (
    kind       text NOT NULL,
    id         uuid NOT NULL,
    patient_id uuid NOT NULL,
    doctor_id  uuid NOT NULL,
    PRIMARY KEY (kind, id)
);

RESET ROLE;

-- Pictures of people, sealed under the key of the account that each is of. Not a read model:
-- events only name them.
CREATE SCHEMA pictures;
GRANT USAGE ON SCHEMA pictures TO anamnesis_app;

CREATE TABLE pictures.pictures (
    picture_id uuid        NOT NULL PRIMARY KEY,
    account_id uuid        NOT NULL,
    -- A JPEG.
    sealed     text        NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON pictures.pictures (account_id, stored_at);
-- What is sealed can't be compressed.
ALTER TABLE pictures.pictures ALTER COLUMN sealed SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, DELETE ON pictures.pictures TO anamnesis_app;
