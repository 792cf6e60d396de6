//! The nearest right name to one that is not known.

/// Letters that may be wrong, missing, too many or swapped.
const FURTHEST: usize = 3;

/// The nearest of `names` to `name`, at most three letters away and sharing at least half
/// of it; the first in order among equals.
#[must_use]
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > 80 {
        return None;
    }
    let lower = name.to_lowercase();
    names
        .into_iter()
        .map(|right| {
            (
                strsim::damerau_levenshtein(&lower, &right.to_lowercase()),
                right,
            )
        })
        .filter(|&(distance, right)| {
            distance <= FURTHEST && 2 * distance <= right.chars().count().max(2)
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, right)| right)
}

/// Says the nearest name, or else lists the names if they are few; nothing where there
/// are none.
#[must_use]
pub fn advice(name: &str, names: &[&str]) -> Option<String> {
    if let Some(right) = nearest(name, names.iter().copied()) {
        return Some(format!("did you mean `{right}`?"));
    }
    match names {
        [] => None,
        [..] if names.len() <= 12 => Some(format!("there is {}", listed(names))),
        _ => Some(format!("there is {}, …", listed(&names[..10]))),
    }
}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["microsoft", "amazon", "google", "US", "DE"];
        assert_eq!(nearest("mircosoft", names), Some("microsoft"));
        assert_eq!(nearest("us", names), Some("US"));
        assert_eq!(nearest("FR", names), None);
        assert_eq!(nearest("oracle", names), None);
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }
}
