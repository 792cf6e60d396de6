use super::*;
use crate::measure::accumulator::SeriesAccumulator;
use crate::measure::toy::Toy;

fn of_values(grid: Grid, values: &[f64]) -> Series {
    let mut accumulator = SeriesAccumulator::new(vec![Span { grid, cells: 1 }]);
    for &value in values {
        accumulator.push_run(&[value]).unwrap();
    }
    accumulator.into_series()
}

#[test]
fn quantiles_follow_the_definition() {
    let grid = Grid::linear(0.0, 100.0, 101).unwrap();
    let values: Vec<f64> = (1..=10).rev().map(f64::from).collect();
    let series = of_values(grid, &values);
    let cell = series.cell(0).unwrap();
    assert_eq!((cell.n(), cell.mean()), (10, Some(5.5)));
    for (p, known) in [
        (0.0, 1.0),
        (0.1, 1.0),
        (0.11, 2.0),
        (0.5, 5.0),
        (0.9, 9.0),
        (1.0, 10.0),
    ] {
        assert_eq!(cell.quantile(p), Some(known));
    }
    let ranks = QuantileRanks::new(10, 0.5, 0.95).unwrap();
    assert_eq!(cell.quantile_interval(&ranks), (Some(2.0), Some(9.0)));
    let ranks = QuantileRanks::new(10, 0.9, 0.95).unwrap();
    assert_eq!(cell.quantile_interval(&ranks).1, None);
    assert_eq!(
        (cell.value_at_rank(0), cell.value_at_rank(11)),
        (None, None)
    );
}

#[test]
fn no_value_is_neither_counted_nor_lost() {
    let grid = Grid::linear(0.0, 1.0, 11).unwrap();
    let series = of_values(grid, &[f64::NAN, 0.5, f64::NAN]);
    let cell = series.cell(0).unwrap();
    assert_eq!(
        (series.runs(), cell.n(), cell.quantile(0.5)),
        (3, 1, Some(0.5))
    );
    let series = of_values(grid, &[f64::NAN]);
    let cell = series.cell(0).unwrap();
    assert_eq!((cell.n(), cell.mean(), cell.quantile(0.5)), (0, None, None));
    assert!(series.cell(1).is_none());
}

#[test]
fn values_past_the_ends_are_counted_and_do_not_bend_the_mean() {
    let grid = Grid::linear(0.0, 1.0, 11).unwrap();
    let series = of_values(grid, &[-5.0, 0.2, 7.0, 8.0]);
    let cell = series.cell(0).unwrap();
    assert_eq!(cell.outside(), (1, 2));
    assert!((cell.mean().unwrap() - 2.55).abs() < 1e-12);
    assert_eq!(
        (cell.quantile(0.25), cell.quantile(1.0)),
        (Some(0.0), Some(1.0))
    );
    assert_eq!(
        of_values(grid, &[0.0, 1.0]).cell(0).unwrap().outside(),
        (0, 0)
    );
}

/// Shards of 10 to 100,000 give the quantile of the whole, where the mean of the
/// shards' quantiles does not (practice: 28.3 for 32.77). Exp(1) scaled, 99th percentile.
#[test]
fn shards_of_any_size_give_the_same_quantile() {
    let grid = Grid::logarithmic(0.01, 1e6, 0.001).unwrap();
    let mut toy = Toy::new(3);
    let values: Vec<f64> = (0..100_000)
        .map(|_| libm::exp(1.5 * toy.normal()))
        .collect();
    let whole = of_values(grid, &values);
    for shard in [10, 100, 10_000] {
        let mut merged = Series::new(whole.layout().to_vec());
        let mut mean_of_quantiles = 0.0;
        let some = &values[..(shard * 50).min(values.len())];
        for part in some.chunks(shard) {
            let part = of_values(grid, part);
            mean_of_quantiles += part.cell(0).unwrap().quantile(0.99).unwrap();
            merged.merge(&part).unwrap();
        }
        mean_of_quantiles /= (some.len() / shard) as f64;
        assert_eq!(merged, of_values(grid, some));
        let pooled = merged.cell(0).unwrap().quantile(0.99).unwrap();
        if shard == 10 {
            assert!(
                mean_of_quantiles < 0.7 * pooled,
                "the toy no longer shows the mistake"
            );
        }
    }
    // exp(1.5 · 2.3263…) = 32.77; the standard error at n = 100,000 is 0.58.
    let found = whole.cell(0).unwrap().quantile(0.99).unwrap();
    assert!(
        (found - 32.770_273_576_6).abs() < 5.0 * 0.58 + 0.03,
        "{found}"
    );
}

#[test]
fn series_of_other_cells_are_not_merged() {
    let one = of_values(Grid::linear(0.0, 1.0, 11).unwrap(), &[0.5]);
    let mut other = of_values(Grid::linear(0.0, 1.0, 12).unwrap(), &[0.5]);
    assert_eq!(other.merge(&one), Err(MeasureError::LayoutsDiffer));
    let mut full = one.clone();
    full.runs = u32::MAX;
    let before = full.clone();
    assert_eq!(full.merge(&one), Err(MeasureError::TooMany));
    assert_eq!(full, before);
}

#[test]
fn damage_is_refused_on_reading() {
    let sound = of_values(Grid::linear(0.0, 1.0, 11).unwrap(), &[0.1, 0.2, 0.2]);
    let again =
        |series: &Series| postcard::from_bytes::<Series>(&postcard::to_stdvec(series).unwrap());
    assert_eq!(again(&sound).unwrap(), sound);
    let breaks: [fn(&mut Series); 11] = [
        |s| s.layout[0].cells = 2,
        |s| s.moments.clear(),
        |s| s.blocks.clear(),
        |s| s.blocks[0].offsets = vec![1, 2],
        |s| s.blocks[0].offsets = vec![0, 9],
        |s| s.blocks[0].offsets = vec![0, 2, 2],
        |s| s.blocks[0].counts[0] = 0,
        |s| s.blocks[0].counts[0] = 5,
        |s| s.runs = 2,
        |s| s.blocks[0].bins.swap(0, 1),
        |s| s.blocks[0].bins[1] = 13,
    ];
    for harm in breaks {
        let mut damaged = sound.clone();
        harm(&mut damaged);
        assert!(again(&damaged).is_err());
    }
}

#[test]
fn cells_and_cell_agree_across_spans() {
    let coarse = Grid::linear(0.0, 10.0, 11).unwrap();
    let money = Grid::logarithmic(1.0, 1e9, 0.01).unwrap();
    let mut accumulator = SeriesAccumulator::new(vec![
        Span {
            grid: coarse,
            cells: 2,
        },
        Span {
            grid: coarse,
            cells: 0,
        },
        Span {
            grid: money,
            cells: 1,
        },
    ]);
    accumulator.push_run(&[1.0, 2.0, -4096.0]).unwrap();
    let series = accumulator.into_series();
    let medians: Vec<_> = series.cells().map(|cell| cell.quantile(0.5)).collect();
    assert_eq!(medians, [Some(1.0), Some(2.0), Some(-4096.0)]);
    for (index, cell) in series.cells().enumerate() {
        let alone = series.cell(index).unwrap();
        assert_eq!(
            (alone.grid(), alone.quantile(0.5)),
            (cell.grid(), cell.quantile(0.5))
        );
    }
    assert_eq!((series.len(), series.is_empty()), (3, false));
}
