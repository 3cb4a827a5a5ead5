-- Messages that were reported as sent to the wrong patient: hidden from both, until a compliance
-- officer decides.
--
-- No event in any log says so yet, so what was folded before is as it would be folded now:
-- nothing has to be folded again.
CREATE SCHEMA rebuild_reports AUTHORIZATION anamnesis_app;

SET LOCAL ROLE anamnesis_app;

-- When the message was hidden, if it is.
ALTER TABLE read.messages ADD COLUMN hidden_at timestamptz;
-- What is hidden does not wait to be read. (The old one goes first: the new one gets its name, as
-- it would in a rebuild.)
DROP INDEX IF EXISTS read.messages_room_id_author_id_sequence_idx;
CREATE INDEX ON read.messages (room_id, author_id, sequence)
    WHERE retracted_at IS NULL AND hidden_at IS NULL;

-- A notice about a message is about its room and this number.
ALTER TABLE read.notices ADD COLUMN message bigint;

-- A report each, also of one message that was reported again: ids, codes and instants.
CREATE TABLE read.reports (
    -- Of the event that hid the message.
    position    bigint      NOT NULL PRIMARY KEY,
    room_id     uuid        NOT NULL,
    message     bigint      NOT NULL,
    author_id   uuid        NOT NULL,
    reason      text        NOT NULL,
    reported_by uuid        NOT NULL,
    reported_at timestamptz NOT NULL,
    -- NULL until it is decided.
    decision    text,
    decided_by  uuid,
    decided_at  timestamptz
);
CREATE INDEX ON read.reports (position) WHERE decided_at IS NULL;
CREATE INDEX ON read.reports (position) WHERE decided_at IS NOT NULL;
CREATE INDEX ON read.reports (room_id, message) WHERE decided_at IS NULL;

RESET ROLE;
