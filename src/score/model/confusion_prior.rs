//! What a source's table of confusion is expected to be before its own cells are looked at.
//!
//! Three things are known of a source from all its claims together, long before a single cell of its table has enough of
//! them: how often it is right, which class it likes to say when it is wrong, and which classes all sources confuse. With
//! `n_s(t, v)` the claims of source `s` that say `v` where `t` is true, `n_s` all of them, and `a_s` its single accuracy:
//!
//! ```text
//! u_s       = (1 − a_s) / (C − 1)
//! r_s(v)    = (α u_s + Σ_{t≠v} n_s(t, v)) / (α + Σ_{t≠v} n_s(t))               how often it says v wrongly
//! l(t, v)   = (n(t, v) + shared_claims r(v)) / (r(v) (n(t) + shared_claims))   sums over all sources
//! m_s(t, v) = r_s(v) (1 − shared + shared l(t, v))   for v ≠ t,   m_s(t, t) = 1 − Σ_{v≠t} m_s(t, v)
//! ```
//!
//! `α` is fitted to the table: of `errors` the one with the highest beta-binomial likelihood of the errors. It is large where
//! nobody has a taste, and the table that is expected becomes that of one coin a source.
//!
//! A taste for one class adds the same chance of saying it to every row, as in MACE (Hovy, Berg-Kirkpatrick, Vaswani &
//! Hovy, NAACL 2013), where a worker who does not look draws from a distribution of their own; so whoever has a taste is
//! also more often right on that class, and less on the others. `l` is how much more often a pair of classes is confused by all
//! sources than their tastes explain, as in the communities of Venanzi et al. (WWW 2014), of which there is one here. With two
//! classes it is 1: there is only one wrong value.

use super::super::special::ln_gamma;
use super::dawid_skene::DawidSkene;
use super::peak::peak;

/// The least expected chance to be right on a class.
const LEAST_RIGHT: f64 = 0.05;

/// How many imagined claims stand beside a source's own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Imagined {
    /// Beside those that say what is true of each class, as its expected table has them: `κ`.
    pub table: f64,
    /// Beside its record of saying a class wrongly, as its accuracy suggests: `α`.
    pub errors: f64,
}

impl Imagined {
    /// Where the search for them begins.
    pub fn first(rules: &DawidSkene) -> Self {
        Self { table: rules.first_strength, errors: rules.first_errors }
    }
}

/// What all sources together suggest. Tables are said × true.
pub struct ConfusionPrior<'a> {
    rules: &'a DawidSkene,
    classes: usize,
    /// Imagined claims beside a source's record of saying a class wrongly: `α`.
    errors: f64,
    /// How much of a source's errors goes to each cell, against what its taste alone would send there.
    lift: Vec<f64>,
}

impl<'a> ConfusionPrior<'a> {
    /// From the expected claims of all sources and `α`.
    pub fn new(rules: &'a DawidSkene, classes: usize, errors: f64, counts: &[f64]) -> Self {
        let mut lift = vec![0.0; classes * classes];
        for table in counts.chunks(classes * classes) {
            lift.iter_mut().zip(table).for_each(|(sum, count)| *sum += count);
        }
        let tally = Tally::of(&lift, classes);
        let claims = rules.shared_claims;
        for said in 0..classes {
            let rate = tally.errors[said] / tally.chances(said).max(f64::MIN_POSITIVE);
            for (class, cell) in lift[said * classes..][..classes].iter_mut().enumerate() {
                let expected = rate * (tally.of_class[class] + claims);
                let ratio = if expected > 0.0 { (*cell + rate * claims) / expected } else { 1.0 };
                *cell = 1.0 - rules.shared + rules.shared * ratio;
            }
        }
        Self { rules, classes, errors, lift }
    }

    /// Writes the table that is expected of a source with these expected claims; its columns add up to 1. What `tally` held is lost.
    pub fn expect(&self, counts: &[f64], tally: &mut Tally, expected: &mut [f64]) {
        let classes = self.classes;
        tally.sum(counts);
        let usual = self.errors * tally.usual(self.rules);
        for said in 0..classes {
            let rate = (usual + tally.errors[said]) / (self.errors + tally.chances(said));
            let row = expected[said * classes..].iter_mut().zip(&self.lift[said * classes..]);
            row.take(classes).for_each(|(cell, lift)| *cell = rate * lift);
            expected[said * classes + said] = 0.0;
        }
        for class in 0..classes {
            let sum: f64 = expected[class..].iter().step_by(classes).sum();
            let most = 1.0 - LEAST_RIGHT;
            if sum > most {
                expected[class..].iter_mut().step_by(classes).for_each(|cell| *cell *= most / sum);
            }
            expected[class * classes + class] = 1.0 - sum.min(most);
        }
    }
}

