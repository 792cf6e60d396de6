//! The blocks of those who act: policies of governments, regions of providers.

use super::{BLOCK_LINES, Terminal};
use crate::domain::Date;
use crate::report::actors::{Coming, PolicyChance, PolicyChange, RegionChance, Regions};
use crate::report::digits;
use crate::report::layout::{Line, Span, Style};
use crate::report::page::{Bounded, Number, Page};
use crate::report::table::{Row, Table};
use crate::report::unit::Unit;

/// Rows of regions, which leaves two lines for how many there are in all.
const REGIONS: usize = BLOCK_LINES - 2;

impl Terminal {
    /// What governments may bring into force, the likeliest first; what is remote is counted,
    /// unless all is.
    pub(in crate::report) fn who_acts(&self, page: &Page) -> Vec<Line> {
        let all = &page.who_acts;
        let remote = |policy: &&PolicyChance| self.chances.is_least(&policy.coming.share);
        let worth = all.iter().filter(|policy| !remote(policy)).count();
        let shown = worth.max(1).min(all.len()).min(BLOCK_LINES - 1);
        if shown == 0 {
            return Vec::new();
        }
        let rows = all[..shown].iter().map(|policy| {
            let word = self.in_words(&policy.coming.share, false);
            (policy_label(policy, all), Some(word), &policy.coming)
        });
        let rows = rows.collect();
        let mut lines = self.coming("WHO ACTS", rows, page, BLOCK_LINES - 1);
        let end = page.header.end.in_words();
        let more = match all.len() - shown {
            0 => String::new(),
            n => format!("; {n} more in summary.json"),
        };
        let points = all.iter().any(|policy| policy.coming.effect.is_some());
        let points = if points {
            "; by the order in points"
        } else {
            ""
        };
        lines.push(self.note(&format!("  in force by {end}{points}{more}")));
        lines
    }

    /// What providers decide about regions: what the order changes most, and how many in all.
    pub(in crate::report) fn regions(&self, regions: &Regions, page: &Page) -> Vec<Line> {
        let shown = regions.regions.len().min(REGIONS);
        let rows = regions.regions[..shown]
            .iter()
            .map(|region| (region_label(region), None, &region.coming));
        let mut lines = if shown > 0 {
            self.coming("REGIONS", rows.collect(), page, REGIONS)
        } else {
            vec![Line::of(Span::new("REGIONS", Style::Strong))]
        };
        lines.extend(self.told(&in_all(regions, shown)));
        lines
    }

    /// How likely each is, how much likelier by the order, and when.
    fn coming(
        &self,
        label: &str,
        rows: Vec<(String, Option<String>, &Coming)>,
        page: &Page,
        budget: usize,
    ) -> Vec<Line> {
        let paired = rows.iter().any(|(_, _, coming)| coming.effect.is_some());
        let worded = rows.iter().any(|(_, word, _)| word.is_some());
        let mut head = vec![Span::new(label, Style::Strong)];
        let mut column = |shown: bool, text: &str| {
            shown.then(|| {
                head.push(Span::new(text, Style::Faint));
                head.len() - 1
            })
        };
        column(true, "futures");
        let words = column(worded, "in words");
        column(paired, "by the order");
        column(true, "typical");
        let spread = column(true, "8 in 10");
        let rows = rows.into_iter().map(|(label, word, coming)| {
            let mut cells = vec![
                Span::plain(&label),
                Span::new(&digits::share(&coming.share), Style::Strong),
            ];
            cells.extend(word.filter(|_| worded).map(|word| Span::plain(&word)));
            let effect = coming.effect.as_ref();
            if paired {
                let effect = effect.map(|effect| digits::effect(&Unit::YesNo, effect).mean);
                let effect = effect.unwrap_or_default();
                // Beside words there is no room for the unit, which is told below.
                let bare = effect.strip_suffix(" points").filter(|_| worded);
                cells.push(Span::plain(bare.unwrap_or(&effect)));
            }
            cells.extend(when(coming, page.header.start).map(|text| Span::plain(&text)));
            Row {
                mark: effect.map_or(' ', super::tables::mark),
                cells,
                note: None,
            }
        });
        let table = Table {
            head,
            rows: rows.collect(),
            to_the_right: vec![1],
            optional: words.into_iter().chain(spread).collect(),
        };
        table.lines(self.width(), budget)
    }
}

/// Typical month, and the years between which 8 in 10 futures lie; `later` is after the
/// horizon.
fn when(coming: &Coming, start: Date) -> [String; 2] {
    let date = |days: f64| start.plus_days(days.round() as i32);
    let month = |bounded| match bounded {
        Bounded::At(days) => date(days).month_in_words(),
        Bounded::Over(_) => "later".to_owned(),
    };
    let year = |bounded| match bounded {
        Bounded::At(days) => date(days).ymd().0.to_string(),
        Bounded::Over(_) => "later".to_owned(),
    };
    let typical = coming.days.as_ref().map(|days| month(days.value));
    let spread = coming.days_spread.as_ref().map(|spread| {
        let (low, high) = (year(spread.low), year(spread.high));
        if low == high {
            format!("[{low}]")
        } else {
            format!("[{low} to {high}]")
        }
    });
    [
        typical.unwrap_or_default(),
        spread.unwrap_or_else(|| "not estimable".to_owned()),
    ]
}

/// Maker and kind, or the name where that is not one policy only.
fn policy_label(policy: &PolicyChance, all: &[PolicyChance]) -> String {
    let alike =
        |other: &&PolicyChance| (&other.maker, &other.kind) == (&policy.maker, &policy.kind);
    let label = if all.iter().filter(alike).count() > 1 {
        policy.name.clone()
    } else {
        format!("{}, {}", policy.maker, policy.kind.replace('_', " "))
    };
    match policy.change {
        PolicyChange::ComesIntoForce => label,
        PolicyChange::Ends => format!("{label} ends"),
    }
}

fn region_label(region: &RegionChance) -> String {
    format!("{} {}", region.name, region.act.verb())
}

/// How many regions in all, by decision and by date.
fn in_all(regions: &Regions, shown: usize) -> Vec<String> {
    let paired = regions.by_decision.iter().any(|n| n.effect.is_some());
    let how = if paired { " (by the order)" } else { "" };
    let mut items: Vec<String> = regions.by_decision.iter().map(counted).collect();
    if let Some(first) = items.first_mut() {
        *first = format!("decided{how}: {first}");
    }
    let dated = [
        (regions.opened_by_date, "opened"),
        (regions.closed_by_date, "closed"),
    ];
    let dated = dated.into_iter().filter(|(count, _)| *count > 0);
    items.extend(dated.map(|(count, does)| format!("dated: {does} {count}")));
    let more = regions.regions.len() - shown;
    if more > 0 {
        items.push(format!("{more} more in summary.json"));
    }
    items
}

/// Such as `opened 12 [11 to 14] (+0.3 ± 0.1)`.
fn counted(number: &Number) -> String {
    let level = digits::level(
        &number.unit,
        number.typical.as_ref(),
        number.spread.as_ref(),
        None,
    );
    let does = number.name.trim_start_matches("regions_");
    let spread = number.spread.filter(|spread| spread.low != spread.high);
    let spread = spread.map_or_else(String::new, |_| format!(" {}", level.spread));
    let effect = number.effect.as_ref().map_or_else(String::new, |effect| {
        format!(" ({})", digits::effect(&number.unit, effect).mean)
    });
    format!("{does} {}{spread}{effect}", level.typical)
}
