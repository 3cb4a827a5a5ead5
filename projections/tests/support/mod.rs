//! What the suites share: a database, a log in memory, and people with a history.

pub(crate) mod consulting;
pub(crate) mod history;
pub(crate) mod live;
pub(crate) mod looking;
pub(crate) mod memory_log;
pub(crate) mod officers;
pub(crate) mod opener;
mod scheduling;
pub(crate) mod world;
