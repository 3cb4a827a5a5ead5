//! CSV (RFC 4180): a head, a row per event, a row that closes it. The first column says which.
//!
//! A spreadsheet takes a cell that begins with `=` and the like for a formula. So a cell that
//! begins with one of [`GUARDED`] gets an apostrophe in front, one that begins with an
//! apostrophe as well. To read a cell exactly, drop one apostrophe at its beginning.

use super::Record;
use super::record::NAMES;
use csv::{Terminator, Writer, WriterBuilder};
use std::borrow::Cow;

const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

type Cells<'a> = [Cow<'a, str>; NAMES.len()];

pub(super) fn writer(into: &mut Vec<u8>) -> Writer<&mut Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(into)
}

pub(super) fn head(into: &mut Writer<&mut Vec<u8>>) -> Result<(), csv::Error> {
    row("kind", NAMES.map(Cow::Borrowed), into)
}

pub(super) fn record(
    record: &Record<'_>,
    into: &mut Writer<&mut Vec<u8>>,
) -> Result<(), csv::Error> {
    row("event", record.cells(), into)
}

/// What is no event: its last cell has in JSON what the line of JSON Lines would be.
pub(super) fn remark(
    kind: &str,
    json: &str,
    into: &mut Writer<&mut Vec<u8>>,
) -> Result<(), csv::Error> {
    let mut cells = Cells::default();
    cells[NAMES.len() - 1] = json.into();
    row(kind, cells, into)
}

fn row(kind: &str, cells: Cells<'_>, into: &mut Writer<&mut Vec<u8>>) -> Result<(), csv::Error> {
    into.write_field(kind)?;
    for cell in cells {
        into.write_field(guarded(cell).as_bytes())?;
    }
    into.write_record(None::<&[u8]>)
}

fn guarded(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(GUARDED) { Cow::Owned(format!("'{cell}")) } else { cell }
}
