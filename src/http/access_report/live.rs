//! Who is sent what is said as it is said. That is recorded once, for all conversations of who
//! follows, and so it is no look at one patient.

use crate::app::App;
use crate::http::error::ApiError;
use crate::http::notifications::{PersonView, person};
use anamnesis_domain::AccountId;
use anamnesis_projections::accounts::names_of;
use anamnesis_projections::consultations::care_team;
use anamnesis_projections::trail::{self, Stretch, TrailFilter};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

/// Doctors of a patient who are looked for.
const DOCTORS_MAX: u32 = 50;
/// How many pages of the trail are looked through for one of them.
const SEARCHES_MAX: usize = 5;

/// A doctor who follows their conversations live.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LiveFollower")]
pub(in crate::http) struct FollowerView {
    who: PersonView,
    /// When they last began to.
    began_at: DateTime<Utc>,
}

/// The doctors of the patient who followed their conversations live before a position, by when
/// they last began to.
pub(in crate::http) async fn followers(
    app: &App,
    patient: AccountId,
    before: u64,
) -> Result<Vec<FollowerView>, ApiError> {
    let team = care_team(&app.pool, patient, None, DOCTORS_MAX).await?;
    let doctors: Vec<_> = team.iter().map(|one| one.doctor_id).collect();
    let names = names_of(&app.pool, &doctors).await?;
    let mut followers = Vec::new();
    for doctor in doctors {
        let began = last_began(app, doctor, before).await?;
        followers
            .extend(began.map(|began_at| FollowerView { who: person(&names, doctor), began_at }));
    }
    Ok(followers)
}

async fn last_began(
    app: &App,
    doctor: AccountId,
    before: u64,
) -> Result<Option<DateTime<Utc>>, ApiError> {
    let filter = TrailFilter {
        person: Some(doctor),
        action: Some("feed_followed".to_owned()),
        ..TrailFilter::default()
    };
    let mut within = Stretch { from: 0, before };
    for _search in 0..SEARCHES_MAX {
        let page = trail::search(&app.pool, &filter, within, 1).await?;
        if let Some(line) = page.lines.first() {
            return Ok(Some(line.at));
        }
        let Some(next) = page.next else { break };
        within.before = next;
    }
    Ok(None)
}
