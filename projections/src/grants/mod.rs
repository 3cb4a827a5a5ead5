//! Break-glass grants: who opened whose record, until when, and what came of it.

mod grant;
mod list;
mod projection;
mod store;

pub use grant::Grant;
pub use list::{
    GrantFilter, GrantState, grant, grants, grants_of_patient_after, open_grant,
};
pub use projection::Grants;
