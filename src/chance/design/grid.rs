//! Full grids: every level of each input with every level of all others.

/// A grid, by how many levels each input has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grid {
    levels: Vec<usize>,
}

impl Grid {
    /// A grid of so many levels of each input.
    #[must_use]
    pub fn new(levels: Vec<usize>) -> Self {
        Self { levels }
    }

    /// How many points it has; `None` beyond what can be counted.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        let mut levels = self.levels.iter();
        levels.try_fold(1_usize, |points, levels| points.checked_mul(*levels))
    }

    /// The level of each input at a point, from 0; the last input changes fastest.
    #[must_use]
    pub fn point(&self, index: usize) -> Vec<usize> {
        let mut left = index;
        let mut point: Vec<usize> = self
            .levels
            .iter()
            .rev()
            .map(|levels| {
                let level = left % levels;
                left /= levels;
                level
            })
            .collect();
        point.reverse();
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_meets_every_other_once() {
        let grid = Grid::new(vec![2, 3]);
        assert_eq!(grid.count(), Some(6));
        let points: Vec<Vec<usize>> = (0..6).map(|index| grid.point(index)).collect();
        assert_eq!(
            points,
            [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]].map(|point| point.to_vec())
        );
        assert_eq!(Grid::new(vec![1 << 40, 1 << 40]).count(), None);
    }
}
