//! Policies in words: who proposes them, what they demand while in force, how they end.

use super::{Told, Words, capitalised};
use crate::domain::{Date, InstrumentId, Segment};
use crate::scenario::resolved::{Bar, Instrument, InstrumentKind};

impl<'m> Words<'m> {
    pub(super) fn policy_proposed(&self, instrument: InstrumentId) -> Told<'m> {
        let spec = &self.model.instruments[instrument.index()];
        let text = format!("{} proposes {}", self.maker(spec), spec.title);
        self.policy(spec, &text)
    }

    pub(super) fn policy_in_force(&self, instrument: InstrumentId, since: Date) -> Told<'m> {
        let spec = &self.model.instruments[instrument.index()];
        let effect = self.effect(spec, since);
        let text = format!(
            "{} brings into force {}{effect}",
            self.maker(spec),
            spec.title
        );
        self.policy(spec, &text)
    }

    pub(super) fn policy_ended(&self, instrument: InstrumentId, struck_down: bool) -> Told<'m> {
        let spec = &self.model.instruments[instrument.index()];
        let maker = self.maker(spec);
        let text = if struck_down {
            format!("in {maker}, a court strikes down {}", spec.title)
        } else {
            format!("{maker} lets {} expire", spec.title)
        };
        self.policy(spec, &text)
    }

    fn maker(&self, spec: &Instrument) -> &str {
        &self.model.makers[spec.by.index()].title
    }

    fn policy(&self, spec: &Instrument, text: &str) -> Told<'m> {
        Told {
            actor: Some(self.model.makers[spec.by.index()].name.clone()),
            target: Some(spec.name.clone()),
            jurisdiction: Some(self.model.jurisdictions[spec.against.index()].name.clone()),
            text: capitalised(text),
            ..Told::default()
        }
    }

    /// What a policy in force since a day demands, as it follows its title. Those that settle
    /// reach are told by what they settle.
    fn effect(&self, spec: &Instrument, since: Date) -> String {
        let (maker, against) = (self.maker(spec), self.country(spec.against));
        match &spec.kind {
            InstrumentKind::ProcurementBan(bar) => {
                let services = format!("services within reach of {against}");
                match until(bar, since) {
                    Some(day) => format!(": {} must have left {services} by {day}", segments(bar)),
                    None => format!(": {} may place nothing new with {services}", segments(bar)),
                }
            }
            InstrumentKind::Localisation(bar) => match until(bar, since) {
                Some(day) => format!(
                    ": the data of {} must lie in {maker} by {day}",
                    segments(bar)
                ),
                None => format!(": new data of {} must lie in {maker}", segments(bar)),
            },
            InstrumentKind::Suspension { .. } => {
                format!(": data that lies in {against} costs more to keep within the law")
            }
            InstrumentKind::BlockingStatute { .. } => {
                format!(": who is known to disclose data to {against} may be fined")
            }
            InstrumentKind::Tariff { .. } => {
                format!(": services of providers of {against} cost more")
            }
            InstrumentKind::Statute | InstrumentKind::Treaty => String::new(),
        }
    }
}

/// By when what is there must have left; `None` where that is beyond any horizon.
fn until(bar: &Bar, since: Date) -> Option<String> {
    let months = i32::try_from(bar.grace_months).ok()?;
    (bar.grace_months < Bar::LONGEST_GRACE_MONTHS)
        .then(|| since.plus_months(months).month_in_words())
}

fn segments(bar: &Bar) -> String {
    let named = bar.segments.iter().map(|segment| match segment {
        Segment::Consumer => "consumers",
        Segment::SmallBusiness => "small businesses",
        Segment::Enterprise => "enterprises",
        Segment::Regulated => "regulated firms",
        Segment::PublicSector => "the public sector",
    });
    let named: Vec<&str> = named.collect();
    match named.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        all => all.concat(),
    }
}
