-- A denied attempt is found by the patient of what was asked for. Those that were written down
-- before have none in their lines: they are emptied, and the projection fills them again.

SET LOCAL ROLE anamnesis_app;

TRUNCATE read.trail, read.trail_also, read.trail_subjects;
DELETE FROM read.checkpoints WHERE projection = 'trail';

RESET ROLE;
