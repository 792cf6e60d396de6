//! How much a title may say: no more than the futures bear.
//!
//! | futures | the title |
//! |---|---|
//! | fewer than ten | names the subject, and says that they are too few |
//! | fewer than a hundred | makes its claim of these futures alone |
//! | more | makes its claim |

use super::capital;
use crate::measure::stated::FEWEST_RUNS;

/// Futures from which a share is known to ± 10 points or better, so that a title may speak of
/// all futures.
const ENOUGH: u32 = 100;

/// A title from so many futures.
pub(super) fn title(futures: u32, subject: &str, claim: &str) -> String {
    let subject = capital(subject);
    match futures {
        1 => format!("{subject}: one future is too few to tell"),
        few if u64::from(few) < FEWEST_RUNS => {
            format!("{subject}: {few} futures are too few to tell")
        }
        _ if claim.is_empty() => subject,
        few if few < ENOUGH => format!("{} (in these {few} futures)", capital(claim)),
        _ => capital(claim),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_title_says_no_more_than_its_futures_bear() {
        let of = |futures| title(futures, "how it ends", "half have ended");
        assert_eq!(of(1), "How it ends: one future is too few to tell");
        assert_eq!(of(9), "How it ends: 9 futures are too few to tell");
        assert_eq!(of(10), "Half have ended (in these 10 futures)");
        assert_eq!(of(99), "Half have ended (in these 99 futures)");
        assert_eq!(of(100), "Half have ended");
        assert_eq!(title(1, "how it ends", ""), of(1));
        assert_eq!(title(10_000, "how it ends", ""), "How it ends");
    }
}
