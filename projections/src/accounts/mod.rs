//! Who there is, and how they are found.

mod account;
mod fold;
mod look_up;
mod projection;
mod seals;
mod store;

pub use account::{Account, normalise};
pub use look_up::{Doctor, DoctorCursor, account_by_id, account_by_login, doctors, names_of};
pub use projection::Accounts;
