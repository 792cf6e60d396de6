//! Small systems of linear equations.

/// Solves `matrix · x = column` by Gaussian elimination with partial pivoting; the
/// square matrix is given row by row and is lost, the solution replaces `column`.
/// False when the matrix is singular to working precision.
pub(super) fn solve_in_place(matrix: &mut [f64], column: &mut [f64]) -> bool {
    let n = column.len();
    for k in 0..n {
        let mut pivot = k;
        for row in k + 1..n {
            if matrix[row * n + k].abs() > matrix[pivot * n + k].abs() {
                pivot = row;
            }
        }
        let size = matrix[pivot * n + k].abs();
        if !(size > 1e-14 && size.is_finite()) {
            return false;
        }
        if pivot != k {
            (0..n).for_each(|j| matrix.swap(pivot * n + j, k * n + j));
            column.swap(pivot, k);
        }
        for row in k + 1..n {
            let factor = matrix[row * n + k] / matrix[k * n + k];
            if factor != 0.0 {
                for j in k..n {
                    matrix[row * n + j] -= factor * matrix[k * n + j];
                }
                column[row] -= factor * column[k];
            }
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|j| matrix[k * n + j] * column[j]).sum();
        column[k] = (column[k] - known) / matrix[k * n + k];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_needs_pivoting_is_solved_and_a_singular_one_refused() {
        let mut matrix = [0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 2.0, 0.0, -1.0];
        let mut column = [7.0, 6.0, -1.0];
        assert!(solve_in_place(&mut matrix, &mut column));
        for (found, expected) in column.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-14);
        }
        assert!(!solve_in_place(&mut [1.0, 2.0, 2.0, 4.0], &mut [1.0, 2.0]));
    }
}
