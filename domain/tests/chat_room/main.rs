//! The rules of a conversation.

#[path = "../support/mod.rs"]
mod support;

mod conversation;
mod cursors;
mod messages;
mod properties;
mod reactions;
mod refusals;
mod reports;
mod words;
