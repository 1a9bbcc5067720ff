//! Near-identical sources share one voice.
//!
//! Two sources that give the same value on nearly all items which others dispute are one voice printed twice. The test
//! is the lower end of Wilson's interval (Wilson 1927) for their rate of agreement: with `c` common disputed items,
//! `p` the share that agree and `z` the normal quantile,
//!
//! ```text
//! lower = (p + z²/2c − z √(p(1−p)/c + z²/4c²)) / (1 + z²/c) ≥ agreement
//! ```
//!
//! The threshold must stay high: good sources agree because they are right, and merging them loses evidence. At .98
//! even full agreement needs 132 common items. There is no closure over pairs: A~B and B~C do not make A~C. A claim
//! whose value `m` mirrors of its source also support has the voice `1 / (1 + m)`.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::table::Table;

/// `[mirrors]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mirrors {
    /// What the rule is for.
    pub about: String,
    /// Least lower limit of the rate of agreement.
    pub agreement: f64,
    /// Normal quantile of the limit.
    pub z: f64,
    /// At most so many sources are compared, those with the most disputed claims.
    pub most_sources: usize,
    /// About how many pairs of claims are looked at; beyond it every n-th item is.
    pub most_pairs: usize,
}

/// Pairs of sources that mirror each other, each as (smaller id, larger id), sorted.
pub type Pairs = Vec<(u32, u32)>;

/// Common disputed items and agreements per pair of compared sources, as a full square.
struct Overlap {
    sources: Vec<u32>,
    common: Vec<u32>,
    agreed: Vec<u32>,
}

/// Lower limit of a rate of which `agreed` of `common` trials were seen.
pub fn wilson_lower(agreed: f64, common: f64, z: f64) -> f64 {
    let (p, z2) = (agreed / common, z * z);
    let spread = z * (p * (1.0 - p) / common + z2 / (4.0 * common * common)).sqrt();
    (p + z2 / (2.0 * common) - spread) / (1.0 + z2 / common)
}

/// The pairs of near-identical sources.
pub fn find(table: &Table, rules: &Mirrors) -> Pairs {
    let overlap = overlap(table, rules);
    let side = overlap.sources.len();
    let mut pairs = Pairs::new();
    for first in 0..side {
        for second in first + 1..side {
            let (common, agreed) = (overlap.common[first * side + second], overlap.agreed[first * side + second]);
            if common > 0 && wilson_lower(f64::from(agreed), f64::from(common), rules.z) >= rules.agreement {
                pairs.push((overlap.sources[first], overlap.sources[second]));
            }
        }
    }
    pairs
}

/// The voice of each claim; empty without pairs.
pub fn voices(table: &Table, pairs: &Pairs) -> Vec<f32> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let mut twins: Vec<Vec<u32>> = vec![Vec::new(); table.source_count()];
    for &(a, b) in pairs {
        twins[a as usize].push(b);
        twins[b as usize].push(a);
    }
    let of = |option| {
        let supporters = &table.claim_source[table.claims_of(option)];
        let echoes = |source: &u32| {
            let twins = &twins[*source as usize];
            twins.iter().filter(|twin| supporters.binary_search(twin).is_ok()).count()
        };
        supporters.iter().map(|source| 1.0 / (1.0 + echoes(source) as f32)).collect::<Vec<_>>()
    };
    (0..table.options()).into_par_iter().flat_map_iter(of).collect()
}

/// Counts common and agreeing claims of the sources that could be mirrors at all.
fn overlap(table: &Table, rules: &Mirrors) -> Overlap {
    let disputed: Vec<u32> =
        (0..table.item_count() as u32).filter(|&i| table.options_of(i as usize).len() > 1).collect();
    let sources = comparable(table, &disputed, rules);
    let mut place = vec![u32::MAX; table.source_count()];
    sources.iter().enumerate().for_each(|(at, &source)| place[source as usize] = at as u32);
    let step = step(table, &disputed, rules.most_pairs);
    let side = sources.len();
    let empty = || (vec![0_u32; side * side], vec![0_u32; side * side]);
    let (mut common, mut agreed) = empty();
    let mut present: Vec<(u32, u32)> = Vec::new();
    for &item in disputed.iter().step_by(step) {
        present.clear();
        let claims = table.claims_on(item as usize);
        present.extend(claims.map(|c| (place[table.claim_source[c] as usize], table.claim_option[c])));
        present.retain(|&(place, _)| place != u32::MAX);
        present.sort_unstable();
        for (at, &(first, option)) in present.iter().enumerate() {
            let row = first as usize * side;
            for &(second, other) in &present[at + 1..] {
                common[row + second as usize] += 1;
                agreed[row + second as usize] += u32::from(option == other);
            }
        }
    }
    Overlap { sources, common, agreed }
}

/// Sources with enough disputed claims to pass the test at full agreement, the busiest if there are too many; by id.
fn comparable(table: &Table, disputed: &[u32], rules: &Mirrors) -> Vec<u32> {
    let mut claims = vec![0_u32; table.source_count()];
    for &item in disputed {
        table.claims_on(item as usize).for_each(|claim| claims[table.claim_source[claim] as usize] += 1);
    }
    let passes = |&source: &u32| {
        let n = f64::from(claims[source as usize]);
        n > 0.0 && wilson_lower(n, n, rules.z) >= rules.agreement
    };
    let mut sources: Vec<u32> = (0..table.source_count() as u32).filter(passes).collect();
    sources.sort_by_key(|&source| (std::cmp::Reverse(claims[source as usize]), source));
    sources.truncate(rules.most_sources);
    sources.sort_unstable();
    sources
}

/// Every how many disputed items must be looked at to stay within `most_pairs`.
fn step(table: &Table, disputed: &[u32], most_pairs: usize) -> usize {
    let pairs = |&item: &u32| table.claims_on(item as usize).len().pow(2) / 2;
    (disputed.iter().map(pairs).sum::<usize>() / most_pairs.max(1)) + 1
}

#[cfg(test)]
mod tests {
    use super::super::builder::{Builder, Claim};
    use super::*;

    fn rules() -> Mirrors {
        Mirrors { about: String::new(), agreement: 0.98, z: 1.64, most_sources: 100, most_pairs: 1_000_000 }
    }

    /// Three sources on `items` disputed items; `copy` repeats `wire` except on every `slip`-th item.
    fn table(items: usize, slip: usize) -> Table {
        let mut builder = Builder::default();
        for n in 0..items {
            let (item, other) = (format!("i{n}"), format!("{}", n % 7 + 1));
            let copied = if n % slip == slip - 1 { &other } else { "0" };
            builder.push(Claim::new("wire", &item, "0"));
            builder.push(Claim::new("copy", &item, copied));
            builder.push(Claim::new("own", &item, &other));
        }
        builder.finish()
    }

    fn check(items: usize, slip: usize, expected: usize) {
        assert_eq!(find(&table(items, slip), &rules()).len(), expected, "{items} items, a slip every {slip}");
    }

    #[test]
    fn only_long_and_nearly_full_agreement_counts() {
        check(131, usize::MAX, 0);
        check(132, usize::MAX, 1);
        check(1000, 200, 1);
        check(1000, 20, 0);
    }

    #[test]
    fn mirrors_share_a_voice_only_where_they_agree() {
        let table = table(1000, 200);
        let voices = voices(&table, &find(&table, &rules()));
        let halves = voices.iter().filter(|&&voice| voice == 0.5).count();
        assert_eq!((halves, voices.len()), (2 * 995, 3000));
    }
}
