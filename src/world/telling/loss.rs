//! Losses in the words of tables: what about, and whose.

use crate::domain::{Bearer, Loss, LossKind, Matter};
use crate::scenario::resolved::FullModel;

/// The unit of amounts of providers.
pub const USD: &str = "usd";

/// A loss as a row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LossWords<'m> {
    /// What it is about, by its name in the scenario.
    pub matter: String,
    /// Who bears it, by its name.
    pub actor: &'m str,
    /// The currency of the amount.
    pub unit: &'m str,
}

/// Every word for the kinds.
pub(super) fn words() -> impl Iterator<Item = String> {
    LossKind::ALL.map(|kind| kind.name().to_owned()).into_iter()
}

/// What a loss is about, and whose.
#[must_use]
pub fn loss<'m>(loss: &Loss, model: &'m FullModel) -> LossWords<'m> {
    let matter = match loss.matter {
        Matter::Case(case) => model.cases[case.index()].name.clone(),
        Matter::Instrument(instrument) => model.instruments[instrument.index()].name.clone(),
        Matter::Workload(customer, workload) => {
            model.customers[customer.index()].workload_name(workload)
        }
    };
    let (actor, unit) = match loss.bearer {
        Bearer::Provider(provider) => (model.providers[provider.index()].name.as_str(), USD),
        Bearer::Customer(customer) => {
            let customer = &model.customers[customer.index()];
            (customer.name.as_str(), customer.currency_unit.as_str())
        }
    };
    LossWords {
        matter,
        actor,
        unit,
    }
}
