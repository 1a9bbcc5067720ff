//! When a finished run is still no success: too many failures, or a condition people set.

use std::fmt;
use std::str::FromStr;

/// A share such as `5%` or `0.05`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub f64);

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (digits, whole) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
        let number: f64 = digits.trim().parse().map_err(|_| "give a share such as 5% or 0.05".to_owned())?;
        let share = number / whole;
        if (0.0..=1.0).contains(&share) { Ok(Self(share)) } else { Err("give a share between 0% and 100%".into()) }
    }
}

/// A condition on one count of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gate {
    count: Count,
    operator: Operator,
    limit: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    Contradictions,
    Disagreements,
    Problems,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// The counts that conditions are set on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pairs that contradict.
    pub contradictions: u64,
    /// These and superseded ones.
    pub disagreements: u64,
    /// Rows of `problems.csv`.
    pub problems: u64,
}

impl Gate {
    /// True when the condition holds.
    pub fn trips(&self, counts: &Counts) -> bool {
        let count = match self.count {
            Count::Contradictions => counts.contradictions,
            Count::Disagreements => counts.disagreements,
            Count::Problems => counts.problems,
        };
        match self.operator {
            Operator::Above => count > self.limit,
            Operator::AtLeast => count >= self.limit,
            Operator::Below => count < self.limit,
            Operator::AtMost => count <= self.limit,
        }
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = match self.count {
            Count::Contradictions => "contradictions",
            Count::Disagreements => "disagreements",
            Count::Problems => "problems",
        };
        let operator = match self.operator {
            Operator::Above => ">",
            Operator::AtLeast => ">=",
            Operator::Below => "<",
            Operator::AtMost => "<=",
        };
        write!(f, "{count}{operator}{}", self.limit)
    }
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const HELP: &str =
            "give a condition such as contradictions>0; counts are contradictions, disagreements, problems";
        let at = text.find(['<', '>']).ok_or(HELP)?;
        let (name, rest) = text.split_at(at);
        let (operator, limit) =
            match (rest.as_bytes()[0], rest.strip_prefix(['<', '>']).and_then(|r| r.strip_prefix('='))) {
                (b'>', Some(limit)) => (Operator::AtLeast, limit),
                (b'>', None) => (Operator::Above, &rest[1..]),
                (_, Some(limit)) => (Operator::AtMost, limit),
                (_, None) => (Operator::Below, &rest[1..]),
            };
        let count = match name.trim() {
            "contradictions" => Count::Contradictions,
            "disagreements" => Count::Disagreements,
            "problems" => Count::Problems,
            _ => return Err(HELP.into()),
        };
        Ok(Self { count, operator, limit: limit.trim().parse().map_err(|_| HELP)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_or_not() {
        let counts = Counts { contradictions: 3, disagreements: 5, problems: 0 };
        for (condition, expected) in [
            ("contradictions>0", true),
            ("contradictions > 3", false),
            ("disagreements>=5", true),
            ("problems<1", true),
        ] {
            let gate = condition.parse::<Gate>();
            assert_eq!(gate.as_ref().map(|g| g.trips(&counts)), Ok(expected), "{condition}");
            assert_eq!(gate.map(|g| g.to_string()), Ok(condition.replace(' ', "")));
        }
        assert!("tone>0".parse::<Gate>().is_err());
    }

    #[test]
    fn shares_are_read_either_way() {
        assert_eq!("5%".parse(), Ok(Share(0.05)));
        assert_eq!("0.05".parse(), Ok(Share(0.05)));
        assert!("500%".parse::<Share>().is_err());
    }
}
