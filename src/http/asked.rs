//! What an officer asked to look at, as it is recorded. Cursors belong to it.

use super::caller::Caller;
use super::error::ApiError;
use super::extract::bad_page;
use crate::app::App;
use crate::audit::SearchCursor;
use anamnesis_domain::audit_desk::Filters;
use anamnesis_domain::session::LookUp;

pub(super) struct Asked {
    view: &'static str,
    filters: Filters,
    cursors: SearchCursor,
}

impl Asked {
    pub(super) fn new(app: &App, view: &'static str, filters: Filters) -> Self {
        let cursors = SearchCursor::of(app.log.epoch(), view, &filters);
        Self { view, filters, cursors }
    }

    /// Where the page before ended.
    pub(super) fn position(&self, cursor: Option<&str>) -> Result<Option<u64>, ApiError> {
        cursor.map(|text| self.cursors.position(text).ok_or_else(bad_page)).transpose()
    }

    /// The cursor at a position.
    pub(super) fn next(&self, position: u64) -> String {
        self.cursors.at(position)
    }

    /// What is written down of it.
    pub(super) fn look_up(&self, page: Option<u64>) -> LookUp {
        let mut filters = self.filters.clone();
        filters.extend(page.map(|position| ("page".to_owned(), position.to_string())));
        LookUp { view: self.view.to_owned(), filters }
    }

    /// Records the look; the position of the record.
    pub(super) async fn record(
        &self,
        app: &App,
        caller: &Caller,
        page: Option<u64>,
    ) -> Result<u64, ApiError> {
        Ok(app.look_ups.record(&caller.request(None), self.look_up(page)).await?)
    }
}
