//! Uncertain inputs: their values in a run.

use super::resolved::{InputDraw, InputId, Scenario};
use crate::chance::{EntityKey, Run, Seed, Stream, math};

/// The least uniform number that is ever drawn; the greatest is as far from 1.
const LEAST: f64 = f64::EPSILON / 2.0;

impl Scenario {
    /// The values of all inputs in run `run` under `seed`. Each is drawn by its path, so an
    /// input has the same luck in every scenario that has it; correlations then tie those
    /// that they name. Those of a posterior take the values of one of its rows, and are tied
    /// to the others no longer.
    #[must_use]
    pub fn draw_inputs(&self, seed: Seed, run: Run) -> InputDraw {
        let mut draw = self.draw_inputs_at(seed, run, &[]);
        if let Some(posterior) = &self.posterior {
            let row = Stream::new(seed, "input", "posterior");
            posterior.put(row.uniform(run, EntityKey::of("posterior"), 0), &mut draw);
        }
        draw
    }

    /// The same, except that these inputs are where these scores put them, independent
    /// standard normal numbers a priori, and that no posterior is heard. What correlations
    /// tie to them moves with them.
    #[must_use]
    pub fn draw_inputs_at(&self, seed: Seed, run: Run, at: &[(InputId, f64)]) -> InputDraw {
        let stream = Stream::new(seed, "input", "draw");
        let inputs = self.inputs.iter();
        let mut values: Vec<f64> = inputs
            .map(|input| stream.uniform(run, EntityKey::of(&input.path), 0))
            .collect();
        for &(input, score) in at {
            values[input.0] = math::normal_cdf(score).clamp(LEAST, 1.0 - LEAST);
        }
        self.correlations.couple(&mut values);
        for (value, input) in values.iter_mut().zip(&self.inputs) {
            *value = input.distribution.quantile(*value);
        }
        InputDraw(values)
    }

