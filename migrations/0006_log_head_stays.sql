-- The head can not be emptied either: a log that started again at position 1 would collide
-- with what is written.
CREATE TRIGGER head_no_truncate BEFORE TRUNCATE ON log.head
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.head ENABLE ALWAYS TRIGGER head_no_truncate;
