//! Quantiles of the two distributions that intervals lean on, normal and Student's t, and
//! the distribution function of the beta law.
#![expect(clippy::excessive_precision, reason = "coefficients as published")]

/// The p-quantile of the standard normal distribution; `None` unless 0 < p < 1.
///
/// Wichura (1988), algorithm AS 241, PPND16: relative error about 1e-16.
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(0.0 < p && p < 1.0) {
        return None;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return Some(q * ratio(r, &CENTRE_ABOVE, &CENTRE_BELOW));
    }
    let r = (-libm::log(p.min(1.0 - p))).sqrt();
    let magnitude = if r <= 5.0 {
        ratio(r - 1.6, &SHOULDER_ABOVE, &SHOULDER_BELOW)
    } else {
        ratio(r - 5.0, &TAIL_ABOVE, &TAIL_BELOW)
    };
    Some(if q < 0.0 { -magnitude } else { magnitude })
}

/// The p-quantile of Student's t with this many degrees of freedom; `None` unless
/// 0 < p < 1 and there is at least one degree.
///
/// Up to 100 degrees the exact finite sum (Abramowitz & Stegun 1964, 26.7.3 and
/// 26.7.4) is inverted by bisection; above, the expansion 26.7.5, whose error is below
/// 1e-8 for p from 0.0005 to 0.9995.
pub fn student_t_quantile(degrees: u64, p: f64) -> Option<f64> {
    let z = normal_quantile(p)?;
    if degrees == 0 {
        return None;
    }
    if z == 0.0 {
        return Some(0.0);
    }
    if degrees > 100 {
        return Some(expanded_t_quantile(degrees as f64, z));
    }
    let central = (2.0 * p - 1.0).abs();
    let (mut low, mut high) = (0.0, 1.0);
    while central_chance(degrees, high) < central && high < 1e300 {
        high *= 2.0;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return Some(if z < 0.0 { -high } else { high });
        }
        if central_chance(degrees, middle) < central {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The chance that |T| ≤ t.
fn central_chance(degrees: u64, t: f64) -> f64 {
    let freedom = degrees as f64;
    let tangent = t / freedom.sqrt();
    let cos2 = 1.0 / (1.0 + tangent * tangent);
    let (cos, sin) = (cos2.sqrt(), tangent * cos2.sqrt());
    let odd = degrees % 2 == 1;
    // Terms ∏ (2i − 1)/2i · cos^2i for even degrees, ∏ 2i/(2i + 1) · cos^2i for odd.
    let mut term = 1.0;
    let mut sum = 1.0;
    let terms = if odd {
        degrees.saturating_sub(3) / 2
    } else {
        (degrees - 2) / 2
    };
    for i in 1..=terms {
        let i = i as f64;
        term *= cos2
            * if odd {
                2.0 * i / (2.0 * i + 1.0)
            } else {
                (2.0 * i - 1.0) / (2.0 * i)
            };
        sum += term;
    }
    if !odd {
        return sin * sum;
    }
    let beyond_one = if degrees == 1 { 0.0 } else { sin * cos * sum };
    std::f64::consts::FRAC_2_PI * (libm::atan(tangent) + beyond_one)
}

fn expanded_t_quantile(freedom: f64, z: f64) -> f64 {
    let z2 = z * z;
    let g1 = (z2 + 1.0) / 4.0;
    let g2 = ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    let g3 = (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    let g4 = ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92_160.0;
    z * (1.0 + (g1 + (g2 + (g3 + g4 / freedom) / freedom) / freedom) / freedom)
}

/// The chance of at most `x` under the beta law with shapes a and b; `None` unless both are
/// positive and finite and `x` is a number.
///
/// The series 26.5.4 of Abramowitz & Stegun (1964), from the nearer side of the mean; its
/// terms are all positive. Meant for shapes up to some thousands.
pub fn beta_cdf(a: f64, b: f64, x: f64) -> Option<f64> {
    if !(a > 0.0 && b > 0.0 && (a + b).is_finite()) || x.is_nan() {
        return None;
    }
    if x <= 0.0 || x >= 1.0 {
        return Some(f64::from(u8::from(x >= 1.0)));
    }
    if x > a / (a + b) {
        return Some(1.0 - beta_series(b, a, 1.0 - x));
    }
    Some(beta_series(a, b, x))
}

/// xᵃ(1 − x)ᵇ/(a B(a, b)) · Σ ∏ (a + b + i)/(a + 1 + i) x.
fn beta_series(a: f64, b: f64, x: f64) -> f64 {
    let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let factor = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta) / a;
    let (mut sum, mut term, mut index) = (0.0, 1.0, 0.0);
    while term > f64::EPSILON * sum {
        sum += term;
        term *= (a + b + index) / (a + 1.0 + index) * x;
        index += 1.0;
    }
    (factor * sum).min(1.0)
}

/// The quotient of two polynomials, coefficients from the constant up.
fn ratio(x: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    let polynomial = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    polynomial(above) / polynomial(below)
}

const CENTRE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_608,
    1.331_416_678_917_843_774_5e2,
    1.971_590_950_306_551_442_7e3,
    1.373_169_376_550_946_112_5e4,
    4.592_195_393_154_987_145_7e4,
    6.726_577_092_700_870_085_3e4,
    3.343_057_558_358_812_810_5e4,
    2.509_080_928_730_122_672_7e3,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091_125_2e1,
    6.871_870_074_920_579_083e2,
    5.394_196_021_424_751_107_7e3,
    2.121_379_430_158_659_586_7e4,
    3.930_789_580_009_271_061e4,
    2.872_908_573_572_194_267_4e4,
    5.226_495_278_852_545_925e3,
];
const SHOULDER_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_9,
    5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    2.417_807_251_774_506_117_7e-1,
    2.272_384_498_926_918_458_33e-2,
    7.745_450_142_783_414_076_4e-4,
];
const SHOULDER_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_4,
    6.897_673_349_851_000_045_5e-1,
    1.481_039_764_274_800_745_9e-1,
    1.519_866_656_361_645_719_66e-2,
    5.475_938_084_995_344_946e-4,
    1.050_750_071_644_416_843_24e-9,
];
const TAIL_ABOVE: [f64; 8] = [
    6.657_904_643_501_103_777_2,
    5.463_784_911_164_114_369_9,
    1.784_826_539_917_291_335_8,
    2.965_605_718_285_048_912_3e-1,
    2.653_218_952_657_612_309_3e-2,
    1.242_660_947_388_078_438_6e-3,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const TAIL_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_879_376_9e-1,
    1.369_298_809_227_358_053_1e-1,
    1.487_536_129_085_061_485_25e-2,
    7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5,
    1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, known: f64, relative: f64) {
        let found = found.unwrap();
        assert!(
            (found - known).abs() <= relative * known.abs(),
            "{found} for {known}"
        );
    }

    /// scipy 1.17.1, `scipy.stats.norm.ppf`.
    #[test]
    fn normal_quantiles_of_scipy() {
        assert_eq!(normal_quantile(0.5), Some(0.0));
        for (p, z) in [
            (0.6, 0.2533471031357997),
            (0.9, 1.2815515655446004),
            (0.975, 1.959963984540054),
            (0.995, 2.5758293035489004),
            (0.001, -3.090232306167813),
            (1e-10, -6.361340902404056),
        ] {
            close(normal_quantile(p), z, 1e-15);
        }
    }

    /// The normal distribution function brings each quantile back to its p: holds all
    /// three pieces of the algorithm, from 1e-300 up, to 1e-12.
    #[test]
    fn normal_quantiles_invert_the_distribution_function() {
        let mut p = 1e-300;
        while p < 0.5 {
            let z = normal_quantile(p).unwrap();
            let back = 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
            assert!((back / p - 1.0).abs() < 1e-12, "{p}: {back}");
            p *= 1.7;
        }
    }

    /// scipy 1.17.1, `scipy.stats.t.ppf`.
    #[test]
    fn student_quantiles_of_scipy() {
        for (degrees, known) in [
            (
                1,
                [3.0776835371752544, 12.706204736174694, 636.6192487687897],
            ),
            (
                2,
                [1.8856180831641272, 4.302652729749462, 31.599054576445365],
            ),
            (
                3,
                [1.637744353696209, 3.1824463052837078, 12.923978636687961],
            ),
            (
                5,
                [1.4758840488244815, 2.5705818356363146, 6.868826625881276],
            ),
            (
                10,
                [1.372183641110336, 2.228138851986274, 4.586893858702708],
            ),
            (
                29,
                [1.311433647301551, 2.045229642132703, 3.6594050194663748],
            ),
            (
                100,
                [1.290074761346516, 1.9839715185235518, 3.390491311164263],
            ),
            (
                101,
                [1.2899898085679689, 1.983731002955606, 3.3894748840473063],
            ),
            (
                250,
                [1.2849470554222564, 1.9694983934211532, 3.329867205673151],
            ),
            (
                1000,
                [1.2823987214609247, 1.9623390808264083, 3.300282648423944],
            ),
        ] {
            for (p, t) in [0.9, 0.975, 0.9995].into_iter().zip(known) {
                close(student_t_quantile(degrees, p), t, 1e-8);
                close(student_t_quantile(degrees, 1.0 - p), -t, 1e-8);
            }
        }
    }

    /// scipy 1.17.1, `scipy.stats.beta.cdf`.
    #[test]
    fn beta_of_scipy() {
        for (a, b, x, p) in [
            (0.7, 1.1, 0.3, 0.45755540824454927),
            (20.0, 3.0, 0.9, 0.6200409384119034),
            (500.0, 480.0, 0.5, 0.26135600646786494),
            (0.5, 0.5, 0.999, 0.9798649583666235),
            (0.1, 5.0, 1e-6, 0.307288374999505),
        ] {
            close(beta_cdf(a, b, x), p, 1e-11);
        }
        assert_eq!(beta_cdf(2.0, 3.0, -1.0), Some(0.0));
        assert_eq!(beta_cdf(2.0, 3.0, 1.0), Some(1.0));
        assert_eq!(beta_cdf(0.0, 3.0, 0.5), None);
        assert_eq!(beta_cdf(1.0, 3.0, f64::NAN), None);
    }

    #[test]
    fn outside_zero_and_one_there_is_no_quantile() {
        for p in [0.0, 1.0, -0.1, f64::NAN] {
            assert_eq!(normal_quantile(p), None);
            assert_eq!(student_t_quantile(5, p), None);
        }
        assert_eq!(student_t_quantile(0, 0.9), None);
        assert_eq!(student_t_quantile(4, 0.5), Some(0.0));
    }
}
