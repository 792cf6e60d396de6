//! Where numbers come from, as stated.

use std::collections::BTreeMap;

use super::resolver::Resolver;
use crate::scenario::library;
use crate::scenario::nearest::nearest;
use crate::scenario::path::parse_path;
use crate::scenario::raw::Text;
use crate::scenario::resolved::{Source, SourceKind};

pub(super) fn sources(resolver: &mut Resolver<'_>, raw: &BTreeMap<Text, Text>) -> Vec<Source> {
    let mut out = Vec::with_capacity(raw.len());
    for (path, text) in raw {
        if let Err((_, why)) = parse_path(path.get_ref()) {
            resolver.wrong(&path.span(), format!("this is no path: {why}"));
        }
        out.extend(source(resolver, text).map(|kind| Source {
            path: path.get_ref().clone(),
            kind,
        }));
    }
    out
}

/// What a statement of a source means, unless it is none.
pub(super) fn source(resolver: &mut Resolver<'_>, text: &Text) -> Option<SourceKind> {
    match parse_source(text.get_ref()) {
        Ok(kind) => {
            if let SourceKind::Evidence { ids, .. } = &kind {
                check_ids(resolver, text, ids, FORM);
            }
            Some(kind)
        }
        Err(message) => {
            resolver.wrong_but(&text.span(), message, FORM);
            None
        }
    }
}

const FORM: &str = "write `T01`, `T01-T18: remark`, `T01, S30: remark`, or `assumed: why`";

/// Reads `T01-T18: remark` or `assumed: why`; else what is wrong.
fn parse_source(text: &str) -> Result<SourceKind, &'static str> {
    let (before, after) = text.split_once(':').unwrap_or((text, ""));
    let (before, after) = (before.trim(), after.trim());
    if before == "assumed" {
        return if after.is_empty() {
            Err("an assumption without its reason")
        } else {
            Ok(SourceKind::Assumed {
                why: after.to_owned(),
            })
        };
    }
    let ids: Vec<String> = before.split(',').map(|id| id.trim().to_owned()).collect();
    let sound =
        |id: &String| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if ids.iter().all(sound) {
        let remark = after.to_owned();
        Ok(SourceKind::Evidence { ids, remark })
    } else {
        Err("this is neither evidence nor an assumption")
    }
}

/// Ids, and both ends of a range of ids, must be rows of the evidence; `form` shows how
/// they are written.
pub(super) fn check_ids(resolver: &mut Resolver<'_>, text: &Text, ids: &[String], form: &str) {
    let known: Vec<&str> = library::evidence_ids().collect();
    for id in ids {
        let unknown = id.split('-').find(|end| !known.contains(end));
        if let Some(unknown) = unknown {
            let message = format!("there is no evidence `{unknown}`");
            let near = nearest(unknown, known.iter().copied());
            let help =
                near.map_or_else(|| form.to_owned(), |near| format!("did you mean `{near}`?"));
            resolver.wrong_but(&text.span(), message, help);
        }
    }
}