/// The `α` under which the errors in the expected claims of all sources are likeliest; `first` is where to look first.
pub fn likeliest_errors(rules: &DawidSkene, classes: usize, first: f64, counts: &[f64]) -> f64 {
    let tallies: Vec<Tally> = counts.chunks(classes * classes).map(|table| Tally::of(table, classes)).collect();
    peak(&rules.errors, first, |errors| tallies.iter().map(|tally| tally.likelihood(rules, errors)).sum())
}

/// Sums over a table of claims.
pub struct Tally {
    claims: f64,
    /// Claims where each class is true.
    of_class: Vec<f64>,
    /// Claims that say each class where another is true.
    errors: Vec<f64>,
}

impl Tally {
    /// Of no claims.
    pub fn new(classes: usize) -> Self {
        Self { claims: 0.0, of_class: vec![0.0; classes], errors: vec![0.0; classes] }
    }

    fn of(counts: &[f64], classes: usize) -> Self {
        let mut tally = Self::new(classes);
        tally.sum(counts);
        tally
    }

    /// The sums of another table in place of those held.
    fn sum(&mut self, counts: &[f64]) {
        self.of_class.fill(0.0);
        let rows = counts.chunks(self.of_class.len()).zip(&mut self.errors);
        for (said, (row, errors)) in rows.enumerate() {
            self.of_class.iter_mut().zip(row).for_each(|(sum, count)| *sum += count);
            *errors = row.iter().sum::<f64>() - row[said];
        }
        self.claims = self.of_class.iter().sum();
    }

    /// How often a source says each wrong class when it has no taste: `u`.
    fn usual(&self, rules: &DawidSkene) -> f64 {
        let wrong = rules.wrong + self.errors.iter().sum::<f64>();
        wrong / (rules.right + rules.wrong + self.claims) / (self.errors.len().max(2) - 1) as f64
    }

    /// Logarithm of the beta-binomial likelihood of the errors.
    fn likelihood(&self, rules: &DawidSkene, errors: f64) -> f64 {
        let usual = self.usual(rules);
        let (wrong, right) = (errors * usual, errors * (1.0 - usual));
        let without = ln_gamma(errors) - ln_gamma(wrong) - ln_gamma(right);
        let of = |said: usize| {
            let (made, chances) = (self.errors[said], self.chances(said).max(self.errors[said]));
            ln_gamma(wrong + made) + ln_gamma(right + chances - made) - ln_gamma(errors + chances) + without
        };
        (0..self.errors.len()).map(of).sum()
    }

    /// Claims with which a class could have been said wrongly.
    fn chances(&self, said: usize) -> f64 {
        self.claims - self.of_class[said]
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Rules;
    use super::*;

    /// What is expected of the last source of these tables, said × true.
    fn expected(classes: usize, tables: &[&[f64]]) -> Vec<f64> {
        let rules = Rules::built_in().unwrap().dawid_skene;
        let prior = ConfusionPrior::new(&rules, classes, 8.0, &tables.concat());
        let mut expected = vec![0.0; classes * classes];
        prior.expect(tables.last().unwrap(), &mut Tally::new(classes), &mut expected);
        for class in 0..classes {
            assert!((expected[class..].iter().step_by(classes).sum::<f64>() - 1.0).abs() < 1e-12);
        }
        expected
    }

    #[test]
    fn a_taste_is_expected_on_every_class() {
        // Says the first class on one item of three whatever it is, and has never been asked about the third.
        let expected = expected(3, &[&[30.0, 10.0, 0.0, 0.0, 20.0, 0.0, 0.0, 0.0, 0.0]]);
        assert!(expected[2] > 2.0 * expected[5], "{expected:?}");
        assert!(expected[0] > expected[8] && expected[8] > 0.5, "{expected:?}");
    }

    #[test]
    fn what_all_confuse_is_expected_of_everybody() {
        let all = [90.0, 30.0, 2.0, 2.0, 60.0, 2.0, 8.0, 10.0, 96.0];
        let silent = [0.0; 9];
        let expected = expected(3, &[&all, &silent]);
        assert!(expected[1] > 1.5 * expected[2], "{expected:?}");
    }

    #[test]
    fn tastes_are_looked_for() {
        let rules = Rules::built_in().unwrap().dawid_skene;
        let (fond, plain) =
            ([30.0, 15.0, 15.0, 0.0, 15.0, 0.0, 0.0, 0.0, 15.0], [24.0, 3.0, 3.0, 3.0, 24.0, 3.0, 3.0, 3.0, 24.0]);
        let look = |table: [f64; 9]| likeliest_errors(&rules, 3, rules.first_errors, &table.repeat(20));
        let (fond, plain) = (look(fond), look(plain));
        assert!(fond < rules.first_errors && rules.first_errors < plain, "{fond} {plain}");
    }

    #[test]
    fn two_classes_have_but_one_wrong_value() {
        let all = [90.0, 30.0, 10.0, 70.0];
        let silent = [0.0; 4];
        let expected = expected(2, &[&all, &silent]);
        assert!((expected[0] - 0.8).abs() < 1e-9 && (expected[3] - 0.8).abs() < 1e-9, "{expected:?}");
    }
}
