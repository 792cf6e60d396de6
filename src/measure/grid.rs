//! The bins in which the values of a series are counted.
//!
//! A grid is a list of centres; a value is counted at the nearest one. Reading a
//! quantile back gives a centre, so each grid states how far from the truth that
//! may be ([`Grid::error`]), and result files repeat it. Values past either end
//! are counted in two bins of their own.

use serde::{Deserialize, Serialize};

use super::MeasureError;
use logarithmic::LogarithmicRounding;

mod logarithmic;

/// The bin that stands for "this run has no value here".
pub const NO_VALUE: u16 = u16::MAX;

/// How the centres of a grid lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Spacing {
    /// Centres at equal steps, both ends included: for shares, scores, counts.
    Linear {
        /// The first centre.
        lowest: f64,
        /// The last centre.
        highest: f64,
        /// How many centres, at least 2.
        centres: u16,
    },
    /// Numbers kept to a few binary digits, on both sides of zero: for money and
    /// workload, and for their differences.
    Logarithmic {
        /// The smallest magnitude told from zero is 2 to this power.
        smallest_exponent: i16,
        /// The largest magnitude is 2 to this power.
        largest_exponent: i16,
        /// Binary digits kept after the leading one: 2^this centres an octave.
        mantissa_bits: u8,
    },
}

/// How far a centre may be from a value counted there: the larger of `absolute`
/// and `relative` times the magnitude of the value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BinError {
    /// In the unit of the value.
    pub absolute: f64,
    /// As a share of the value's magnitude.
    pub relative: f64,
}

/// Bins for one metric: 0 for what lies below, then one a centre in rising order,
/// then one for what lies above.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Spacing", into = "Spacing")]
pub struct Grid(Spacing);

impl Grid {
    /// A grid with this spacing.
    ///
    /// # Errors
    /// [`MeasureError::BadGrid`] if the ends are not finite and in order, if there
    /// are fewer than two centres, or if there are more bins than 65,535.
    pub fn new(spacing: Spacing) -> Result<Self, MeasureError> {
        let bad = |why| Err(MeasureError::BadGrid { why });
        match spacing {
            Spacing::Linear {
                lowest,
                highest,
                centres,
            } => {
                if !(lowest < highest && (highest - lowest).is_finite()) {
                    return bad("the ends of a linear grid must be finite and in order");
                }
                if !(2..=u16::MAX - 2).contains(&centres) {
                    return bad("a linear grid has between 2 and 65,533 centres");
                }
            }
            Spacing::Logarithmic {
                smallest_exponent,
                largest_exponent,
                mantissa_bits,
            } => {
                if !(-1000 <= smallest_exponent
                    && smallest_exponent < largest_exponent
                    && largest_exponent <= 1000)
                {
                    return bad("the exponents of a logarithmic grid must rise within ±1000");
                }
                let octaves = i32::from(largest_exponent) - i32::from(smallest_exponent);
                if mantissa_bits > 14 || 2 * ((octaves << mantissa_bits) + 2) + 1 > 65_535 {
                    return bad("a logarithmic grid has at most 65,535 bins; keep fewer digits");
                }
            }
        }
        Ok(Self(spacing))
    }

    /// Centres from `lowest` to `highest` at equal steps.
    ///
    /// # Errors
    /// As [`Grid::new`].
    pub fn linear(lowest: f64, highest: f64, centres: u16) -> Result<Self, MeasureError> {
        Self::new(Spacing::Linear {
            lowest,
            highest,
            centres,
        })
    }

    /// Magnitudes from `smallest` (rounded down to a power of two) to `largest`
    /// (rounded up), each to within `relative_error` of itself.
    ///
    /// # Errors
    /// As [`Grid::new`]; also if a magnitude is not above 0 or the relative error is
    /// not between 0 and 1/2.
    pub fn logarithmic(
        smallest: f64,
        largest: f64,
        relative_error: f64,
    ) -> Result<Self, MeasureError> {
        if !(smallest > 0.0 && largest > smallest && largest.is_finite()) {
            return Err(MeasureError::BadGrid {
                why: "the magnitudes of a logarithmic grid must be above 0, finite and in order",
            });
        }
        if !(relative_error > 0.0 && relative_error <= 0.5) {
            return Err(MeasureError::BadGrid {
                why: "the relative error of a logarithmic grid must lie between 0 and 1/2",
            });
        }
        let (fraction, exponent) = libm::frexp(largest);
        let largest_exponent = if fraction == 0.5 {
            exponent - 1
        } else {
            exponent
        };
        let (_, error_exponent) = libm::frexp(relative_error);
        Self::new(Spacing::Logarithmic {
            smallest_exponent: (libm::frexp(smallest).1 - 1) as i16,
            largest_exponent: largest_exponent as i16,
            mantissa_bits: (-error_exponent).clamp(0, 255) as u8,
        })
    }

