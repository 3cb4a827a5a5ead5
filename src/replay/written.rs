//! A replay as bytes, page by page, with a last line that says that it is complete.

use super::{Opening, Pages, Record, ReplayError, Selection, plain, table};
use crate::audit;
use anamnesis_domain::AccountId;
use anamnesis_projections::log::RecordedEvent;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How long nothing may be said while nothing is found. Proxies cut what is silent for longer.
const SILENCE_MAX: Duration = Duration::from_secs(5);
/// Enough for most pages.
const PIECE_BYTES: usize = 1 << 20;

/// How a replay is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Format {
    /// A JSON value per line; the last one closes it.
    #[serde(rename = "jsonl")]
    JsonLines,
    /// RFC 4180; the last row closes it.
    #[serde(rename = "csv")]
    Csv,
    /// A line per event, for people. Nothing closes it.
    #[serde(skip)]
    Plain,
}

/// What the last line says. Without it, something is missing at the end.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReplayEnd")]
pub struct Closing {
    /// Always true.
    pub complete: bool,
    /// How many events were told.
    pub count: u64,
    /// The position of the first one.
    pub first: Option<u64>,
    /// The position of the last one.
    pub last: Option<u64>,
    /// The first position that was looked at.
    pub from: u64,
    /// The last position that was looked at.
    pub to: u64,
}

/// Writes a selection.
pub struct Written {
    pages: Pages,
    format: Format,
    actor: Option<(AccountId, String)>,
    closing: Closing,
    begun: bool,
    ended: bool,
    failed: Option<ReplayError>,
    said_at: Instant,
    silence_max: Duration,
    words: Option<PgPool>,
    opening: Option<Opening>,
}

impl Written {
    /// Of these pages of this selection.
    #[must_use]
    pub fn new(pages: Pages, selection: &Selection, format: Format) -> Self {
        Self {
            pages,
            format,
            actor: selection.actor.map(|id| (id, id.to_string())),
            closing: Closing {
                complete: true,
                count: 0,
                first: None,
                last: None,
                from: selection.from,
                to: selection.to,
            },
            begun: false,
            ended: false,
            failed: None,
            said_at: Instant::now(),
            silence_max: SILENCE_MAX,
            words: None,
            opening: None,
        }
    }

    /// Says of each event in words what happened, with the names that people have today.
    #[must_use]
    pub fn in_words(self, pool: PgPool) -> Self {
        Self { words: Some(pool), ..self }
    }

    /// Says of the one stream that is selected also what people wrote.
    #[must_use]
    pub fn opened(self, opening: Opening) -> Self {
        Self { opening: Some(opening), ..self }
    }

    /// Lets pass another time before it says that it is still there.
    #[must_use]
    pub fn silent_for(self, silence_max: Duration) -> Self {
        Self { silence_max, ..self }
    }

    /// What the last line says or would say by now.
    #[must_use]
    pub fn closing(&self) -> &Closing {
        &self.closing
    }

    /// The next piece of what is written, at most a page of events; `None` after the last. A
    /// failure is the last as well, and then nothing closes it.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, ReplayError>> {
        while !self.ended {
            let piece = match self.failed.take() {
                Some(error) => Err(error),
                None => match self.pages.next().await {
                    Ok(page) => self.piece(page.as_deref()).await,
                    Err(error) => Err(error),
                },
            };
            self.ended |= piece.is_err();
            let silent = self.said_at.elapsed() >= self.silence_max;
            let piece = match piece {
                Ok(piece) if !piece.is_empty() => Ok(piece),
                // A blank line says that it goes on.
                Ok(_) if silent && self.format == Format::JsonLines => Ok(b"\n".to_vec()),
                Ok(_) => continue,
                Err(error) => Err(error),
            };
            self.said_at = Instant::now();
            return Some(piece);
        }
        None
    }

    /// A line that says why it breaks off, for those who read no more than the lines.
    pub fn remark(&self, json: &str) -> Result<Vec<u8>, ReplayError> {
        let mut text = Vec::new();
        match self.format {
            Format::JsonLines => text.extend([json.as_bytes(), b"\n"].concat()),
            Format::Csv => table::remark("error", json, &mut table::writer(&mut text))?,
            Format::Plain => {}
        }
        Ok(text)
    }

    async fn piece(&mut self, page: Option<&[Arc<RecordedEvent>]>) -> Result<Vec<u8>, ReplayError> {
        let mut text = Vec::with_capacity(PIECE_BYTES);
        let begins = !std::mem::replace(&mut self.begun, true);
        let Some(page) = page else {
            self.ended = true;
            self.close(begins, &mut text)?;
            return Ok(text);
        };
        let mut records = self.select(page);
        if let Some(pool) = &self.words {
            say(pool, page, &mut records).await?;
        }
        if let Some(opening) = &self.opening {
            let events: Vec<_> = page
                .iter()
                .filter(|event| is_told(event, &records))
                .map(|event| &**event)
                .collect();
            opening.open(&events, &mut records).await?;
        }
        match self.format {
            Format::JsonLines => {
                for record in &records {
                    serde_json::to_writer(&mut text, record)?;
                    text.push(b'\n');
                }
            }
            Format::Csv => {
                let mut rows = table::writer(&mut text);
                if begins {
                    table::head(&mut rows)?;
                }
                for record in &records {
                    table::record(record, &mut rows)?;
                }
            }
            Format::Plain => {
                text.extend(records.iter().flat_map(|record| plain::line(record).into_bytes()));
            }
        }
        Ok(text)
    }

    /// The records of those that are asked for, up to one that can not be read.
    fn select<'a>(&mut self, page: &'a [Arc<RecordedEvent>]) -> Vec<Record<'a>> {
        let mut records = Vec::with_capacity(page.len());
        for event in page {
            // Most are passed over by this glance, which costs less than reading the metadata.
            if self.actor.as_ref().is_some_and(|(_, text)| !event.metadata.contains(text)) {
                continue;
            }
            match Record::of(event) {
                Ok(record) => {
                    if self.actor.as_ref().is_none_or(|(id, _)| record.actor_id == Some(*id)) {
                        records.push(record);
                    }
                }
                Err(error) => {
                    self.failed = Some(error);
                    break;
                }
            }
        }
        self.closing.count += records.len() as u64;
        let first = records.first().map(|record| record.position);
        self.closing.first = self.closing.first.or(first);
        self.closing.last = records.last().map(|record| record.position).or(self.closing.last);
        records
    }

    fn close(&self, begins: bool, text: &mut Vec<u8>) -> Result<(), ReplayError> {
        match self.format {
            Format::JsonLines => {
                serde_json::to_writer(&mut *text, &self.closing)?;
                text.push(b'\n');
            }
            Format::Csv => {
                let mut rows = table::writer(text);
                if begins {
                    table::head(&mut rows)?;
                }
                table::remark("end", &serde_json::to_string(&self.closing)?, &mut rows)?;
            }
            Format::Plain => {}
        }
        Ok(())
    }
}

fn is_told(event: &RecordedEvent, records: &[Record<'_>]) -> bool {
    records.binary_search_by_key(&event.position, |record| record.position).is_ok()
}

/// Gives each record its words.
async fn say(
    pool: &PgPool,
    page: &[Arc<RecordedEvent>],
    records: &mut [Record<'_>],
) -> Result<(), ReplayError> {
    let events: Vec<_> = page.iter().filter(|event| is_told(event, records)).cloned().collect();
    let words = audit::tell(pool, &events).await?;
    for (record, words) in records.iter_mut().zip(words) {
        record.words = words;
    }
    Ok(())
}
