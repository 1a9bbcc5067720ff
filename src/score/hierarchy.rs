//! Whether the values of a table are paths in a hierarchy, by how they are written.
//!
//! "France > Lyon" says less than "France > Lyon > Croix-Rousse", and "Lyon, France" less than "Croix-Rousse, Lyon, France":
//! whoever says the first is not wrong when the second is true ([`super::alike`]). Nobody should have to say so with
//! `--path`. For each mark that may stand between the steps, and with the widest step first or last, values are taken for
//! paths when
//!
//! - on a share of the disputed items one value is a part of another, and pairs of values of one item are so more
//!   often than pairs of values of two items: people mean the same place;
//! - steps form a tree: each stands as deep as always. The parts of lists are written in many orders;
//! - the widest steps are few: each stands in values of several items. The first author of a book does not.
//!
//! The mark with the most nested items is taken, and the end from which steps keep their depth best is the wide one. A sample of the disputed items, in even steps, is enough.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::Table;
use super::alike::{Writing, is_part, steps};

/// `[hierarchy]` in `rules/score.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HierarchyRules {
    /// What the rule is for.
    pub about: String,
    /// What may stand between the steps of a path.
    pub marks: Vec<String>,
    /// Disputed items that are looked at.
    pub most_items: usize,
    /// Least number of them on which one value says less than another.
    pub least_items: usize,
    /// The same as a share of those looked at.
    pub share: f64,
    /// How many times more often values of one item are so than values of two.
    pub lift: f64,
    /// Least share of steps with a letter in them.
    pub worded: f64,
    /// Least share of steps that stand as deep as they do most often.
    pub tree: f64,
    /// Least number of items, on average, in whose values a widest step stands.
    pub spread: f64,
}

/// The options of some disputed items, as text.
type Sample<'t> = Vec<Vec<std::borrow::Cow<'t, str>>>;

/// How the values are written, and the words that tell why, if they are paths.
pub fn detect(table: &Table, rules: &HierarchyRules) -> Option<(Writing, String)> {
    let sample = sample(table, rules.most_items);
    let mut found: Option<((usize, f64), &str, bool)> = None;
    for mark in rules.marks.iter().filter(|mark| sample.iter().flatten().any(|value| value.contains(mark.as_str()))) {
        for widest_last in [false, true] {
            let Some(nested) = Paths::of(&sample, mark, widest_last).nested(rules) else { continue };
            if found.is_none_or(|(most, ..)| nested > most) {
                found = Some((nested, mark, widest_last));
            }
        }
    }
    let ((nested, _), mark, widest_last) = found?;
    let why = format!(
        "values are paths with \"{mark}\" between their steps, the widest {}: on {:.0} % of the disputed items one says less than another and can be true beside it",
        if widest_last { "last" } else { "first" },
        100.0 * nested as f64 / sample.len() as f64
    );
    Some((Writing { path: Some(mark.to_owned()), widest_last, ..Writing::default() }, why))
}

/// The options of disputed items, every n-th of them where there are many.
fn sample(table: &Table, most: usize) -> Sample<'_> {
    let disputed: Vec<usize> = (0..table.item_count()).filter(|item| table.options_of(*item).len() > 1).collect();
    let step = disputed.len() / most.max(1) + 1;
    let texts = |item: &usize| table.options_of(*item).map(|option| table.values.text(table.option_value[option]));
    disputed.iter().step_by(step).map(|item| texts(item).collect()).collect()
}

/// The values of each item of a sample, cut into steps.
struct Paths<'t>(Vec<Vec<Vec<&'t str>>>);

impl<'t> Paths<'t> {
    fn of(sample: &'t Sample<'_>, mark: &str, widest_last: bool) -> Self {
        let cut = |value: &'t std::borrow::Cow<'_, str>| steps(value, mark, widest_last);
        Self(sample.iter().map(|values| values.iter().map(cut).collect()).collect())
    }

    /// On how many items one value says less than another, and how well the steps keep their places; none when these are no paths.
    fn nested(&self, rules: &HierarchyRules) -> Option<(usize, f64)> {
        if !self.is_worded(rules) || !self.is_spread(rules) {
            return None;
        }
        let nested = self.0.iter().filter(|item| pairs(item).any(|(a, b)| says_less(a, b))).count();
        if nested < rules.least_items || (nested as f64) < rules.share * self.0.len() as f64 {
            return None;
        }
        let tree = self.tree();
        (tree >= rules.tree && self.is_meant(rules)).then_some((nested, tree))
    }

