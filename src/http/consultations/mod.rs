//! Consultations: for the doctor who writes them, and for the patient once they are signed.

mod amendments;
mod corrections;
mod list;
mod open;
mod restore;
mod show;
mod write;

pub(super) use amendments::{list_amendments, version_views};
pub(super) use corrections::{
    CorrectionView, accept_correction, correction_views, decline_correction, list_corrections,
    request_correction,
};
pub(super) use list::list_consultations;
pub(super) use open::{ContentView, PrescribedView, Prescriptions, Reading};
pub(super) use restore::restore_consultation;
pub(super) use show::{read_consultation, seen};
pub(super) use write::{
    delete_consultation, open_consultation, sign_consultation, write_consultation,
};
