//! A drawing without need of a font, and as dots.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, WriteOptions};

use super::FigureError;
use super::draw::Drawing;
use super::lettering::{FAMILY, REGULAR, SEMI_BOLD};

/// A drawing whose letters are curves.
#[derive(Debug)]
pub struct Outlined {
    tree: Tree,
}

impl Outlined {
    /// Turns letters into curves.
    ///
    /// # Errors
    /// [`FigureError::Drawing`] when the drawing is no SVG.
    pub fn of(drawing: &Drawing) -> Result<Self, FigureError> {
        let mut options = Options {
            font_family: FAMILY.to_owned(),
            ..Options::default()
        };
        let fonts = options.fontdb_mut();
        fonts.load_font_data(REGULAR.to_vec());
        fonts.load_font_data(SEMI_BOLD.to_vec());
        let tree = Tree::from_str(&drawing.svg, &options).map_err(failed)?;
        Ok(Self { tree })
    }

    /// As SVG.
    #[must_use]
    pub fn svg(&self) -> String {
        self.tree.to_string(&WriteOptions {
            // A twentieth of a pixel is one unit.
            coordinates_precision: 3,
            ..WriteOptions::default()
        })
    }

    /// As PNG, with `scale` dots for a pixel of the drawing.
    ///
    /// # Errors
    /// [`FigureError::Drawing`] when it is too large.
    pub fn png(&self, scale: f64) -> Result<Vec<u8>, FigureError> {
        let size = self.tree.size();
        let scale = scale as f32;
        let dots = |length: f32| (length * scale).ceil() as u32;
        let mut dotted = Pixmap::new(dots(size.width()), dots(size.height()))
            .ok_or_else(|| FigureError::Drawing("it has no size".to_owned()))?;
        let transform = Transform::from_scale(scale, scale);
        resvg::render(&self.tree, transform, &mut dotted.as_mut());
        dotted.encode_png().map_err(failed)
    }
}

fn failed(error: impl std::fmt::Display) -> FigureError {
    FigureError::Drawing(error.to_string())
}
