//! When the installed base is reconsidered (two-stage inertia: Hortaçsu, Madanizadeh &
//! Puller 2017).
//!
//! A customer looks at its base when a contract ends, or when its hazard fires. Hazards
//! are shared by all who have the same cell and provider, so each such pair keeps one
//! *survival* `S = exp(−Σ H)`, and each customer a threshold `u · S` from when it last
//! looked: it fires in the month in which S falls below the threshold. That is the keyed
//! Exp(1) budget of an inhomogeneous process, without a logarithm, and a larger hazard
//! never fires later.

use super::columns::NONE;
use crate::chance::kernel;

/// Survival below which thresholds and survivals are scaled up again, far above the
/// smallest `f32`.
const SMALLEST_SURVIVAL: f64 = 1e-20;

/// Survivals of every cell × provider.
#[derive(Clone, Debug)]
pub struct Attention {
    providers: usize,
    /// `S[cell][provider]`, as `f64` and as the `f32` that thresholds are compared with.
    survival: Vec<f64>,
    compared: Vec<f32>,
    /// Smallest of a cell's providers.
    smallest: Vec<f32>,
    /// Whether all providers of the cell have one survival.
    uniform: Vec<bool>,
}

impl Attention {
    /// Everybody has just looked.
    #[must_use]
    pub fn new(cells: usize, providers: usize) -> Self {
        Self {
            providers,
            survival: vec![1.0; cells * providers],
            compared: vec![1.0; cells * providers],
            smallest: vec![1.0; cells],
            uniform: vec![true; cells],
        }
    }

    /// Back to the start of a run.
    pub fn clear(&mut self) {
        self.survival.fill(1.0);
        self.compared.fill(1.0);
        self.smallest.fill(1.0);
        self.uniform.fill(true);
    }

    /// Lets a month pass: `hazard[cell][provider]` is the month's integrated hazard, and is
    /// overwritten.
    pub fn pass_month(&mut self, hazard: &mut [f64]) {
        for h in &mut *hazard {
            *h = -*h;
        }
        kernel::exp_in_place(hazard);
        for (survival, factor) in self.survival.iter_mut().zip(hazard) {
            *survival *= *factor;
        }
        self.refresh();
    }

    fn refresh(&mut self) {
        for (compared, survival) in self.compared.iter_mut().zip(&self.survival) {
            *compared = *survival as f32;
        }
        let rows = self.compared.chunks_exact(self.providers);
        for ((row, smallest), uniform) in rows.zip(&mut self.smallest).zip(&mut self.uniform) {
            *smallest = row.iter().copied().fold(f32::INFINITY, f32::min);
            *uniform = row.iter().all(|s| s == smallest);
        }
    }

    /// The threshold of a customer that looks now and ends with this provider; `u` uniform.
    #[inline]
    #[must_use]
    pub fn threshold(&self, cell: usize, provider: u8, u: f64) -> f32 {
        (u * self.survival[cell * self.providers + usize::from(provider)]) as f32
    }

    /// The threshold carried over when a customer's provider changes without looking.
    #[inline]
    #[must_use]
    pub fn carried(&self, cell: usize, from: u8, to: u8, threshold: f32) -> f32 {
        let row = &self.survival[cell * self.providers..(cell + 1) * self.providers];
        (f64::from(threshold) * row[usize::from(to)] / row[usize::from(from)]) as f32
    }

    /// Appends the customers of `first..first + thresholds.len()` whose hazard fires.
    /// `provider` gives a customer's provider, [`NONE`] for those without.
    #[inline]
    pub fn fired(
        &self,
        cell: usize,
        first: usize,
        thresholds: &[f32],
        provider: impl Fn(usize) -> u8,
        out: &mut Vec<u32>,
    ) {
        let smallest = self.smallest[cell];
        let mut buffer = [0u32; 64];
        for (chunk, base) in thresholds.chunks(64).zip((first..).step_by(64)) {
            let mut found = 0;
            for (j, &threshold) in chunk.iter().enumerate() {
                // Branchless: about one in a hundred fires, at random.
                buffer[found] = (base + j) as u32;
                found += usize::from(threshold > smallest);
            }
            if self.uniform[cell] {
                out.extend_from_slice(&buffer[..found]);
                continue;
            }
            let row = &self.compared[cell * self.providers..(cell + 1) * self.providers];
            for &customer in &buffer[..found] {
                let p = provider(customer as usize);
                if p != NONE && thresholds[customer as usize - first] > row[usize::from(p)] {
                    out.push(customer);
                }
            }
        }
    }

    /// Scales survivals up, and calls `rescale(cell, provider, factor)` so that thresholds
    /// can be scaled likewise, once any has become very small.
    pub fn rebase(&mut self, mut rescale: impl FnMut(usize, u8, f32)) {
        if self.survival.iter().all(|&s| s > SMALLEST_SURVIVAL) {
            return;
        }
        for (index, survival) in self.survival.iter_mut().enumerate() {
            let factor = 1.0 / survival.max(f64::MIN_POSITIVE);
            rescale(
                index / self.providers,
                (index % self.providers) as u8,
                factor as f32,
            );
            *survival = 1.0;
        }
        self.refresh();
    }
}
