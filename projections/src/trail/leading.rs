//! One thing that lines are found by: a stretch of one index each.

use super::action::Outcome;
use super::search::{Stretch, TrailFilter};
use crate::number::bigint;
use sqlx::postgres::PgArguments;
use sqlx::query::QueryScalar;
use sqlx::{PgPool, Postgres, query_scalar};
use uuid::Uuid;

/// Most lines are of these, so no index has them: a look through all lines finds them as well.
/// They stand in the index's condition.
const FREQUENT: [&str; 3] = ["message_posted", "messages_delivered", "messages_read"];

/// Something that is asked for, and has an index.
#[derive(Clone, Copy, Debug)]
pub(super) enum Leading<'f> {
    Request(Uuid),
    Record(Uuid),
    /// One that is not a success: nearly everything is.
    Outcome(Outcome),
    Patient(Uuid),
    Person(Uuid),
    /// One that is not [`FREQUENT`].
    Action(&'f str),
    /// Where nothing that has an index is asked for: every line there is.
    Everything,
}

impl<'f> Leading<'f> {
    /// All that is asked for and has an index; everything, if nothing has.
    pub(super) fn of(filter: &'f TrailFilter) -> Vec<Self> {
        let outcome = filter.outcome.filter(|outcome| *outcome != Outcome::Success);
        let asked = [
            filter.request_id.map(Self::Request),
            filter.record.map(Self::Record),
            outcome.map(Self::Outcome),
            filter.patient.map(|id| Self::Patient(id.0)),
            filter.person.map(|id| Self::Person(id.0)),
            filter.action.as_deref().filter(|code| !FREQUENT.contains(code)).map(Self::Action),
        ];
        let asked: Vec<_> = asked.into_iter().flatten().collect();
        if asked.is_empty() { vec![Self::Everything] } else { asked }
    }

    /// Whether the filter asks for this and nothing else.
    pub(super) fn answers(self, filter: &TrailFilter) -> bool {
        let asked = [
            filter.request_id.is_some(),
            filter.record.is_some(),
            filter.outcome.is_some(),
            filter.patient.is_some(),
            filter.person.is_some(),
            filter.action.is_some(),
        ];
        let count = asked.into_iter().filter(|is_asked| *is_asked).count();
        count == usize::from(!matches!(self, Self::Everything))
    }

    /// The positions of its last lines within the stretch, the latest first.
    pub(super) async fn positions(
        self,
        pool: &PgPool,
        within: Stretch,
        limit: u32,
    ) -> Result<Vec<i64>, sqlx::Error> {
        self.query()
            .bind(bigint(within.before))
            .bind(bigint(within.from))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
    }

    /// Conditions without a parameter are those of the indexes.
    fn query(self) -> QueryScalar<'f, Postgres, i64, PgArguments> {
        match self {
            Self::Request(id) => query_scalar(
                "SELECT position FROM trail
                 WHERE request_id = $1 AND position < $2 AND position >= $3
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(id),
            Self::Record(id) => query_scalar(
                "SELECT position FROM (
                     (SELECT position FROM trail
                      WHERE record_id = $1 AND position < $2 AND position >= $3
                      ORDER BY position DESC LIMIT $4)
                     UNION ALL
                     (SELECT position FROM trail_also
                      WHERE record_id = $1 AND position < $2 AND position >= $3
                      ORDER BY position DESC LIMIT $4)) AS either
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(id),
            Self::Outcome(outcome) => query_scalar(
                "SELECT position FROM trail
                 WHERE outcome <> 'success' AND outcome = $1 AND position < $2 AND position >= $3
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(outcome.as_str()),
            Self::Patient(id) => query_scalar(
                "SELECT position FROM trail
                 WHERE patient_id = $1 AND position < $2 AND position >= $3
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(id),
            Self::Person(id) => query_scalar(
                "SELECT position FROM (
                     (SELECT position FROM trail
                      WHERE actor_id IS DISTINCT FROM patient_id AND actor_id = $1
                          AND position < $2 AND position >= $3
                      ORDER BY position DESC LIMIT $4)
                     UNION ALL
                     (SELECT position FROM trail
                      WHERE patient_id = $1 AND actor_id = $1
                          AND position < $2 AND position >= $3
                      ORDER BY position DESC LIMIT $4)) AS either
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(id),
            Self::Action(code) => query_scalar(
                "SELECT position FROM trail
                 WHERE action NOT IN ('message_posted', 'messages_delivered', 'messages_read')
                     AND action = $1 AND position < $2 AND position >= $3
                 ORDER BY position DESC LIMIT $4",
            )
            .bind(code),
            Self::Everything => query_scalar(
                "SELECT position FROM trail WHERE position < $1 AND position >= $2
                 ORDER BY position DESC LIMIT $3",
            ),
        }
    }
}
