-- Filters of lists: doctors' drafts, all that was written about a patient, people by name.
SET LOCAL ROLE anamnesis_app;

-- Drafts are few among all that a doctor has written.
CREATE INDEX ON read.consultations (doctor_id, opened_position)
    WHERE NOT deleted AND signed_at IS NULL;

-- Of a patient also the drafts, for the doctor who writes them.
DROP INDEX IF EXISTS read.consultations_patient_id_opened_position_idx;
CREATE INDEX ON read.consultations (patient_id, opened_position) WHERE NOT deleted;

-- Everybody, for administrators. Patients keep the index of doctors alone, which is small.
CREATE INDEX ON read.accounts USING gin (array_to_tsvector(string_to_array(name_key, ' ')));

RESET ROLE;
