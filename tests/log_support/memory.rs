//! The log in memory, where one object stands for both processes.

use crate::engine::Engine;
use anamnesis::log::{Log, MemoryLog};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

impl Engine {
    pub(crate) fn memory() -> Self {
        let log: Arc<dyn Log> = Arc::new(MemoryLog::default());
        let stop = CancellationToken::new();
        Self { log: Arc::clone(&log), other: log, database: None, stop }
    }
}
