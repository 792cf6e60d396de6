//! Who the customers are: their order, groups, classes and keys. Made once, shared by
//! all runs and threads.
//!
//! Customers stand in the order of their *cells* (group × class), so that whatever a cell
//! shares is computed once a month and read in sequence. A customer's place decides the
//! phase of its contract and of its projects, so that both are spread evenly over every
//! cell without a draw.

use std::ops::Range;

use super::network::Neighbours;
use crate::chance::EntityKey;

/// The fixed frame of all customers.
#[derive(Clone, Debug)]
pub struct Population {
    classes: usize,
    /// First customer of each cell, then the number of customers.
    cell_starts: Vec<u32>,
    group_keys: Vec<EntityKey>,
    neighbours: Neighbours,
}

impl Population {
    /// Lays out groups of the given sizes, each split into `classes` classes of equal
    /// probability, with each group's name for its keys. `network` builds the
    /// neighbours from the first customer of each group (and the total).
    #[must_use]
    pub fn new(
        groups: &[(String, usize)],
        classes: usize,
        network: impl FnOnce(&[u32]) -> Neighbours,
    ) -> Self {
        let mut cell_starts = Vec::with_capacity(groups.len() * classes + 1);
        let mut group_starts = Vec::with_capacity(groups.len() + 1);
        let mut next = 0usize;
        for (_, size) in groups {
            group_starts.push(next as u32);
            for class in 0..classes {
                // Class of the j-th of n: ⌊(j + ½) K / n⌋, so a small group keeps its middle.
                let first = (0..*size).position(|j| class_of(j, *size, classes) >= class);
                cell_starts.push((next + first.unwrap_or(*size)) as u32);
            }
            next += size;
        }
        group_starts.push(next as u32);
        cell_starts.push(next as u32);
        Self {
            classes,
            cell_starts,
            group_keys: groups.iter().map(|(name, _)| EntityKey::of(name)).collect(),
            neighbours: network(&group_starts),
        }
    }

    /// Number of customers.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.cell_starts[self.cells()] as usize
    }

    /// Number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cell_starts.len() - 1
    }

    /// Number of groups.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.group_keys.len()
    }

    /// Number of classes within a group.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The customers of a cell.
    #[must_use]
    pub fn cell(&self, cell: usize) -> Range<usize> {
        self.cell_starts[cell] as usize..self.cell_starts[cell + 1] as usize
    }

    /// The customers of a group.
    #[must_use]
    pub fn group(&self, group: usize) -> Range<usize> {
        let first = group * self.classes;
        self.cell_starts[first] as usize..self.cell_starts[first + self.classes] as usize
    }

    /// The group of a cell.
    #[must_use]
    pub fn group_of(&self, cell: usize) -> usize {
        cell / self.classes
    }

    /// The key of a customer's draws: its group's name and its number within the group.
    #[must_use]
    pub fn key(&self, group: usize, customer: usize) -> EntityKey {
        let first = self.cell_starts[group * self.classes] as usize;
        self.group_keys[group].child((customer - first) as u64)
    }

    /// The network.
    #[must_use]
    pub fn neighbours(&self) -> &Neighbours {
        &self.neighbours
    }
}

fn class_of(j: usize, size: usize, classes: usize) -> usize {
    (2 * j + 1) * classes / (2 * size)
}

/// Splits `total` customers over groups in proportion to `weights`, at least one each, by
/// the largest remainder; ties go to the earlier group.
#[must_use]
pub fn apportion(weights: &[f64], total: usize) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    let spare = total.saturating_sub(weights.len()) as f64;
    let exact: Vec<f64> = weights.iter().map(|weight| spare * weight / sum).collect();
    let mut sizes: Vec<usize> = exact.iter().map(|share| 1 + *share as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        exact[b]
            .fract()
            .total_cmp(&exact[a].fract())
            .then(a.cmp(&b))
    });
    let given: usize = sizes.iter().sum();
    for &group in order.iter().take(total.saturating_sub(given)) {
        sizes[group] += 1;
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(sizes: &[usize]) -> Population {
        let named: Vec<_> = sizes
            .iter()
            .enumerate()
            .map(|(g, &n)| (format!("g{g}"), n))
            .collect();
        Population::new(&named, 8, |starts| {
            Neighbours::ring(starts[starts.len() - 1] as usize, &[1], |i| i)
        })
    }

    #[test]
    fn cells_cover_all_customers_once_in_order() {
        let population = groups(&[20, 1, 8, 13]);
        assert_eq!(population.customers(), 42);
        let mut next = 0;
        for cell in 0..population.cells() {
            let range = population.cell(cell);
            assert_eq!(range.start, next);
            next = range.end;
        }
        assert_eq!(next, 42);
        // Classes of a group differ by one customer at most.
        for group in 0..4 {
            let sizes: Vec<_> = (0..8)
                .map(|k| population.cell(group * 8 + k).len())
                .collect();
            let spread = sizes.iter().max().unwrap() - sizes.iter().min().unwrap();
            assert!(spread <= 1, "{sizes:?}");
        }
        assert_eq!(population.group(3), 29..42);
    }

    #[test]
    fn apportionment_gives_all_and_at_least_one() {
        let sizes = apportion(&[0.5, 0.3, 0.2, 1e-9], 103);
        assert_eq!(sizes.iter().sum::<usize>(), 103);
        assert_eq!(sizes[3], 1);
        assert_eq!(apportion(&[1.0, 1.0, 1.0], 3), [1, 1, 1]);
    }
}
