//! The folder of a sweep: its own, or that of a smaller one from which it goes on.

use std::path::PathBuf;

use comity::analysis::sweep::job::{goes_on_from, root};
use comity::result::{Claim, Identity, Request, claim, open, place, reopen};

use crate::cli::arguments::SweepArguments;
use crate::cli::failure::Failure;
use crate::cli::target::output_folder;

/// Where the sweep lies or will.
pub fn path(identity: &Identity, arguments: &SweepArguments) -> PathBuf {
    let own = || place::of_kind(&output_folder(), &root(identity));
    arguments.out.clone().unwrap_or_else(own)
}

/// Whether it is there already, whole.
pub fn is_whole(identity: &Identity, arguments: &SweepArguments) -> bool {
    let there = open(&path(identity, arguments));
    let there = there.map(|there| there.manifest.identity);
    !arguments.fresh && there.is_ok_and(|there| identity.first_difference(&there).is_none())
}

/// Its folder to work in, or the whole result.
pub fn claimed(identity: &Identity, arguments: &SweepArguments) -> Result<Claim, Failure> {
    let path = path(identity, arguments);
    if !arguments.fresh {
        reopen(&path, identity, &|there| goes_on_from(identity, there))?;
    }
    Ok(claim(&Request {
        output: &output_folder(),
        out: Some(&path),
        fresh: arguments.fresh,
        room_bytes: 0, // each ensemble asks for its own
        identity,
    })?)
}