    /// Every input at its median.
    #[must_use]
    pub fn median_inputs(&self) -> InputDraw {
        let inputs = self.inputs.iter().enumerate();
        let medians = inputs.map(|(index, input)| {
            let posterior = self.posterior.as_ref();
            let fitted = posterior.and_then(|p| p.quantile(InputId(index), 0.5));
            fitted.unwrap_or_else(|| input.distribution.quantile(0.5))
        });
        InputDraw(medians.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    #[test]
    fn p90_is_the_ninetieth_hundredth() {
        let scenario = load_text("x", include_str!("fixture.toml"), &[]).unwrap();
        let path = "market.DE.spend_musd_per_year";
        let input = scenario
            .inputs
            .iter()
            .find(|input| input.path == path)
            .unwrap();
        assert!((input.distribution.quantile(0.9) - 1200.0).abs() < 1e-9);
        let medians = scenario.median_inputs();
        let index = scenario
            .inputs
            .iter()
            .position(|input| input.path == path)
            .unwrap();
        assert!((medians.0[index] - 900.0).abs() < 1e-9);
    }

    #[test]
    fn an_input_has_the_same_luck_whatever_else_is_uncertain() {
        let text = include_str!("fixture.toml");
        let one = load_text("x", text, &[]).unwrap();
        let set = "choice.home_weight={ dist = \"uniform\", low = 0, high = 1 }".to_owned();
        let more = load_text("x", text, &[set]).unwrap();
        assert_eq!(more.inputs.len(), one.inputs.len() + 1);
        let (draw, with_more) = (
            one.draw_inputs(Seed(1), Run(5)),
            more.draw_inputs(Seed(1), Run(5)),
        );
        for (index, input) in one.inputs.iter().enumerate() {
            let other = more
                .inputs
                .iter()
                .position(|other| other.path == input.path);
            assert_eq!(draw.0[index], with_more.0[other.unwrap()]);
        }
        assert_ne!(draw, one.draw_inputs(Seed(1), Run(6)));
        assert_ne!(draw, one.draw_inputs(Seed(2), Run(5)));
    }

    fn correlated(rows: &str) -> Scenario {
        let text = format!("{}\n{rows}", include_str!("fixture.toml"));
        load_text("x", &text, &[]).unwrap_or_else(|error| panic!("{}", error.render(false)))
    }

    fn position(scenario: &Scenario, path: &str) -> usize {
        let inputs = &scenario.inputs;
        inputs.iter().position(|input| input.path == path).unwrap()
    }

    /// 40,000 runs of three tied inputs of three families. Spearman's ρ is 12 E[uv] − 3 of
    /// their ranks u and v; each estimate must lie within 5 of its own standard errors
    /// (about 0.013), which fails with chance 6e-7.
    #[test]
    fn ranks_correlate_as_asked() {
        let scenario = correlated(
            "[correlation.a]\ninputs = ['trust.bad_weight', 'choice.exposure_weight']\nrank = -0.5\n\
             [correlation.b]\ninputs = ['choice.exposure_weight', 'belief.DE.location_protects']\nrank = 0.3\n",
        );
        let input = |path: &str| position(&scenario, path);
        let paths = [
            "belief.DE.location_protects",
            "choice.exposure_weight",
            "trust.bad_weight",
            "choice.scale_weight",
        ];
        let [protects, exposure, bad, scale] = paths.map(input);
        let runs = 40_000;
        let draws: Vec<InputDraw> = (0..runs)
            .map(|run| scenario.draw_inputs(Seed(3), Run(run)))
            .collect();
        let rank =
            |draw: &InputDraw, input: usize| scenario.inputs[input].distribution.cdf(draw.0[input]);
        for (first, second, asked) in [
            (bad, exposure, -0.5),
            (exposure, protects, 0.3),
            (bad, protects, 0.0),
            (bad, scale, 0.0),
        ] {
            let product = draws
                .iter()
                .map(|draw| 12.0 * rank(draw, first) * rank(draw, second) - 3.0);
            let n = f64::from(runs);
            let mean = product.clone().sum::<f64>() / n;
            let variance = product.map(|p| (p - mean) * (p - mean)).sum::<f64>() / (n - 1.0);
            let error = (variance / n).sqrt();
            assert!(error < 0.02);
            assert!((mean - asked).abs() < 5.0 * error, "{mean} for {asked}");
        }
        // Each keeps its own distribution: the 5 % point within 5 standard errors.
        let distribution = &scenario.inputs[bad].distribution;
        let low = distribution.quantile(0.05);
        let below = draws.iter().filter(|draw| draw.0[bad] < low).count() as f64;
        let n = f64::from(runs);
        assert!((below / n - 0.05).abs() < 5.0 * (0.05 * 0.95 / n).sqrt());
    }

    #[test]
    fn a_correlation_moves_only_inputs_in_it() {
        let one = "[correlation.a]\ninputs = ['choice.exposure_weight', 'trust.bad_weight']\nrank = -0.5\n";
        let two = "[correlation.b]\ninputs = ['choice.scale_weight', 'belief.DE.location_protects']\nrank = 0.4\n";
        let (none, one, both) = (
            correlated(""),
            correlated(one),
            correlated(&format!("{one}{two}")),
        );
        let draw = |scenario: &Scenario| scenario.draw_inputs(Seed(1), Run(5)).0;
        let moved = |before: &Scenario, after: &Scenario| -> Vec<String> {
            let draws = draw(before).into_iter().zip(draw(after));
            let moved = before.inputs.iter().zip(draws);
            moved
                .filter(|(_, (before, after))| before.to_bits() != after.to_bits())
                .map(|(input, _)| input.path.clone())
                .collect()
        };
        // Of two that are tied the first by path leads.
        assert_eq!(moved(&none, &one), ["trust.bad_weight"]);
        assert_eq!(moved(&one, &both), ["choice.scale_weight"]);
    }

    #[test]
    fn what_is_fixed_is_correlated_no_longer() {
        let rows = "[correlation.a]\ninputs = ['choice.exposure_weight', 'trust.bad_weight']\nrank = -0.5\n";
        let text = format!("{}\n{rows}", include_str!("fixture.toml"));
        let free = load_text("x", &text, &[]).unwrap();
        assert_eq!(free.correlations.pairs().len(), 1);
        let fixed = load_text("x", &text, &["choice.exposure_weight=1".to_owned()]).unwrap();
        assert_eq!(fixed.correlations.pairs().len(), 0);
        let again = load_text("x", &fixed.frozen, &[]).unwrap();
        assert_eq!(again.digest, fixed.digest);
        let set = "choice.exposure_weight=0.5 to 2".to_owned();
        let drawn = load_text("x", &text, &[set]).unwrap();
        assert_eq!(drawn.correlations.pairs().len(), 1);
    }
}
