//! The directory of doctors.

use super::account::{beginnings, maybe_named, named};
use anamnesis_domain::AccountId;
use anamnesis_domain::account::{Availability, Specialty};
use sqlx::{FromRow, PgPool, Row, postgres::PgRow};
use uuid::Uuid;

/// A doctor as patients find them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctor {
    /// The account.
    pub account_id: AccountId,
    /// The name that others see.
    pub name: String,
    /// Whether they can be reached.
    pub availability: Availability,
    /// What they are a specialist in, once they have said it.
    pub specialty: Option<Specialty>,
    /// The picture, where there is one.
    pub picture_id: Option<Uuid>,
}

/// Which doctors are wanted; the default is all.
#[derive(Clone, Debug, Default)]
pub struct DoctorFilter {
    /// The beginnings of words of the name, in any order and letter case: `adl in` finds
    /// Dr. Ines Adler. Accents count. Without a letter or digit it asks for nothing.
    pub name: Option<String>,
    /// Specialists in this.
    pub specialty: Option<Specialty>,
    /// Those who can be reached like this.
    pub availability: Option<Availability>,
}

/// The last person of a page by name: the next page comes after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameCursor {
    /// The name.
    pub name: String,
    /// The account, as names repeat.
    pub account_id: Uuid,
}

impl FromRow<'_, PgRow> for Doctor {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            account_id: AccountId(row.try_get("account_id")?),
            name: row.try_get("name")?,
            availability: named(row, "availability")?,
            specialty: maybe_named(row, "specialty")?,
            picture_id: row.try_get("picture_id")?,
        })
    }
}

/// When more doctors than these have the words in their names, they are met soon enough by going
/// through all doctors in order. Fewer are found first, and sorted.
const COMMON: i64 = 500;

/// At most `limit` (of 200) active doctors by name, after the cursor. Cost: one page of an index,
/// except that availability, and words that many have in their names, are looked at row by row;
/// with rarer words, the doctors whose names match are sorted.
pub async fn doctors(
    pool: &PgPool,
    filter: &DoctorFilter,
    after: &NameCursor,
    limit: u32,
) -> Result<Vec<Doctor>, sqlx::Error> {
    let words = filter.name.as_deref().and_then(beginnings);
    let rare = match &words {
        Some(words) => !is_common(pool, words).await?,
        None => false,
    };
    let statement = match (rare, filter.specialty) {
        (true, _) => RARE_NAME,
        (false, Some(_)) => SPECIALTY,
        (false, None) => EVERYBODY,
    };
    sqlx::query_as(statement)
        .bind(&after.name)
        .bind(after.account_id)
        .bind(filter.availability.map(Availability::as_str))
        .bind(i64::from(limit.min(200)))
        .bind(words)
        .bind(filter.specialty.map(Specialty::as_str))
        .fetch_all(pool)
        .await
}

const RARE_NAME: &str = "SELECT account_id, name, availability, specialty, picture_id FROM accounts
     WHERE role = 'doctor' AND status = 'active'
         AND array_to_tsvector(string_to_array(name_key, ' ')) @@ $5::text::tsquery
         AND ($6::text IS NULL OR specialty = $6)
         AND (name, account_id) > ($1, $2)
         AND ($3::text IS NULL OR availability = $3)
     ORDER BY name, account_id LIMIT $4";

// Here the words must not lead to their index, nor be taken for rare, which would lead to sorting.
// `CASE` keeps PostgreSQL from both.
const SPECIALTY: &str = "SELECT account_id, name, availability, specialty, picture_id FROM accounts
     WHERE role = 'doctor' AND status = 'active' AND specialty = $6
         AND (name, account_id) > ($1, $2)
         AND ($3::text IS NULL OR availability = $3)
         AND CASE WHEN $5::text IS NULL THEN true ELSE
             array_to_tsvector(string_to_array(name_key, ' ')) @@ (SELECT $5::text::tsquery) END
     ORDER BY name, account_id LIMIT $4";

const EVERYBODY: &str = "SELECT account_id, name, availability, specialty, picture_id FROM accounts
     WHERE role = 'doctor' AND status = 'active' AND $6::text IS NULL
         AND (name, account_id) > ($1, $2)
         AND ($3::text IS NULL OR availability = $3)
         AND CASE WHEN $5::text IS NULL THEN true ELSE
             array_to_tsvector(string_to_array(name_key, ' ')) @@ (SELECT $5::text::tsquery) END
     ORDER BY name, account_id LIMIT $4";

/// Whether more than [`COMMON`] doctors have these words in their names. Counting stops there.
async fn is_common(pool: &PgPool, words: &str) -> Result<bool, sqlx::Error> {
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (
             SELECT FROM accounts
             WHERE role = 'doctor' AND status = 'active'
                 AND array_to_tsvector(string_to_array(name_key, ' ')) @@ $1::text::tsquery
             LIMIT $2) AS counted",
    )
    .bind(words)
    .bind(COMMON + 1)
    .fetch_one(pool)
    .await?;
    Ok(count > COMMON)
}
