-- Administrators follow what happens to accounts: which of them changed after a position is read
-- from an index.
--
-- `read.accounts` has another shape: it is emptied, and its projection fills it again.

SET LOCAL ROLE anamnesis_app;

TRUNCATE read.accounts;
DELETE FROM read.checkpoints WHERE projection = 'accounts';

-- Position of the account's last event.
ALTER TABLE read.accounts ADD COLUMN last_position bigint NOT NULL;
CREATE INDEX ON read.accounts (last_position);

-- Who was let in is told so, except by the installation: notices are made anew as well.
TRUNCATE read.notices, read.notice_subjects, read.notice_marks;
DELETE FROM read.checkpoints WHERE projection = 'notices';

RESET ROLE;