    /// How the centres lie.
    pub fn spacing(self) -> Spacing {
        self.0
    }

    /// How many bins there are, the two outer ones included.
    pub fn bins(self) -> u16 {
        match self.0 {
            Spacing::Linear { centres, .. } => centres + 2,
            Spacing::Logarithmic { .. } => 2 * self.levels() as u16 + 3,
        }
    }

    /// How far a centre may be from a value inside the grid.
    pub fn error(self) -> BinError {
        match self.0 {
            Spacing::Linear { .. } => BinError {
                absolute: self.step() / 2.0,
                relative: 0.0,
            },
            Spacing::Logarithmic {
                smallest_exponent,
                mantissa_bits,
                ..
            } => BinError {
                absolute: libm::ldexp(1.0, i32::from(smallest_exponent) - 1),
                relative: libm::ldexp(1.0, -i32::from(mantissa_bits) - 1),
            },
        }
    }

    /// Writes the bin of each value, [`NO_VALUE`] for NaN.
    ///
    /// Pairs values and bins in order, up to the shorter of the two.
    pub fn fill_bins(self, values: &[f64], bins: &mut [u16]) {
        match self.0 {
            Spacing::Linear {
                lowest, centres, ..
            } => {
                let per_unit = 1.0 / self.step();
                let last = f64::from(centres) + 1.0;
                for (bin, &value) in bins.iter_mut().zip(values) {
                    let place = ((value - lowest) * per_unit + 1.5).clamp(0.0, last) as u16;
                    *bin = if value.is_nan() { NO_VALUE } else { place };
                }
            }
            Spacing::Logarithmic {
                smallest_exponent,
                mantissa_bits,
                ..
            } => {
                let rounding = LogarithmicRounding::new(smallest_exponent, mantissa_bits);
                let levels = self.levels();
                for (bin, &value) in bins.iter_mut().zip(values) {
                    let level = rounding.level(value.abs()).min(levels + 1);
                    let signed = if value < 0.0 { -level } else { level };
                    let place = (levels + 1 + signed) as u16;
                    *bin = if value.is_nan() { NO_VALUE } else { place };
                }
            }
        }
    }

    /// The bin of one value, [`NO_VALUE`] for NaN.
    pub fn bin(self, value: f64) -> u16 {
        let mut bin = [NO_VALUE];
        self.fill_bins(&[value], &mut bin);
        bin[0]
    }

    /// The value that stands for a bin: its centre, or for the two outer bins the end
    /// of the grid that the values lie past.
    pub fn centre(self, bin: u16) -> f64 {
        match self.0 {
            Spacing::Linear {
                lowest,
                highest,
                centres,
            } => {
                if bin >= centres {
                    highest
                } else {
                    lowest + f64::from(bin.max(1) - 1) * self.step()
                }
            }
            Spacing::Logarithmic {
                smallest_exponent,
                mantissa_bits,
                ..
            } => {
                let levels = self.levels();
                let level = (i32::from(bin) - levels - 1).clamp(-levels, levels);
                let rounding = LogarithmicRounding::new(smallest_exponent, mantissa_bits);
                let magnitude = rounding.magnitude(level.abs());
                if level < 0 { -magnitude } else { magnitude }
            }
        }
    }

    /// The distance of two centres; meant for linear grids only.
    fn step(self) -> f64 {
        match self.0 {
            Spacing::Linear {
                lowest,
                highest,
                centres,
            } => (highest - lowest) / (f64::from(centres) - 1.0),
            Spacing::Logarithmic { .. } => 0.0,
        }
    }

    /// How many centres lie above zero; meant for logarithmic grids only.
    fn levels(self) -> i32 {
        match self.0 {
            Spacing::Linear { .. } => 0,
            Spacing::Logarithmic {
                smallest_exponent,
                largest_exponent,
                mantissa_bits,
            } => {
                let octaves = i32::from(largest_exponent) - i32::from(smallest_exponent);
                (octaves << mantissa_bits) + 1
            }
        }
    }
}

impl TryFrom<Spacing> for Grid {
    type Error = MeasureError;

    fn try_from(spacing: Spacing) -> Result<Self, MeasureError> {
        Self::new(spacing)
    }
}

impl From<Grid> for Spacing {
    fn from(grid: Grid) -> Self {
        grid.0
    }
}

#[cfg(test)]
mod tests;
