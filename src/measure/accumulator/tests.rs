use super::*;
use crate::measure::grid::Grid;
use proptest::prelude::*;

fn layout() -> Vec<Span> {
    vec![
        Span {
            grid: Grid::linear(0.0, 1.0, 101).unwrap(),
            cells: 2,
        },
        Span {
            grid: Grid::logarithmic(1.0, 1e6, 0.05).unwrap(),
            cells: 1,
        },
    ]
}

fn of_runs(runs: &[[f64; 3]]) -> SeriesAccumulator {
    let mut accumulator = SeriesAccumulator::new(layout());
    for run in runs {
        accumulator.push_run(run).unwrap();
    }
    accumulator
}

fn bytes(series: &Series) -> Vec<u8> {
    postcard::to_stdvec(series).unwrap()
}

#[test]
fn a_refused_run_changes_nothing() {
    let mut accumulator = of_runs(&[[0.1, 0.2, 3.0]]);
    let before = bytes(accumulator.series());
    assert_eq!(
        accumulator.push_run(&[0.1]),
        Err(MeasureError::WrongLength {
            expected: 3,
            found: 1
        })
    );
    assert_eq!(
        accumulator.push_run(&[0.1, f64::INFINITY, 2.0]),
        Err(MeasureError::CellNotSummable {
            cell: 1,
            value: f64::INFINITY
        })
    );
    accumulator.series.runs = u32::MAX;
    assert_eq!(
        accumulator.push_run(&[0.1, 0.2, 0.3]),
        Err(MeasureError::TooMany)
    );
    accumulator.series.runs = 1;
    assert_eq!(bytes(accumulator.series()), before);
}

#[test]
fn no_cells_are_no_trouble() {
    let mut accumulator = SeriesAccumulator::new(Vec::new());
    for _ in 0..100 {
        accumulator.push_run(&[]).unwrap();
    }
    assert_eq!(accumulator.series().runs(), 100);
}

#[test]
fn every_run_is_counted_on_both_sides_of_a_full_buffer() {
    for n in [63, 64, 65, 128, 129] {
        let runs = vec![[0.5, f64::NAN, 7.0]; n];
        let series = of_runs(&runs).into_series();
        let counted: Vec<u64> = series.cells().map(|cell| cell.n()).collect();
        assert_eq!(counted, [n as u64, 0, n as u64]);
        assert_eq!(series.cell(2).unwrap().value_at_rank(n as u64), Some(7.0));
        assert_eq!(series.cell(2).unwrap().value_at_rank(n as u64 + 1), None);
    }
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -0.2f64..1.2, 2 => -1e7f64..1e7, 1 => Just(f64::NAN)]
}

proptest! {
    /// Runs in any order, split into any three parts, stopped and gone on with, give
    /// the bytes of one accumulator fed in order.
    #[test]
    fn any_partition_gives_equal_bytes(
        runs in prop::collection::vec([any_value(), any_value(), any_value()], 0..200),
        cuts in (0usize..200, 0usize..200),
        shift in 0usize..200,
    ) {
        let whole = bytes(&of_runs(&runs).into_series());
        let mut turned = runs.clone();
        if !turned.is_empty() { turned.rotate_left(shift % runs.len()); }
        let (low, high) = (cuts.0.min(cuts.1).min(runs.len()), cuts.0.max(cuts.1).min(runs.len()));
        let stored = bytes(&of_runs(&turned[low..high]).into_series());
        let mut merged = SeriesAccumulator::from(postcard::from_bytes::<Series>(&stored).unwrap());
        for run in &turned[..low] {
            merged.push_run(run).unwrap();
        }
        merged.merge(of_runs(&turned[high..])).unwrap();
        prop_assert_eq!(bytes(&merged.into_series()), whole);
    }
}
