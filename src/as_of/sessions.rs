//! Who was signed in.

use super::{AsOf, AsOfError, Moment};
use anamnesis_domain::AccountId;
use anamnesis_projections::trail::{Stretch, TrailFilter, search};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// No session lasts longer, see `SessionSettings::lifetime`.
const LIFETIME: TimeDelta = TimeDelta::days(30);
/// The most sessions that are looked into, the last begun first; twenty are live at most.
const LOOKED_MAX: usize = 100;

/// A session that had begun and not been ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LiveSession {
    /// Which.
    pub session_id: Uuid,
    /// When its person signed in.
    pub began_at: DateTime<Utc>,
}

impl AsOf {
    /// The sessions of an account that were live, the last begun first. One that had not been
    /// used for long was over without an event; as far as the log says, it was live.
    pub(super) async fn sessions(
        &self,
        account: AccountId,
        at: Moment,
    ) -> Result<Vec<LiveSession>, AsOfError> {
        let mut live = Vec::new();
        for (session_id, began_at) in self.begun(account, at).await? {
            if !self.is_ended(session_id, at).await? {
                live.push(LiveSession { session_id, began_at });
            }
        }
        Ok(live)
    }

    async fn begun(
        &self,
        account: AccountId,
        at: Moment,
    ) -> Result<Vec<(Uuid, DateTime<Utc>)>, AsOfError> {
        let oldest = at.recorded_at - LIFETIME;
        let filter = TrailFilter {
            record: Some(account.0),
            action: Some("session_started".to_owned()),
            ..TrailFilter::default()
        };
        let (mut begun, mut before) = (Vec::new(), Some(at.position + 1));
        while let Some(end) = before.filter(|_| begun.len() < LOOKED_MAX) {
            let page = search(&self.pool, &filter, Stretch { from: 0, before: end }, 100).await?;
            let young = page.lines.iter().filter(|line| line.at > oldest);
            begun.extend(young.filter_map(|line| Some((line.record_id?, line.at))));
            let is_old = page.lines.last().is_some_and(|line| line.at <= oldest);
            before = page.next.filter(|_| !is_old);
        }
        begun.truncate(LOOKED_MAX);
        Ok(begun)
    }

    async fn is_ended(&self, session: Uuid, at: Moment) -> Result<bool, AsOfError> {
        let filter = TrailFilter {
            record: Some(session),
            action: Some("session_ended".to_owned()),
            ..TrailFilter::default()
        };
        let mut before = Some(at.position + 1);
        while let Some(end) = before {
            let page = search(&self.pool, &filter, Stretch { from: 0, before: end }, 1).await?;
            if !page.lines.is_empty() {
                return Ok(true);
            }
            before = page.next;
        }
        Ok(false)
    }
}
