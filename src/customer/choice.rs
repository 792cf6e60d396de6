//! Nested logit (McFadden 1978): what a cell's customers would choose this month.
//!
//! Inside provider p over its open offerings, `IV_p = μ ln Σ_o exp(V_o / μ)`; on top the
//! outside option and the providers, with `U_p` holding brand, trust, scale and the
//! inclusive value. Without nests (μ = 1) it is the softmax over offerings. A cell (group
//! × class) shares these tables; what differs between its customers (neighbours, the
//! cost of leaving) multiplies the weights when the customer chooses.

use crate::chance::{kernel, math};
use crate::scenario::resolved::Offering;

/// Which offerings belong to which provider: offerings of one provider stand together.
#[derive(Clone, Debug)]
pub struct Nests {
    provider_of: Vec<u8>,
    /// Offerings of provider p: `members[starts[p]..starts[p + 1]]`.
    starts: Vec<u16>,
    members: Vec<u8>,
}

impl Nests {
    /// The nests of a list that gives each offering's provider.
    #[must_use]
    pub fn new(provider_of: &[usize], providers: usize) -> Self {
        let mut starts = vec![0];
        let mut members = Vec::with_capacity(provider_of.len());
        for p in 0..providers {
            members.extend(
                (0..provider_of.len())
                    .filter(|&o| provider_of[o] == p)
                    .map(|o| o as u8),
            );
            starts.push(members.len() as u16);
        }
        let provider_of = provider_of.iter().map(|&p| p as u8).collect();
        Self {
            provider_of,
            starts,
            members,
        }
    }

    /// The nests of a scenario's offerings.
    #[must_use]
    pub fn of_offerings(offerings: &[Offering], providers: usize) -> Self {
        let provider_of: Vec<usize> = offerings.iter().map(|o| o.provider.index()).collect();
        Self::new(&provider_of, providers)
    }

    /// Number of providers.
    #[must_use]
    pub fn providers(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of offerings.
    #[must_use]
    pub fn offerings(&self) -> usize {
        self.provider_of.len()
    }

    /// The provider of an offering.
    #[must_use]
    #[inline]
    pub fn provider_of(&self, offering: u8) -> u8 {
        self.provider_of[usize::from(offering)]
    }

    /// The offerings of a provider.
    #[must_use]
    #[inline]
    pub fn members(&self, provider: usize) -> &[u8] {
        &self.members[usize::from(self.starts[provider])..usize::from(self.starts[provider + 1])]
    }
}

/// The weights of one month, a row a cell.
#[derive(Clone, Debug)]
pub struct ChoiceTables {
    providers: usize,
    offerings: usize,
    /// `exp(V_o / μ)`, 0 where closed: `[cell][offering]`.
    pub attraction: Vec<f64>,
    /// `Σ_o exp(V_o / μ)` over a provider's offerings: `[cell][provider]`.
    pub nest_sum: Vec<f64>,
    /// `exp(U_p)`, 0 where nothing is open: `[cell][provider]`.
    pub weight: Vec<f64>,
    /// The part of U_p beside the inclusive value: `[cell][provider]`.
    beside: Vec<f64>,
    /// Weight of the outside option: `[cell]`.
    pub outside: Vec<f64>,
    /// `exp(V_o / μ)` to those who are there, of an offering that takes nothing new and so
    /// has no attraction; 0 of all others: `[cell][offering]`.
    pub held: Vec<f64>,
}

impl ChoiceTables {
    /// Tables of zeros.
    #[must_use]
    pub fn new(cells: usize, nests: &Nests) -> Self {
        let (providers, offerings) = (nests.providers(), nests.offerings());
        Self {
            providers,
            offerings,
            attraction: vec![0.0; cells * offerings],
            nest_sum: vec![0.0; cells * providers],
            weight: vec![0.0; cells * providers],
            beside: vec![0.0; cells * providers],
            outside: vec![1.0; cells],
            held: vec![0.0; cells * offerings],
        }
    }

    /// A cell's attractions, by offering.
    #[must_use]
    #[inline]
    pub fn attractions(&self, cell: usize) -> &[f64] {
        &self.attraction[cell * self.offerings..(cell + 1) * self.offerings]
    }

    /// What a full offering is worth to a cell's customers who are there; 0 of all others.
    #[must_use]
    #[inline]
    pub fn held_at(&self, cell: usize, offering: u8) -> f64 {
        self.held[cell * self.offerings + usize::from(offering)]
    }

    /// A cell's nest sums, by provider.
    #[must_use]
    #[inline]
    pub fn nest_sums(&self, cell: usize) -> &[f64] {
        &self.nest_sum[cell * self.providers..(cell + 1) * self.providers]
    }

    /// A cell's weights, by provider.
    #[must_use]
    #[inline]
    pub fn weights(&self, cell: usize) -> &[f64] {
        &self.weight[cell * self.providers..(cell + 1) * self.providers]
    }

