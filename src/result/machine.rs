//! The clock and the machine, for the manifest alone: nothing here enters a number.

use std::fs;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a run was done on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// Name of the host, `unknown` where the system does not tell.
    pub host: String,
    /// Operating system.
    pub system: String,
    /// Processor architecture.
    pub architecture: String,
    /// Processor model, where the system tells.
    pub processor: Option<String>,
    /// Hardware threads that this process may use.
    pub hardware_threads: usize,
    /// Memory, MiB, where the system tells.
    pub memory_mib: Option<u64>,
}

impl Machine {
    /// This machine.
    #[must_use]
    pub fn here() -> Self {
        let host = first_line("/proc/sys/kernel/hostname")
            .or_else(|| std::env::var("HOSTNAME").ok())
            .or_else(|| std::env::var("COMPUTERNAME").ok());
        let memory_kib = field("/proc/meminfo", "MemTotal")
            .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
        Self {
            host: host.unwrap_or_else(|| "unknown".to_owned()),
            system: std::env::consts::OS.to_owned(),
            architecture: std::env::consts::ARCH.to_owned(),
            processor: field("/proc/cpuinfo", "model name"),
            hardware_threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mib: memory_kib.map(|kib| kib / 1024),
        }
    }
}

/// The most memory that this process has had at once, bytes, where the system tells.
#[must_use]
pub fn peak_memory_bytes() -> Option<u64> {
    let peak = field("/proc/self/status", "VmHWM")?;
    let kib: u64 = peak.split_whitespace().next()?.parse().ok()?;
    kib.checked_mul(1024)
}

fn first_line(path: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    Some(text.lines().next()?.trim().to_owned())
}

/// The value of the first line `name : value`.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
}

/// The time in UTC, such as `2026-11-23T06:22:00Z`.
#[must_use]
pub fn utc_now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The time in UTC as a name for a folder, such as `20261123T062200Z`.
#[must_use]
pub fn utc_now_in_a_name() -> String {
    Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string()
}
