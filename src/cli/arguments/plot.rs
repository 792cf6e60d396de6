//! What `plot` takes.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use comity::report::figure::catalogue::ALL;
use comity::report::figure::paper::{Theme, Width};

use crate::cli::simulation::SimulationOptions;

const DRAWN: &str = "What is drawn";
const PRINTED: &str = "What is printed";

/// What `plot` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  comity plot preska-2014                              every figure of the scenario
  comity plot preska-2014 --figure fan --metric trust_microsoft_eu_2016
  comity plot output/preska-2014/latest --width slide --theme dark
  comity plot --figure endings --to figures            of the latest result, into a folder

Figures of a result of `comity run`:
  fan         a level over time: median, where 50, 80 and 95 in 100 futures lie, single futures,
              typical rulings
  endings     how and when the case ends: cumulative incidence, adding to one
  survival    how long the case stays open, with the order and without it, with its 95 % interval
  procedure   how many futures come to each stage of the procedure, and what happens there
  locations   in which countries workload lies: shares of the mean over futures
  reach       who can reach workload: by where it lies, and by the provider's parent
  exposure    with which providers each country's customers spend, on the last day
  regions     when providers open, convert and close regions
  exceedance  what the law takes in a bad year, by return period
  ladder      from what customers say to what they do
  tornado     what moves the effect of the order on a metric most
  convergence an estimate from more and more futures

Of other results:
  decision    (compare) options in a table, with regret
  tornado     (compare, sweep) what moves the lead of the best option; a metric over the sweep
  thresholds  (compare --levers) at which value of a lever another option becomes best
  pit         (backtest) where what came lay among the futures
  reliability (backtest) how often bands held what they were to hold
  convergence (convergence)

Each figure is four files: SVG, which needs no font; PNG; the numbers drawn as CSV; and a caption.
They are put in the folder plots of the result, or where --to says. A file that is there already
and differs is left alone, and that is an error.

Environment:
  COMITY_OUTPUT     folder under which results are collected, in place of output/
  COMITY_THREADS    threads, where -j does not say
  NO_COLOR          no colour; CLICOLOR and CLICOLOR_FORCE are heeded too")]
pub struct PlotArguments {
    /// Shipped scenarios' names or scenario files, which are simulated unless they were
    /// before, or result folders; without one, the latest result
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,

    /// The figure; all that the result has, without this
    #[arg(long, value_name = "NAME", help_heading = DRAWN)]
    #[arg(value_parser = PossibleValuesParser::new(ALL))]
    pub figure: Option<String>,

    /// The metric of a figure that is of one: fan, tornado, convergence [default: the
    /// headline metrics; of a tornado the first metric, these before others, that an input is
    /// told to move]
    #[arg(long, value_name = "METRIC", help_heading = DRAWN)]
    pub metric: Option<String>,

    /// For a column of a journal, two columns, or a slide
    #[arg(long, value_enum, default_value_t, value_name = "WIDTH", help_heading = DRAWN)]
    pub width: WidthAsked,

    /// Dark on light, or light on dark
    #[arg(long, value_enum, default_value_t, value_name = "THEME", help_heading = DRAWN)]
    pub theme: ThemeAsked,

    /// Folder for the files, made if it is not there; of several results each has a folder
    /// in it [default: plots, in the result]
    #[arg(long, value_name = "FOLDER", help_heading = DRAWN)]
    pub to: Option<PathBuf>,

    /// What is simulated, kept and how
    #[command(flatten)]
    pub simulation: SimulationOptions,

    /// Print JSON
    #[arg(long, conflicts_with = "quiet", help_heading = PRINTED)]
    pub json: bool,

    /// Print only the paths of the drawings
    #[arg(short, long, help_heading = PRINTED)]
    pub quiet: bool,
}

/// Which theme is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ThemeAsked {
    /// For print
    #[default]
    Light,
    /// For a dark screen
    Dark,
}

impl From<ThemeAsked> for Theme {
    fn from(asked: ThemeAsked) -> Self {
        match asked {
            ThemeAsked::Light => Self::Light,
            ThemeAsked::Dark => Self::Dark,
        }
    }
}

/// How wide a figure is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum WidthAsked {
    /// 85 mm
    Single,
    /// 178 mm
    #[default]
    Double,
    /// 16 to 9; taller where a procedure has many stages
    Slide,
}

impl From<WidthAsked> for Width {
    fn from(asked: WidthAsked) -> Self {
        match asked {
            WidthAsked::Single => Self::Single,
            WidthAsked::Double => Self::Double,
            WidthAsked::Slide => Self::Slide,
        }
    }
}
