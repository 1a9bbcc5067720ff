//! Agreement of many: who agrees with whom follows from few pairs, which are all that is told of a crowd.

use rustc_hash::{FxHashMap, FxHashSet};

use super::rivals::Pair;
use crate::comparison::Verdict;
use crate::matching::group::Mention;
use crate::matching::sets::Sets;

/// Where more than `most` pairs agree, keeps those that join values not yet joined, and of the less precise one for
/// each two values: the slots and classes that the pairs make stay as they are. Tells how many it left out.
pub fn keep_telling(pairs: &mut Vec<Pair>, most: usize) -> u64 {
    let agreeing = pairs.iter().filter(|pair| pair.judged.verdict.supports()).count();
    if agreeing <= most {
        return 0;
    }
    let mut voices = Voices::of(pairs);
    let all = pairs.len();
    pairs.retain(|pair| !pair.judged.verdict.is_same() || voices.join(pair));
    let mut vaguer = FxHashSet::default();
    pairs.retain(|pair| pair.judged.verdict != Verdict::LessPrecise || vaguer.insert(voices.classes(pair)));
    (all - pairs.len()) as u64
}

/// The mentions of the pairs, joined as they agree.
struct Voices {
    number: FxHashMap<Mention, usize>,
    classes: Sets,
}

impl Voices {
    fn of(pairs: &[Pair]) -> Self {
        let mut number = FxHashMap::default();
        for mention in pairs.iter().flat_map(|pair| [pair.a, pair.b]) {
            let next = number.len();
            number.entry(mention).or_insert(next);
        }
        Self { classes: Sets::new(number.len()), number }
    }

    /// Joins the two sides of a pair; false where they were joined before.
    fn join(&mut self, pair: &Pair) -> bool {
        self.classes.join(self.number[&pair.a], self.number[&pair.b])
    }

    fn classes(&mut self, pair: &Pair) -> (usize, usize) {
        (self.classes.root(self.number[&pair.a]), self.classes.root(self.number[&pair.b]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Kind;
    use crate::compare::verdict::Judged;

    fn pair(a: u32, b: u32, verdict: Verdict) -> Pair {
        let mention = |member| Mention { member, claim: 0 };
        let judged = Judged { verdict, kind: Kind::Number, rule: "number".into(), why: String::new(), overtaken: None };
        Pair { a: mention(a), b: mention(b), judged, apart: false }
    }

    #[test]
    fn what_joins_stays_and_so_does_what_differs() {
        use Verdict::{Agrees, Contradicts, LessPrecise};
        let told = [(0, 1, Agrees), (0, 2, Agrees), (1, 2, Agrees), (0, 3, LessPrecise), (1, 3, LessPrecise)];
        let all: Vec<_> = told.into_iter().chain([(0, 4, Contradicts), (1, 4, Contradicts)]).collect();
        let pairs = || all.iter().map(|(a, b, verdict)| pair(*a, *b, *verdict)).collect::<Vec<_>>();
        let kept = |most| {
            let mut pairs = pairs();
            (keep_telling(&mut pairs, most), pairs.iter().map(|p| (p.a.member, p.b.member)).collect::<Vec<_>>())
        };
        assert_eq!(kept(5).0, 0);
        assert_eq!(kept(4), (2, vec![(0, 1), (0, 2), (0, 3), (0, 4), (1, 4)]));
    }
}
