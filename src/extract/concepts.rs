//! Words that news uses for one thing: what a value's company is compared by.
//!
//! Outlets that tell of one figure seldom choose the same noun beside it: a strike of five weeks
//! is a stoppage of 24 days. Stems of one group count as one word wherever company is compared.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::statement::stem_hash;
use crate::text::stem::stem;

/// Groups of words for one thing; `concepts` in `[open]` of `rules/extract.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(from = "Vec<Vec<CompactString>>")]
#[schemars(with = "Vec<Vec<String>>")]
pub struct Concepts(FxHashMap<CompactString, CompactString>);

impl Concepts {
    /// The stem that stands for all of a stem's group; the stem itself where it is in none.
    pub fn of<'s>(&'s self, stem: &'s str) -> &'s str {
        self.0.get(stem).map_or(stem, CompactString::as_str)
    }

    /// The hash that a stem's concept is compared by; hyphens fall away, for outlets differ in them.
    pub fn hash(&self, stem: &str) -> u32 {
        if stem.contains('-') { stem_hash(&stem.replace('-', "")) } else { stem_hash(self.of(stem)) }
    }
}

impl From<Vec<Vec<CompactString>>> for Concepts {
    /// The first word of a group stands for all.
    fn from(groups: Vec<Vec<CompactString>>) -> Self {
        let of_group = |group: Vec<CompactString>| {
            let first = group.first().map(|word| stem(word)).unwrap_or_default();
            group.into_iter().map(move |word| (stem(&word), first.clone()))
        };
        Self(groups.into_iter().flat_map(of_group).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Concepts;

    #[test]
    fn one_stem_stands_for_a_group() {
        let concepts = Concepts::from(vec![vec!["strike".into(), "stoppage".into(), "walkout".into()]]);
        for (stem, expected) in [("stoppag", "strike"), ("walkout", "strike"), ("strike", "strike"), ("bridg", "bridg")]
        {
            assert_eq!(concepts.of(stem), expected);
        }
    }
}
