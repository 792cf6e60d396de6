//! What named customers do, in words.

use super::{Told, Words, capitalised};
use crate::domain::{Control, CustomerId, Date, ExitReason, OfferingId, WorkloadId};
use crate::scenario::resolved::{Destination, Leave, NamedCustomer, Workload};

impl<'m> Words<'m> {
    pub(super) fn exit_decided(
        &self,
        customer: CustomerId,
        workload: WorkloadId,
        reason: ExitReason,
        cost: f64,
    ) -> Told<'m> {
        let (spec, load) = self.workload(customer, workload);
        let why = match (reason, load.leave) {
            (ExitReason::AboveTolerance, Leave::AboveTolerance { after_months: 1 }) => {
                "its exposure is above what it tolerates".to_owned()
            }
            (ExitReason::AboveTolerance, Leave::AboveTolerance { after_months }) => format!(
                "its exposure has been above what it tolerates for {after_months} months in a row"
            ),
            (ExitReason::AboveTolerance, _) => "its exposure is too high".to_owned(),
            (ExitReason::ContractEnd, _) => "the contract ends".to_owned(),
            (ExitReason::DaySet, _) => "the day set for it has come".to_owned(),
            (ExitReason::RegionClosed, _) => "the region closes".to_owned(),
        };
        let text = format!(
            "{} decides to move {} from {} to {}, at a cost of {}: {why}",
            spec.title,
            load.title,
            self.offering(load.offering),
            self.destination(load),
            money(&spec.currency, cost)
        );
        self.of_workload(spec, workload, cost, text)
    }

    pub(super) fn exit_finished(
        &self,
        date: Date,
        customer: CustomerId,
        workload: WorkloadId,
        cost: f64,
    ) -> Told<'m> {
        let (spec, load) = self.workload(customer, workload);
        let late = match load.exit_by.map(|by| (by, date.days_since(by))) {
            Some((by, days)) if days > 0 => {
                let unit = if days == 1 { "day" } else { "days" };
                format!(", {days} {unit} after it was due, on {}", by.in_words())
            }
            Some((by, _)) => format!(", in time for {}", by.in_words()),
            None => String::new(),
        };
        let text = format!(
            "the last data of {}'s {} has left {} for {}{late}; the exit has cost {}",
            spec.title,
            load.title,
            self.offering(load.offering),
            self.destination(load),
            money(&spec.currency, cost)
        );
        self.of_workload(spec, workload, cost, text)
    }

    fn workload(&self, c: CustomerId, w: WorkloadId) -> (&'m NamedCustomer, &'m Workload) {
        let customer = &self.model.customers[c.index()];
        (customer, &customer.workloads[w.index()])
    }

    fn of_workload(
        &self,
        customer: &'m NamedCustomer,
        workload: WorkloadId,
        value: f64,
        text: String,
    ) -> Told<'m> {
        let place = &self.model.jurisdictions[customer.jurisdiction.index()];
        Told {
            actor: Some(customer.name.clone()),
            target: Some(customer.workload_name(workload)),
            jurisdiction: Some(place.name.clone()),
            value,
            unit: Some(&customer.currency_unit),
            text: capitalised(&text),
            ..Told::default()
        }
    }

    fn destination(&self, workload: &Workload) -> String {
        match workload.exit.map(|exit| exit.to) {
            Some(Destination::Offering(to)) => self.offering(to),
            Some(Destination::OnPremises { .. }) => "its own premises".to_owned(),
            None => "elsewhere".to_owned(),
        }
    }

    /// `Microsoft in Germany (under trustee control)`
    fn offering(&self, offering: OfferingId) -> String {
        let spec = &self.model.offerings[offering.index()];
        let provider = &self.model.providers[spec.provider.index()].title;
        let how = match spec.control {
            Control::Direct | Control::Subsidiary => "",
            Control::Trustee => " (under a trustee)",
            Control::Partner => " (run by a partner)",
            Control::CustomerKeys => " (with its own keys)",
        };
        format!("{provider} in {}{how}", self.country(spec.jurisdiction))
    }
}

/// `EUR 3.0 m`
fn money(currency: &str, amount: f64) -> String {
    match amount {
        a if a >= 1e6 => format!("{currency} {:.1} m", a / 1e6),
        a if a >= 1e3 => format!("{currency} {:.0} k", a / 1e3),
        a => format!("{currency} {a:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_short() {
        let texts = [0.0, 999.0, 25_000.0, 3.04e6].map(|amount| money("EUR", amount));
        assert_eq!(texts, ["EUR 0", "EUR 999", "EUR 25 k", "EUR 3.0 m"]);
    }
}
