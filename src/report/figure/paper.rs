//! The papers that figures are drawn for: a column of a journal, a page of one, a slide.

/// Dark on light, or light on dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// For print.
    #[default]
    Light,
    /// For a dark screen.
    Dark,
}

/// How wide a figure is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// One column of a journal, 85 mm.
    Single,
    /// Two columns, 178 mm.
    Double,
    /// A slide of 16 to 9.
    Slide,
}

/// Sizes in CSS pixels, 96 to the inch.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Paper {
    /// Width.
    pub width: f64,
    /// Height of the plot itself; with the slide, that of all.
    pub height: Height,
    /// Size of the letters.
    pub text: f64,
    /// Pixels of a PNG for one of the drawing.
    pub png_scale: f64,
    /// Dark on light, or light on dark.
    pub theme: Theme,
}

impl Paper {
    /// The same in a theme.
    #[must_use]
    pub const fn in_theme(self, theme: Theme) -> Self {
        Self { theme, ..self }
    }
}

/// What a height is of.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Height {
    /// The plot: the figure is as high as its words need.
    OfPlot(f64),
    /// The figure: the plot takes what the words leave.
    OfFigure(f64),
}

impl Width {
    /// Every width.
    pub const ALL: [Self; 3] = [Self::Single, Self::Double, Self::Slide];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Double => "double",
            Self::Slide => "slide",
        }
    }

    /// The paper of this width: letters of 7 and 8 points in print, 300 dots to the inch.
    #[must_use]
    pub const fn paper(self) -> Paper {
        match self {
            Self::Single => Paper {
                width: 321.0,
                height: Height::OfPlot(150.0),
                text: 9.4,
                png_scale: 3.125,
                theme: Theme::Light,
            },
            Self::Double => Paper {
                width: 673.0,
                height: Height::OfPlot(260.0),
                text: 10.7,
                png_scale: 3.125,
                theme: Theme::Light,
            },
            Self::Slide => Paper {
                width: 1280.0,
                height: Height::OfFigure(720.0),
                text: 22.0,
                png_scale: 1.5,
                theme: Theme::Light,
            },
        }
    }
}
