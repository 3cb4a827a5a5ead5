-- A line of the trail is found by its own columns: an index for each, and none for what most
-- lines have, nor for patients who do something about themselves: those are found as the
-- patient's. Only further records of a line have rows of their own. Instants need no index:
-- they grow with the positions, so the first one since then is searched for.
--
-- The tables have another shape: they are emptied, and the projection fills them again.

SET LOCAL ROLE anamnesis_app;

TRUNCATE read.trail, read.trail_subjects;
DELETE FROM read.checkpoints WHERE projection = 'trail';

DROP TABLE read.trail_keys;
DROP TABLE IF EXISTS rebuild_trail.trail_keys;
DROP INDEX read.trail_at_position_idx;

CREATE INDEX ON read.trail (actor_id, position) WHERE actor_id IS DISTINCT FROM patient_id;
CREATE INDEX ON read.trail (patient_id, position) WHERE patient_id IS NOT NULL;
CREATE INDEX ON read.trail (record_id, position) WHERE record_id IS NOT NULL;
CREATE INDEX ON read.trail (request_id, position) WHERE request_id IS NOT NULL;
CREATE INDEX ON read.trail (action, position)
    WHERE action NOT IN ('message_posted', 'messages_delivered', 'messages_read');
CREATE INDEX ON read.trail (outcome, position) WHERE outcome <> 'success';

-- The second and further records that a line concerns.
CREATE TABLE read.trail_also (
    record_id uuid   NOT NULL,
    position  bigint NOT NULL,
    PRIMARY KEY (record_id, position)
);

RESET ROLE;
