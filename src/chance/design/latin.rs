//! Latin hypercubes (McKay, Beckman & Conover 1979): of N points exactly one lies in each of N
//! equal strata of every input, anywhere within it.

use crate::chance::{EntityKey, Run, SHARED_RUN, Seed, Stream};

/// `points[point][input]`, each in (0, 1). An input's values depend on the seed, its name and
/// `count`, not on the other inputs.
#[must_use]
pub fn points(seed: Seed, inputs: &[&str], count: u32) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> = inputs
        .iter()
        .map(|input| column(seed, input, count))
        .collect();
    let point = |row: usize| columns.iter().map(|column| column[row]).collect();
    (0..count as usize).map(point).collect()
}

fn column(seed: Seed, input: &str, count: u32) -> Vec<f64> {
    let key = EntityKey::of(input);
    let order = Stream::new(seed, "design", "latin order");
    let within = Stream::new(seed, "design", "latin place");
    let mut strata: Vec<([u32; 4], u32)> = (0..count)
        .map(|stratum| (order.block(SHARED_RUN, key, stratum), stratum))
        .collect();
    // Sorted by 128 random bits, the strata are in any order with equal chance.
    strata.sort_unstable();
    let strata = strata.into_iter().map(|(_, stratum)| stratum);
    let place = |stratum: u32| {
        let inside = within.uniform(Run(count), key, stratum);
        (f64::from(stratum) + inside) / f64::from(count)
    };
    strata.map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stratum_of_each_input_holds_one_point() {
        for count in [1, 2, 7, 100, 1000] {
            let points = points(Seed(4), &["a", "b", "c"], count);
            for input in 0..3 {
                let mut strata: Vec<u32> = points
                    .iter()
                    .map(|point| (point[input] * f64::from(count)) as u32)
                    .collect();
                strata.sort_unstable();
                assert_eq!(strata, (0..count).collect::<Vec<u32>>());
            }
        }
    }

    #[test]
    fn an_input_keeps_its_values_when_another_joins() {
        let alone = points(Seed(4), &["b"], 50);
        let joined = points(Seed(4), &["a", "b"], 50);
        assert!(alone.iter().zip(&joined).all(|(one, two)| one[0] == two[1]));
        assert_ne!(alone, points(Seed(5), &["b"], 50));
    }

    /// 1,000 points of two inputs, strata in independent orders: the correlation of ranks has
    /// standard deviation 1/√999; beyond 5 of them with a chance of 6e-7 (the seed is fixed).
    #[test]
    fn inputs_are_in_independent_orders() {
        let points = points(Seed(9), &["a", "b"], 1000);
        let products = points.iter().map(|p| 12.0 * (p[0] - 0.5) * (p[1] - 0.5));
        let correlation: f64 = products.sum::<f64>() / 1000.0;
        assert!(correlation.abs() < 5.0 / 999.0_f64.sqrt(), "{correlation}");
    }
}
