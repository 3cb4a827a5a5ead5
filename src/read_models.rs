//! The read models that this server keeps.

use crate::disclosure::Identities;
use anamnesis_projections::accounts::Accounts;
use anamnesis_projections::appointments::Appointments;
use anamnesis_projections::audit_desks::AuditDesks;
use anamnesis_projections::consultations::Consultations;
use anamnesis_projections::conversations::Conversations;
use anamnesis_projections::deleted_items::DeletedItems;
use anamnesis_projections::grants::Grants;
use anamnesis_projections::notices::Notices;
use anamnesis_projections::schedules::Schedules;
use anamnesis_projections::trail::Trail;
use anamnesis_projections::{Opener, Projection};
use std::sync::Arc;

/// Those whose rows each depend on one record alone, and so can be folded for one record.
#[must_use]
pub fn of_records(identities: Identities) -> Vec<Arc<dyn Projection>> {
    vec![
        Arc::new(Accounts::new(Arc::new(identities))),
        Arc::new(Conversations),
        Arc::new(Appointments),
        Arc::new(Consultations),
        Arc::new(DeletedItems),
    ]
}

/// Every read model.
#[must_use]
pub fn all(identities: Identities) -> Vec<Arc<dyn Projection>> {
    let opener: Arc<dyn Opener> = Arc::new(identities);
    vec![
        Arc::new(Accounts::new(opener)),
        Arc::new(Conversations),
        Arc::new(Appointments),
        Arc::new(Schedules),
        Arc::new(Consultations),
        Arc::new(Notices),
        Arc::new(DeletedItems),
        Arc::new(Grants),
        Arc::new(AuditDesks),
        Arc::new(Trail),
    ]
}
