//! What doctors wrote down, what they prescribed, and whom they are to look at again.

mod care_team;
mod changed;
mod consultation;
mod content;
mod corrections;
mod due;
mod fields;
mod fold;
mod list;
mod medicines;
mod projection;
mod store;
mod store_parts;
mod versions;

pub use care_team::{CareDoctor, care_team};
pub use changed::{ChangedConsultation, consultations_changed_after};
pub use consultation::{Consultation, consultation};
pub use content::{Content, KeptPrescription};
pub use corrections::{Correction, corrections};
pub use due::{DueReview, reviews_due};
pub use fields::{Field, FieldChange, FieldHistory, FieldValue};
pub use list::{
    ConsultationFilter, ConsultationState, consultations_ever, consultations_of_doctor,
    consultations_of_patient,
};
pub use medicines::{Medicine, MedicineCursor, current_medicines, medicines, past_medicines};
pub use projection::Consultations;
pub use versions::{ConsultationVersion, consultation_versions};
