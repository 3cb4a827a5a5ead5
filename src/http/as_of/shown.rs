//! Words of the past: sealed, unless they are disclosed to who asks.

use crate::app::App;
use crate::disclosure::Disclosure;
use crate::http::error::ApiError;
use crate::http::views::open_placed;
use crate::sealing::SealedAt;
use anamnesis_projections::SealedText;
use schemars::JsonSchema;
use serde::Serialize;

/// Something that was written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub(in crate::http) enum Shown<T> {
    /// It is there, and not for who asks.
    Sealed,
    /// It was there, and can't be read by anybody any more.
    Erased,
    /// What it says.
    Open(T),
}

/// A text with the field that it was sealed for; `None` where there is none.
pub(super) type Placed<'t> = Option<(String, &'t SealedText)>;

/// The way to words, for who has disclosed them.
#[derive(Clone, Copy)]
pub(super) struct Showing<'a> {
    pub(super) app: &'a App,
    pub(super) disclosure: Option<&'a Disclosure>,
}

impl Showing<'_> {
    /// The texts of one stream, in order.
    pub(super) async fn texts(
        self,
        (aggregate_type, aggregate_id): (&str, &str),
        texts: &[Placed<'_>],
    ) -> Result<Vec<Option<Shown<String>>>, ApiError> {
        let Some(disclosure) = self.disclosure else {
            return Ok(texts.iter().map(|text| text.as_ref().map(|_| Shown::Sealed)).collect());
        };
        let items: Vec<_> = texts
            .iter()
            .map(|placed| {
                let (field, text) = placed.as_ref()?;
                let event_id = text.event_id;
                let at = SealedAt { event_id, aggregate_type, aggregate_id, field };
                Some((at, &text.sealed))
            })
            .collect();
        let opened = open_placed(&self.app.gateway, disclosure, &items).await?;
        let shown = texts.iter().zip(opened);
        Ok(shown
            .map(|(text, opened)| text.as_ref().map(|_| opened.map_or(Shown::Erased, Shown::Open)))
            .collect())
    }
}
