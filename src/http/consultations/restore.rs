//! Bringing a deleted consultation back, without showing it to the administrator who does it.

use crate::app::App;
use crate::http::answer::Json;
use crate::http::caller::Caller;
use crate::http::error::ApiError;
use crate::http::extract::{Body, Ids};
use crate::http::messages::Written;
use crate::http::reasons::RestoreConsultationReason;
use anamnesis_domain::ConsultationId;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConsultationRestore")]
pub(in crate::http) struct Restore {
    reason: RestoreConsultationReason,
}

/// Brings it back as it was.
pub(in crate::http) async fn restore_consultation(
    State(app): State<Arc<App>>,
    caller: Caller,
    Ids(id): Ids<ConsultationId>,
    Body(Restore { reason }): Body<Restore>,
) -> Result<Json<Written>, ApiError> {
    let request = caller.request(None);
    let executed = app.consultings.restore(&request, id, reason.code()).await?;
    app.settle(&executed).await;
    Ok(Json(Written::of(&app, &executed)))
}