    fn values(&self) -> impl Iterator<Item = &Vec<&'t str>> + Clone {
        self.0.iter().flatten()
    }

    /// Whether nearly all steps hold letters: the parts of dates and of long numbers do not.
    fn is_worded(&self, rules: &HierarchyRules) -> bool {
        let steps = self.values().filter(|value| value.len() > 1).flatten();
        let worded = steps.clone().filter(|step| step.chars().any(char::is_alphabetic)).count();
        worded as f64 >= rules.worded * steps.count() as f64
    }

    /// Whether pairs of one item's values are nested more often than pairs of two items' values.
    fn is_meant(&self, rules: &HierarchyRules) -> bool {
        let rate = |pairs: Vec<(&Vec<&str>, &Vec<&str>)>| {
            pairs.iter().filter(|(a, b)| says_less(a, b)).count() as f64 / pairs.len().max(1) as f64
        };
        let within = rate(self.0.iter().flat_map(|item| pairs(item)).collect());
        let next = self.0.iter().zip(self.0.iter().skip(1));
        let between =
            rate(next.flat_map(|(one, other)| one.iter().flat_map(|a| other.iter().map(move |b| (a, b)))).collect());
        within > rules.lift * between
    }

    /// Share of the steps that stand as deep as they do most often.
    fn tree(&self) -> f64 {
        let values: BTreeSet<&Vec<&str>> = self.values().filter(|value| value.len() > 1).collect();
        let mut depths: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
        for value in values {
            for (depth, step) in value.iter().enumerate() {
                *depths.entry(step).or_default().entry(depth).or_default() += 1;
            }
        }
        let all: usize = depths.values().flat_map(BTreeMap::values).sum();
        let usual: usize = depths.values().filter_map(|times| times.values().max()).sum();
        usual as f64 / all.max(1) as f64
    }

    /// Whether the widest steps stand in values of several items each.
    fn is_spread(&self, rules: &HierarchyRules) -> bool {
        let widest = |item: &Vec<Vec<&'t str>>| {
            item.iter().filter(|v| v.len() > 1).filter_map(|v| v.first().copied()).collect::<BTreeSet<_>>()
        };
        let by_item: Vec<BTreeSet<&str>> = self.0.iter().map(widest).collect();
        let distinct: BTreeSet<&str> = by_item.iter().flatten().copied().collect();
        let times: usize = by_item.iter().map(BTreeSet::len).sum();
        times as f64 >= rules.spread * distinct.len() as f64
    }
}

/// All ordered pairs of different places.
fn pairs<T>(values: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let others = |at: usize| values.iter().enumerate().filter(move |(other, _)| *other != at);
    values.iter().enumerate().flat_map(move |(at, one)| others(at).map(move |(_, other)| (one, other)))
}

/// Whether one path is a part of another, which has more steps.
fn says_less(one: &[&str], other: &[&str]) -> bool {
    one.len() < other.len() && is_part(one, other)
}

#[cfg(test)]
mod tests {
    use super::super::Rules;
    use super::super::builder::Claim;
    use super::*;

    /// What is found in a table where each of a hundred items has these values, `#` standing for a number below `few`.
    fn check(few: usize, values: &[&str], expected: Option<(&str, bool)>) {
        let mut claims = Vec::new();
        for item in 0..100 {
            for (source, value) in values.iter().enumerate() {
                let other = if source == values.len() - 1 { item * 7 + 3 } else { item };
                let text = value.replace('#', &format!("{} ", other % few)).replace('@', &other.to_string());
                claims.push((format!("s{source}"), format!("i{item}"), text));
            }
        }
        let table = Table::of(claims.iter().map(|(source, item, value)| Claim::new(source, item, value)));
        let found = detect(&table, &Rules::built_in().unwrap().hierarchy).map(|(writing, _)| writing);
        let found = found.as_ref().map(|writing| (writing.path.as_deref().unwrap(), writing.widest_last));
        assert_eq!(found, expected, "{values:?}");
    }

    #[test]
    fn paths_and_what_only_looks_like_them() {
        check(12, &["land # > town @", "land #", "land # > town @"], Some((">", false)));
        check(12, &["town @, land #", "land #", "town @, land #"], Some((",", true)));
        check(12, &["land #/town @", "town @", "land #/town @"], Some(("/", false)));
        // The same name stands below many others, as Springfield does.
        check(12, &["land #/north/town @", "land #/north", "land #/north/town @"], Some(("/", false)));
        // Authors: the first is of one book or two, and the order varies.
        check(100, &["ames @; berg @", "ames @", "berg @; ames @", "cole @"], None);
        // All stand in one land, which is told on every item: two values of different items are as nested.
        check(1, &["land # > town @", "land #", "land # > town @"], None);
        check(12, &["1# > 2@", "1#", "1# > 2@"], None);
        check(12, &["red", "blue", "green"], None);
    }
}