    /// `exp(U_p)` of a provider if its attractions summed to `nest_sum`; 0 of none.
    #[must_use]
    pub fn weight_of_sum(&self, (cell, p): (usize, usize), nest_sum: f64, nest_scale: f64) -> f64 {
        if nest_sum <= 0.0 {
            return 0.0;
        }
        let at = cell * self.providers + p;
        math::exp(self.beside[at] + nest_scale * math::ln(nest_sum))
    }

    /// Fills the tables from the utilities.
    ///
    /// On entry `attraction` holds `V_o / μ` (`−∞` where closed) and `weight` the part of
    /// `U_p` beside the inclusive value. On return both are exponentials, as documented
    /// on the fields.
    pub fn exponentiate(&mut self, nests: &Nests, nest_scale: f64) {
        self.beside.copy_from_slice(&self.weight);
        kernel::exp_in_place(&mut self.attraction);
        let rows = self.attraction.chunks_exact(self.offerings);
        for (row, sums) in rows.zip(self.nest_sum.chunks_exact_mut(self.providers)) {
            for (p, sum) in sums.iter_mut().enumerate() {
                *sum = nests.members(p).iter().map(|&o| row[usize::from(o)]).sum();
            }
        }
        // exp(U_p) = exp(u_p + μ ln Σ): one logarithm and one exponential a provider.
        let mut buffer = [0.0; 64];
        for (sums, weights) in self.nest_sum.chunks(64).zip(self.weight.chunks_mut(64)) {
            let logs = &mut buffer[..sums.len()];
            kernel::ln_into(sums, logs);
            for (weight, log) in weights.iter_mut().zip(logs) {
                *weight += nest_scale * *log;
            }
        }
        kernel::exp_in_place(&mut self.weight);
    }

    /// The logsum of a cell: `ln(outside + Σ_p exp U_p)`, the expected best utility.
    #[must_use]
    pub fn logsum(&self, cell: usize) -> f64 {
        math::ln(self.outside[cell] + self.weights(cell).iter().sum::<f64>())
    }
}

/// Chances of the outside option and of each offering by the closed form of the nested
/// logit, from utilities: for oracles and for analysis, not for the monthly loop.
///
/// `utility[o]` is V_o, `extra[p]` the part of U_p beside the inclusive value, and the
/// outside option has utility `outside`. Returns (outside, by offering).
#[must_use]
pub fn nested_logit(
    nests: &Nests,
    utility: &[f64],
    extra: &[f64],
    outside: f64,
    nest_scale: f64,
) -> (f64, Vec<f64>) {
    let mut tables = ChoiceTables::new(1, nests);
    for (cell, v) in tables.attraction.iter_mut().zip(utility) {
        *cell = v / nest_scale;
    }
    tables.weight.copy_from_slice(extra);
    tables.exponentiate(nests, nest_scale);
    let outside = math::exp(outside);
    let total = outside + tables.weight.iter().sum::<f64>();
    let chances = (0..nests.offerings()).map(|o| {
        let p = usize::from(nests.provider_of(o as u8));
        tables.weight[p] / total * tables.attraction[o] / tables.nest_sum[p]
    });
    (outside / total, chances.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_nests_it_is_the_softmax() {
        // Oracle: V = (1, 0, −1) gives these shares and logsum 1.4076059645.
        let nests = Nests::new(&[0, 0, 1], 2);
        let (outside, chances) = nested_logit(
            &nests,
            &[1.0, 0.0, -1.0],
            &[0.0, 0.0],
            f64::NEG_INFINITY,
            1.0,
        );
        assert_eq!(outside, 0.0);
        for (found, expected) in
            chances
                .iter()
                .zip([0.665_240_955_8, 0.244_728_471_1, 0.090_030_573_2])
        {
            assert!((found - expected).abs() < 1e-9);
        }
        let mut tables = ChoiceTables::new(1, &nests);
        tables.attraction.copy_from_slice(&[1.0, 0.0, -1.0]);
        tables.outside[0] = 0.0;
        tables.exponentiate(&nests, 1.0);
        assert!((tables.logsum(0) - 1.407_605_964_5).abs() < 1e-9);
    }

    #[test]
    fn red_bus_and_blue_bus_share_one_seat_as_the_nest_closes() {
        // A twin offering takes from its sibling, not from the rival, as μ → 0.
        let nests = Nests::new(&[0, 1, 1], 2);
        let (_, chances) = nested_logit(&nests, &[0.0; 3], &[0.0; 2], f64::NEG_INFINITY, 0.01);
        assert!((chances[0] - 0.5).abs() < 0.002);
        assert!((chances[1] - 0.25).abs() < 0.002);
    }

    #[test]
    fn a_closed_offering_and_an_empty_nest_are_never_chosen() {
        let nests = Nests::new(&[0, 0, 1], 2);
        let closed = f64::NEG_INFINITY;
        let (outside, chances) = nested_logit(&nests, &[0.3, closed, closed], &[0.0; 2], 0.0, 0.3);
        assert_eq!(chances[1], 0.0);
        assert!(chances[2] == 0.0 || chances[2].is_nan());
        let expected = math::logistic(0.3);
        assert!(
            (chances[0] - expected).abs() < 1e-12 && (outside + chances[0] - 1.0).abs() < 1e-12
        );
    }
}
