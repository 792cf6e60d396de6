//! Uncertain inputs: their values in a run.

use super::resolved::{InputDraw, Scenario};
use crate::chance::{EntityKey, Run, Seed, Stream};

impl Scenario {
    /// The values of all inputs in run `run` under `seed`. Each is drawn by its path, so an
    /// input has the same luck in every scenario that has it.
    #[must_use]
    pub fn draw_inputs(&self, seed: Seed, run: Run) -> InputDraw {
        let stream = Stream::new(seed, "input", "draw");
        let draw = |path: &str| stream.uniform(run, EntityKey::of(path), 0);
        let values = self.inputs.iter();
        InputDraw(
            values
                .map(|input| input.distribution.quantile(draw(&input.path)))
                .collect(),
        )
    }

    /// Every input at its median.
    #[must_use]
    pub fn median_inputs(&self) -> InputDraw {
        let inputs = self.inputs.iter();
        InputDraw(
            inputs
                .map(|input| input.distribution.quantile(0.5))
                .collect(),
        )
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
}
