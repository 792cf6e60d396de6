use super::*;
use proptest::prelude::*;

#[test]
fn ends_of_a_linear_grid_are_centres() {
    let grid = Grid::linear(0.0, 1.0, 1001).unwrap();
    assert_eq!(grid.bins(), 1003);
    assert_eq!(
        grid.error(),
        BinError {
            absolute: 0.0005,
            relative: 0.0
        }
    );
    for (value, bin, centre) in [
        (0.0, 1, 0.0),
        (1.0, 1001, 1.0),
        (1.0 + 1e-15, 1001, 1.0),
        (0.5, 501, 0.5),
        (-0.01, 0, 0.0),
    ] {
        assert_eq!((grid.bin(value), grid.centre(bin)), (bin, centre));
    }
    assert_eq!((grid.bin(1.01), grid.centre(1002)), (1002, 1.0));
    assert_eq!(grid.bin(f64::NAN), NO_VALUE);
    assert_eq!(grid.bin(f64::INFINITY), 1002);
}

#[test]
fn counts_are_exact_on_a_grid_of_whole_numbers() {
    let grid = Grid::linear(0.0, 1000.0, 1001).unwrap();
    for count in 0..=1000 {
        assert_eq!(grid.centre(grid.bin(f64::from(count))), f64::from(count));
    }
}

#[test]
fn a_logarithmic_grid_keeps_zero_powers_of_two_and_signs() {
    let grid = Grid::logarithmic(1.0, 1e13, 0.01).unwrap();
    assert_eq!(
        grid.spacing(),
        Spacing::Logarithmic {
            smallest_exponent: 0,
            largest_exponent: 44,
            mantissa_bits: 6
        }
    );
    assert_eq!(
        grid.error(),
        BinError {
            absolute: 0.5,
            relative: 1.0 / 128.0
        }
    );
    for value in [
        0.0,
        -0.0,
        1.0,
        -1.0,
        1024.0,
        -1_048_576.0,
        libm::ldexp(1.0, 44),
    ] {
        assert_eq!(grid.centre(grid.bin(value)), value);
    }
    assert_eq!(grid.centre(grid.bin(0.49)), 0.0);
    assert_eq!(grid.centre(grid.bin(-0.51)), -1.0);
    assert_eq!(grid.bin(2e13), grid.bins() - 1);
    assert_eq!(grid.bin(f64::NEG_INFINITY), 0);
    assert_eq!(grid.centre(0), -libm::ldexp(1.0, 44));
    assert_eq!(grid.bin(f64::NAN), NO_VALUE);
}

#[test]
fn powers_of_two_are_not_widened() {
    let grid = Grid::logarithmic(0.25, 1024.0, 0.5).unwrap();
    assert_eq!(
        grid.spacing(),
        Spacing::Logarithmic {
            smallest_exponent: -2,
            largest_exponent: 10,
            mantissa_bits: 0
        }
    );
}

#[test]
fn grids_that_cannot_be_formed_are_refused() {
    assert!(Grid::linear(1.0, 1.0, 10).is_err());
    assert!(Grid::linear(0.0, f64::NAN, 10).is_err());
    assert!(Grid::linear(-f64::MAX, f64::MAX, 10).is_err());
    assert!(Grid::linear(0.0, 1.0, 1).is_err());
    assert!(Grid::linear(0.0, 1.0, u16::MAX).is_err());
    assert!(Grid::logarithmic(0.0, 1.0, 0.1).is_err());
    assert!(Grid::logarithmic(1.0, f64::INFINITY, 0.1).is_err());
    assert!(Grid::logarithmic(1.0, 1e13, 1e-9).is_err());
    assert!(Grid::logarithmic(1e-320, 1e13, 0.1).is_err());
    let spacing = Spacing::Linear {
        lowest: 3.0,
        highest: 2.0,
        centres: 5,
    };
    let bytes = postcard::to_stdvec(&spacing).unwrap();
    assert!(postcard::from_bytes::<Grid>(&bytes).is_err());
}

fn any_grid() -> impl Strategy<Value = Grid> {
    prop_oneof![
        (-1e6f64..1e6, 1e-3f64..1e6, 2u16..5000).prop_map(|(low, width, n)| Grid::linear(
            low,
            low + width,
            n
        )
        .unwrap()),
        (1e-6f64..10.0, 1e2f64..1e14, 0.005f64..0.5)
            .prop_map(|(small, large, error)| Grid::logarithmic(small, large, error).unwrap()),
    ]
}

proptest! {
    /// The stated error holds for every value inside, up to rounding.
    #[test]
    fn error_is_as_stated(grid in any_grid(), along in 0.0f64..1.0, tiny in any::<bool>()) {
        let (low, high) = (grid.centre(1), grid.centre(grid.bins() - 2));
        let mut value = low + along * (high - low);
        if tiny { value *= 1e-9; }
        prop_assume!(low <= value && value <= high);
        let bin = grid.bin(value);
        prop_assert!(0 < bin && bin < grid.bins() - 1);
        let BinError { absolute, relative } = grid.error();
        let allowed = absolute.max(relative * value.abs());
        let slack = 1e-12 * (low.abs() + high.abs());
        prop_assert!((grid.centre(bin) - value).abs() <= allowed + slack);
    }

    /// A larger value never lands in a lower bin, and each centre in its own bin.
    #[test]
    fn bins_rise_with_values(grid in any_grid(), a in -1e15f64..1e15, b in -1e15f64..1e15, c in any::<u16>()) {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        prop_assert!(grid.bin(low) <= grid.bin(high));
        let bin = 1 + c % (grid.bins() - 2);
        prop_assert_eq!(grid.bin(grid.centre(bin)), bin);
        prop_assert!(bin == 1 || grid.centre(bin - 1) < grid.centre(bin));
    }
}
