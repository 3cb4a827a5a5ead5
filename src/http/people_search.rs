//! Whom the trail can be searched for: everybody who ever had an account, by name.

use super::answer::Json;
use super::caller::Caller;
use super::error::ApiError;
use super::extract::Body;
use crate::app::App;
use crate::live::LiveError;
use anamnesis_domain::account::Status;
use anamnesis_domain::session::LookUp;
use anamnesis_domain::{AccountId, Role};
use anamnesis_projections::accounts::{Account, accounts_by_ids, accounts_named};
use axum::extract::State;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most people of one answer, and the most ids that are asked for at a time.
const PEOPLE_MAX: usize = 100;
/// In characters: longer than any name.
const NAME_MAX: usize = 200;

/// A body and no query: names are not for URLs, which are kept on their way.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PeopleSearch")]
pub(super) struct Search {
    /// Beginnings of words of the name.
    #[schemars(length(min = 1, max = 200), example = &"mor pau")]
    name: Option<String>,
    /// Only those of this role; by default all.
    role: Option<Role>,
    /// Who these are, instead of a name and a role: at most 100.
    #[schemars(length(min = 1, max = 100))]
    ids: Option<Vec<AccountId>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "People")]
pub(super) struct People {
    /// By name. Ids of nobody are left out.
    people: Vec<PersonView>,
    /// Whether there are more of that name: ask for more of it.
    more: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "KnownPerson")]
struct PersonView {
    account_id: AccountId,
    name: String,
    role: Role,
    status: Status,
}

impl From<Account> for PersonView {
    fn from(Account { account_id, name, role, status, .. }: Account) -> Self {
        Self { account_id, name, role, status }
    }
}

/// People by the beginnings of their names, or who some ids are, whatever became of their
/// accounts. That it was asked is recorded before it is answered; for whom is not, because names
/// are not for the log.
pub(super) async fn find_people(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(search): Body<Search>,
) -> Result<Json<People>, ApiError> {
    let found = match search {
        Search { name: Some(name), role, ids: None } if is_name(&name) => {
            let role_code = role.map(|role| ("role".to_owned(), role.as_str().to_owned()));
            record(&app, &caller, "people", role_code).await?;
            let one_more = u32::try_from(PEOPLE_MAX + 1).unwrap_or(u32::MAX);
            accounts_named(&app.pool, &name, role, one_more).await?
        }
        Search { name: None, role: None, ids: Some(ids) } if is_page(&ids) => {
            record(&app, &caller, "names", None).await?;
            accounts_by_ids(&app.pool, &ids).await?
        }
        _ => return Err(neither()),
    };
    let more = found.len() > PEOPLE_MAX;
    let people = found.into_iter().take(PEOPLE_MAX).map(PersonView::from).collect();
    Ok(Json(People { people, more }))
}

/// Writes down that it was asked, and waits until everybody is known who was there before.
async fn record(
    app: &App,
    caller: &Caller,
    view: &str,
    filter: Option<(String, String)>,
) -> Result<(), ApiError> {
    let look_up = LookUp { view: view.to_owned(), filters: filter.into_iter().collect() };
    let recorded = app.look_ups.record(&caller.request(None), look_up).await?;
    if app.shows(recorded).await { Ok(()) } else { Err(LiveError::Lagging.into()) }
}

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= NAME_MAX
}

fn is_page(ids: &[AccountId]) -> bool {
    (1..=PEOPLE_MAX).contains(&ids.len())
}

fn neither() -> ApiError {
    let message =
        "give a name of at most 200 characters, with a role or without, or 1 to 100 ids alone";
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "body_invalid", message)
}
