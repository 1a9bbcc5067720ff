//! Quantiles of the Beta and chi-square distributions, after Numerical Recipes (Press et al., 3rd edition, chapter 6).

/// Rounds of the bisections; each halves the error, and 44 leave one that no printed digit shows.
const HALVINGS: usize = 44;
/// Terms of the series and fractions; they converge long before for the arguments used here.
const TERMS: usize = 500;
/// Relative accuracy of the series and fractions.
const ACCURACY: f64 = 1e-14;
/// Stands for 0 in a denominator (Lentz's method).
const TINY: f64 = 1e-300;

/// Logarithm of the gamma function for `x > 0` (Lanczos, g = 5, six terms: error below 2e-10).
pub fn ln_gamma(x: f64) -> f64 {
    const COEFFICIENTS: [f64; 6] = [
        76.180_091_729_471_46,
        -86.505_320_329_416_77,
        24.014_098_240_830_91,
        -1.231_739_572_450_155,
        0.120_865_097_386_617_9e-2,
        -0.539_523_938_495_3e-5,
    ];
    let base = x + 5.5 - (x + 0.5) * (x + 5.5).ln();
    let terms = COEFFICIENTS.iter().zip(1..).map(|(c, n)| c / (x + f64::from(n)));
    let series = 1.000_000_000_190_015 + terms.sum::<f64>();
    (2.506_628_274_631_000_5 * series / x).ln() - base
}

/// Probability that a Beta(a, b) variable is below `x`.
pub fn beta_below(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

/// The `x` below which a Beta(a, b) variable lies with probability `p`.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if beta_below(a, b, middle) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The `x` below which a chi-square variable with `degrees` of freedom lies with probability `p`.
pub fn chi_square_quantile(p: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, degrees + 20.0 * degrees.sqrt() + 50.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if gamma_below(degrees / 2.0, middle / 2.0) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Regularised lower incomplete gamma function.
fn gamma_below(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 { front * gamma_series(a, x) } else { 1.0 - front * gamma_fraction(a, x) }
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for n in 1..TERMS.max(x as usize * 4) {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * ACCURACY {
            break;
        }
    }
    sum
}

fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / b);
    let mut result = d;
    for n in 1..TERMS {
        let n = n as f64;
        b += 2.0;
        let factor = step(-n * (n - a), b, &mut c, &mut d);
        result *= factor;
        if (factor - 1.0).abs() < ACCURACY {
            break;
        }
    }
    result
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for n in 1..TERMS {
        let n = n as f64;
        let even = n * (b - n) * x / ((a - 1.0 + 2.0 * n) * (a + 2.0 * n));
        result *= step(even, 1.0, &mut c, &mut d);
        let odd = -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 1.0 + 2.0 * n));
        let factor = step(odd, 1.0, &mut c, &mut d);
        result *= factor;
        if (factor - 1.0).abs() < ACCURACY {
            break;
        }
    }
    result
}

/// One step of Lentz's method for a continued fraction with numerator `a` and denominator `b`.
fn step(a: f64, b: f64, c: &mut f64, d: &mut f64) -> f64 {
    *d = 1.0 / away_from_zero(a * *d + b);
    *c = away_from_zero(b + a / *c);
    *c * *d
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6 * expected.max(1.0), "{found} instead of {expected}");
    }

    /// Expected figures from SciPy: gammaln, beta.cdf, beta.ppf, chi2.ppf.
    #[test]
    fn quantiles() {
        check(ln_gamma(10.0), 12.801_827_480_081_47);
        check(beta_below(2.0, 3.0, 0.4), 0.5248);
        check(beta_quantile(0.025, 4.0, 1.0), 0.397_635_4);
        check(beta_quantile(0.5, 3.0, 3.0), 0.5);
        check(beta_quantile(0.975, 500.0, 500.0), 0.530_967_7);
        check(chi_square_quantile(0.025, 1.0), 0.000_982_069_1);
        check(chi_square_quantile(0.025, 10.0), 3.246_973);
        check(chi_square_quantile(0.025, 1000.0), 914.257_2);
    }
}
