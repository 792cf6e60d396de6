//! A fence around code that may panic on data that we did not make: the Parquet
//! reader on a damaged file, a model in one of many runs. A panic behind the fence is
//! an error with a message; once [`silence_guarded_panics`] was called it prints
//! nothing.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it becomes an error that holds the panic's message. What
/// `work` was changing may be left half changed: throw it away after an error.
///
/// # Errors
/// The message of the panic.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    outcome.map_err(|payload| message_of(payload.as_ref()))
}

/// Lets panics behind a fence pass without the lines that Rust prints for others.
/// For the program to call once at its start; later calls change nothing.
pub fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                usual(info);
            }
        }));
    });
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "panicked without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_and_the_fence_comes_down() {
        silence_guarded_panics();
        assert_eq!(guarded(|| 7), Ok(7));
        assert_eq!(guarded(|| panic!("plain")), Err::<(), _>("plain".into()));
        let run = 3;
        let with_value = guarded(|| panic!("run {run}"));
        assert_eq!(with_value, Err::<(), _>("run 3".into()));
        assert!(!GUARDED.get());
    }
}
