//! Signals that ask for an end: the first lets the runs in hand end and seals what is
//! done; the second ends at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use comity::ensemble::Interruption;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// From now on SIGINT and SIGTERM set `interruption`.
pub fn listen(interruption: &Interruption) -> io::Result<()> {
    let twice = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the shutdown looks at what an earlier signal has set.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&twice))?;
        flag::register(signal, Arc::clone(&twice))?;
        let number = usize::try_from(signal).unwrap_or_default();
        flag::register_usize(signal, interruption.flag(), number)?;
    }
    Ok(())
}

/// The exit code of a command that this signal ended, as shells count.
pub fn exit_code(signal: usize) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}
