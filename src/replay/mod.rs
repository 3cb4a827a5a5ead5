//! The log told again: a range of it as records, complete or with a word that it is not. What
//! people wrote stays sealed, unless an [`Opening`] opens one record of it.
//!
//! A request is settled into a [`Selection`] of positions first, so that what is told does not
//! grow while it is told. [`Pages`] reads it a page at a time, never more than a few ahead of
//! whoever takes them, and [`Written`] writes each page in one of the [`Format`]s. All formats
//! are made of the same [`Record`]; an export's say it in words as well. The command line, the API's replay and its exports use the
//! same three steps.

mod concerned;
mod error;
mod opening;
mod pages;
mod plain;
mod point;
mod record;
mod selection;
mod table;
mod veil;
mod written;

pub use error::{ReplayError, SelectError};
pub use opening::{ERASED, Opening};
pub use pages::Pages;
pub use point::{BadPoint, Point};
pub use record::Record;
pub use selection::{Asked, BadStream, Selection, StreamName};
pub use veil::SEALED;
pub use written::{Closing, Format, Written};
