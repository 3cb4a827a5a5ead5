//! Who there is, and how they are found.

mod account;
mod directory;
mod fold;
mod list;
mod look_up;
mod projection;
mod seals;
mod store;

pub(crate) use account::beginnings;
pub use account::{Account, normalise};
pub use directory::{Doctor, DoctorFilter, NameCursor, doctors};
pub use list::{
    AccountFilter, accounts_by_name, accounts_changed_after, accounts_named, accounts_waiting,
};
pub use look_up::{account_by_id, account_by_login, accounts_by_ids, names_of};
pub use projection::Accounts;
