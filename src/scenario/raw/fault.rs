//! Leaving out of a table what cannot be read, so that the rest of it can be.

use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::source_text::Place;

/// Takes the field at fault out of a table: its key is at `place`, or its value around it.
/// A distribution goes whole. The field's name.
///
/// The place of a table says nothing of what is in it: that may stand in another file.
pub(super) fn leave_out(value: &mut Spanned<DeValue<'_>>, place: &Place) -> Option<String> {
    let DeValue::Table(table) = value.get_mut() else {
        return None;
    };
    let around = |of: Place| of.start <= place.start && place.end <= of.end;
    let mut faulty = None;
    for (key, below) in table.iter_mut() {
        if key.span() == *place || below.span() == *place {
            faulty = Some(key.get_ref().to_string());
            break;
        }
        let is_faulty = match below.get_ref() {
            DeValue::Table(of) if of.contains_key("dist") => {
                leave_out(&mut below.clone(), place).is_some()
            }
            DeValue::Table(_) => match leave_out(below, place) {
                Some(left_out) => return Some(left_out),
                None => false,
            },
            _ => around(below.span()),
        };
        if is_faulty {
            faulty = Some(key.get_ref().to_string());
            break;
        }
    }
    let name = faulty?;
    table.remove(name.as_str());
    Some(name)
}
