//! Why somebody who takes no part in the patient's care could look: the words of their grants.

use crate::app::App;
use crate::disclosure::Look;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::views;
use anamnesis_domain::GrantId;
use anamnesis_domain::access_grant::AccessGrant;
use anamnesis_projections::grants;
use cqrs_es::Aggregate;
use std::collections::{BTreeSet, HashMap};

/// What officers said when they opened the caller's record, by the grant. What was erased is not
/// there. That the caller reads it is written down first.
pub(super) async fn reasons(
    app: &App,
    caller: &Caller,
    ids: BTreeSet<GrantId>,
) -> Result<HashMap<GrantId, String>, ApiError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(grants::grant(&app.pool, id).await?);
    }
    let mut looks = Vec::with_capacity(found.len());
    for one in &found {
        let record = caller.grant(one.grant_id, one.patient_id)?;
        looks.push(Look::version(&record, one.version));
    }
    let disclosure = app.gateway.disclose(&caller.request(None), looks).await?;
    let sealed: Vec<_> =
        found.iter().map(|one| Some((one.grant_id.to_string(), &one.reason))).collect();
    let kind = AccessGrant::TYPE;
    let texts = views::open_all(&app.gateway, &disclosure, kind, "reason", &sealed).await?;
    let told = found.iter().zip(texts);
    Ok(told.filter_map(|(one, text)| Some((one.grant_id, text?))).collect())
}
