//! The past, for compliance officers: a record as it stood, what somebody could see, and how the
//! fields of a consultation came about. Every look is recorded first.

mod accounts;
mod appointments;
mod asked;
mod consultations;
mod could_see;
mod fields;
mod grants;
mod people;
mod records;
mod rooms;
mod show;
mod shown;

pub(super) use could_see::read_could_see;
pub(super) use fields::{list_field_changes, list_own_field_changes};
pub(super) use show::read_as_of;
