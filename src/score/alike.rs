//! Which values of a table are alike, by how they are written: lists, paths and numbers.
//!
//! A path says less than one of which it is a part ("France > Lyon", or "Lyon", than "France > Lyon > Croix-Rousse"): when
//! the longer is true it is as right as the share of the steps that it gives, and it supports it. The longer lends it nothing, or the answer that says least would be accepted. A list supports another by the share of parts they have in common (Jaccard), and is as
//! right as the share of its own parts that the true one has. Numbers support each other by closeness and are not right
//! for it. The ties are those of [`super::kin`].

use std::collections::BTreeSet;

use super::Table;
use super::kin::{Kin, KinRules, Tie, closeness};
use super::properties::number;

/// How values are written; nothing of it by default.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// What stands between the parts of a list.
    pub list: Option<String>,
    /// What stands between the steps of a path.
    pub path: Option<String>,
    /// Whether the widest step of a path is the last ("Lyon, France") and not the first.
    pub widest_last: bool,
    /// The relative distance at which numbers lend each other nothing.
    pub near: Option<f64>,
}

impl Writing {
    /// Whether any values can be alike.
    pub fn is_plain(&self) -> bool {
        self.list.is_none() && self.mark().is_none() && self.near.is_none()
    }

    /// Whether nothing is said of it, not even that there are no paths.
    pub fn is_open(&self) -> bool {
        self.is_plain() && self.path.is_none()
    }

    /// What stands between the steps of a path; an empty mark says that there are no paths.
    fn mark(&self) -> Option<&str> {
        self.path.as_deref().filter(|mark| !mark.is_empty())
    }

    /// The ties between the values of each item.
    pub fn kin(&self, table: &Table, rules: &KinRules) -> Kin {
        if self.is_plain() {
            return Kin::default();
        }
        let mut ties = vec![Vec::new(); table.options()];
        for item in 0..table.item_count() {
            for one in table.options_of(item) {
                let others = table.options_of(item).filter(|other| *other != one);
                ties[one].extend(others.filter_map(|other| self.tie(table, one, other, rules)));
            }
        }
        Kin::of(ties)
    }

    /// How `one` is tied to `other`, if at all.
    fn tie(&self, table: &Table, one: usize, other: usize, rules: &KinRules) -> Option<Tie> {
        let text = |option: usize| table.values.text(table.option_value[option]);
        let (a, b) = (text(one), text(other));
        let path = self.mark().and_then(|between| {
            path_tie(&steps(&a, between, self.widest_last), &steps(&b, between, self.widest_last), rules)
        });
        let list = || self.list.as_deref().and_then(|between| list_tie(&a, &b, between, rules));
        let near = || self.near.and_then(|reach| near_tie(&a, &b, reach, rules));
        let (support, credit) = path.or_else(list).or_else(near)?;
        Some(Tie { option: other as u32, support, credit })
    }
}

fn parts<'t>(text: &'t str, between: &str) -> Vec<&'t str> {
    text.split(between).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The steps of a path, the widest first.
pub(super) fn steps<'t>(text: &'t str, between: &str, widest_last: bool) -> Vec<&'t str> {
    let mut steps = parts(text, between);
    if widest_last {
        steps.reverse();
    }
    steps
}

fn path_tie(a: &[&str], b: &[&str], rules: &KinRules) -> Option<(f64, f64)> {
    match (is_part(a, b), is_part(b, a)) {
        (true, _) => Some((0.0, a.len() as f64 / b.len() as f64)),
        (_, true) => Some((rules.less_precise, 0.0)),
        _ => None,
    }
}

/// Whether the steps of one path stand together in another: "Lyon" in "France > Lyon > Vaise".
pub(super) fn is_part(one: &[&str], other: &[&str]) -> bool {
    !one.is_empty() && one.len() <= other.len() && other.windows(one.len()).any(|steps| steps == one)
}

fn list_tie(a: &str, b: &str, between: &str, rules: &KinRules) -> Option<(f64, f64)> {
    let (a, b): (BTreeSet<&str>, BTreeSet<&str>) =
        (parts(a, between).into_iter().collect(), parts(b, between).into_iter().collect());
    let common = a.intersection(&b).count() as f64;
    let all = a.union(&b).count() as f64;
    (common > 0.0).then(|| (rules.less_precise * common / all, common / a.len() as f64))
}

fn near_tie(a: &str, b: &str, reach: f64, rules: &KinRules) -> Option<(f64, f64)> {
    let near = closeness(number(a.as_bytes())?, number(b.as_bytes())?, reach);
    (near > 0.0).then_some((rules.close * near, 0.0))
}

#[cfg(test)]
mod tests {
    use super::super::worlds::accepted;
    use super::super::{Rules, solve_alike};
    use super::*;
    use crate::score::builder::Claim;

    fn check(claims: &[(&str, &str)], writing: &Writing, expected: &str) {
        let table = Table::of(claims.iter().map(|(source, value)| Claim::new(source, "x", value)));
        let rules = Rules::built_in().unwrap();
        let solution = solve_alike(&table, writing, &rules, None, None);
        assert_eq!(accepted(&table, &solution.best, "x"), expected, "{claims:?} {writing:?}");
    }

    #[test]
    fn paths_lists_and_numbers() {
        let path = Writing { path: Some(">".into()), ..Writing::default() };
        let list = Writing { list: Some(";".into()), ..Writing::default() };
        let near = Writing { near: Some(0.1), ..Writing::default() };
        let (wide, fine) = ("France > Lyon", "France > Lyon > Vaise");
        let paths = [("a", "Peru"), ("b", "Peru"), ("c", "France"), ("d", wide), ("e", wide), ("f", fine)];
        check(&paths, &path, wide);
        check(&[("a", "France"), ("b", "France"), ("c", wide), ("d", wide), ("e", "Peru")], &path, wide);
        let lists = [("a", "Ito"), ("c", "Ames; Berg"), ("d", "Ames; Berg; Cole"), ("e", "Berg; Ames; Dahl")];
        check(&lists, &list, "Ames; Berg");
        let numbers = [("a", "7"), ("c", "100"), ("d", "101"), ("e", "102")];
        check(&numbers, &near, "101");
    }
}
