//! The wish to stop, shared between whoever hears signals and whoever does runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether an end was asked for, and by which signal. Clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct Interruption(Arc<AtomicUsize>);

impl Interruption {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The flag itself, 0 or the number of the signal: for
    /// `signal_hook::flag::register_usize`.
    #[must_use]
    pub fn flag(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.0)
    }

    /// Asks for an end, as if by this signal (2 for SIGINT, 15 for SIGTERM).
    pub fn request(&self, signal: usize) {
        self.0.store(signal, Ordering::Relaxed);
    }

    /// The signal by which an end was asked for. Cheap enough to ask each simulated month.
    #[must_use]
    pub fn requested(&self) -> Option<usize> {
        let signal = self.0.load(Ordering::Relaxed);
        (signal != 0).then_some(signal)
    }
}
