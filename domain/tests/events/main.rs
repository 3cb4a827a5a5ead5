//! Every event there is: an example of each, kept as a file for ever; how stored events are
//! read; and `docs/EVENTS.md`, which is made from the same examples.

mod catalogue;
mod chapters;
mod decode;
mod document;
mod golden;
mod names;
