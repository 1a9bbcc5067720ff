//! The tree of a TOML text in which every node knows its bytes, and the ways to find and change nodes.
//!
//! Depth is bounded by the TOML parser (80 levels), so recursion is safe here.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::Error as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use xxhash_rust::xxh3::Xxh3;

/// A value with the bytes it was written in.
pub type Node<'i> = Spanned<DeValue<'i>>;

/// One step from a node to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an element of a list.
    Item(usize),
}

/// The steps from the root to a node; none for the root.
pub type Path = Vec<Step>;

/// Reads `text` as far as it can be read, with what could not be.
pub fn parse(text: &str) -> (Node<'_>, Vec<toml::de::Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let span = table.span();
    (Spanned::new(span, DeValue::Table(table.into_inner())), errors)
}

/// The first node below `root` for which `wanted` holds, deepest first: a list of tables has
/// the span of its first element, and the element is what is meant.
pub fn find(root: &Node<'_>, wanted: &dyn Fn(Option<Range<usize>>, &Node<'_>) -> bool) -> Option<Path> {
    let mut path = find_upwards(root, wanted)?;
    path.reverse();
    Some(path)
}

/// The path to the node, last step first.
fn find_upwards(root: &Node<'_>, wanted: &dyn Fn(Option<Range<usize>>, &Node<'_>) -> bool) -> Option<Path> {
    let below = |key: Option<Range<usize>>, child: &Node<'_>| {
        find_upwards(child, wanted).or_else(|| wanted(key, child).then(Vec::new))
    };
    let (mut path, step) = match root.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .find_map(|(key, child)| Some((below(Some(key.span()), child)?, Step::Key(key.get_ref().to_string()))))?,
        DeValue::Array(list) => {
            list.iter().enumerate().find_map(|(at, child)| Some((below(None, child)?, Step::Item(at))))?
        }
        _ => return None,
    };
    path.push(step);
    Some(path)
}

/// The parts of a table or list, each with the step to it and the span of its key.
pub fn children<'n, 'i>(node: &'n Node<'i>) -> Vec<(Step, Option<Range<usize>>, &'n Node<'i>)> {
    match node.get_ref() {
        DeValue::Table(table) => {
            table.iter().map(|(key, child)| (Step::Key(key.get_ref().to_string()), Some(key.span()), child)).collect()
        }
        DeValue::Array(list) => list.iter().enumerate().map(|(at, child)| (Step::Item(at), None, child)).collect(),
        _ => Vec::new(),
    }
}

/// The node at the end of `path`.
pub fn at<'n, 'i>(root: &'n Node<'i>, path: &[Step]) -> Option<&'n Node<'i>> {
    path.iter().try_fold(root, |node, step| match (step, node.get_ref()) {
        (Step::Key(key), DeValue::Table(table)) => table.get(key.as_str()),
        (Step::Item(item), DeValue::Array(list)) => list.get(*item),
        _ => None,
    })
}

/// The node at the end of `path`, to be changed.
pub fn at_mut<'n, 'i>(root: &'n mut Node<'i>, path: &[Step]) -> Option<&'n mut Node<'i>> {
    path.iter().try_fold(root, |node, step| match (step, node.get_mut()) {
        (Step::Key(key), DeValue::Table(table)) => table.get_mut(key.as_str()),
        (Step::Item(item), DeValue::Array(list)) => list.get_mut(*item),
        _ => None,
    })
}

/// Takes the node at the end of `path` out of the tree; the root stays.
pub fn remove(root: &mut Node<'_>, path: &[Step]) {
    let Some((last, above)) = path.split_last() else { return };
    match (last, at_mut(root, above).map(Spanned::get_mut)) {
        (Step::Key(key), Some(DeValue::Table(table))) => drop(table.remove(key.as_str())),
        (Step::Item(item), Some(DeValue::Array(list))) if *item < list.len() => {
            let kept = list.iter().enumerate().filter(|(at, _)| at != item).map(|(_, node)| node.clone());
            *list = kept.collect();
        }
        _ => {}
    }
}

/// Puts `node` under `key` of the table at the end of `path`.
pub fn insert<'i>(root: &mut Node<'i>, path: &[Step], key: &str, node: Node<'i>) {
    if let Some(DeValue::Table(table)) = at_mut(root, path).map(Spanned::get_mut) {
        table.insert(Spanned::new(node.span(), Cow::Owned(key.to_owned())), node);
    }
}

/// Puts the node at `path` of `lender` into the table that lacks it.
pub fn lend<'i>(root: &mut Node<'i>, lender: &Node<'i>, path: &[Step]) {
    if let (Some((Step::Key(key), table)), Some(node)) = (path.split_last(), at(lender, path)) {
        insert(root, table, key, node.clone());
    }
}

/// Tells `state` what a node says, and not how it is written.
pub fn feed(node: &Node<'_>, state: &mut Xxh3) {
    let mut said = Vec::with_capacity(2 * TOLD_AT_ONCE);
    say(node, &mut said, state);
    state.update(&said);
}

/// The bytes after which `state` is told: it takes a few hundred thousand scraps one by one slowly.
const TOLD_AT_ONCE: usize = 1 << 14;

fn say(node: &Node<'_>, said: &mut Vec<u8>, state: &mut Xxh3) {
    if said.len() > TOLD_AT_ONCE {
        state.update(said);
        said.clear();
    }
    let mut add = |kind: &[u8], text: &str| {
        said.extend_from_slice(kind);
        said.extend_from_slice(&(text.len() as u64).to_le_bytes());
        said.extend_from_slice(text.as_bytes());
    };
    match node.get_ref() {
        DeValue::String(text) => add(b"s", text),
        DeValue::Integer(number) => add(b"i", &format!("{} {}", number.radix(), number.as_str())),
        DeValue::Float(number) => add(b"f", number.as_str()),
        DeValue::Boolean(flag) => add(b"b", if *flag { "true" } else { "false" }),
        DeValue::Datetime(time) => add(b"d", &time.to_string()),
        DeValue::Array(list) => {
            add(b"[", &list.len().to_string());
            list.iter().for_each(|item| say(item, said, state));
        }
        DeValue::Table(table) => {
            add(b"{", &table.len().to_string());
            for (key, child) in table.iter() {
                said.extend_from_slice(&(key.get_ref().len() as u64).to_le_bytes());
                said.extend_from_slice(key.get_ref().as_bytes());
                say(child, said, state);
            }
        }
    }
}

/// Takes the table under `key` out of the table at the root.
pub fn take<'i>(root: &mut Node<'i>, key: &str) -> Option<Node<'i>> {
    match root.get_mut() {
        DeValue::Table(table) => table.remove(key),
        _ => None,
    }
}

/// Whether something may hold tables. Most of a text are words, which hold nothing.
pub fn holds(node: &Node<'_>) -> bool {
    matches!(node.get_ref(), DeValue::Table(_) | DeValue::Array(_))
}

/// Moves the spans of `node` and of all tables and lists in it by `by` bytes, where they are: those of what is in them stay,
/// and nothing is built anew.
pub fn shift_tables(node: &mut Node<'_>, by: usize) {
    let span = moved(&node.span(), by);
    let mut value = std::mem::replace(node.get_mut(), DeValue::Boolean(false));
    match &mut value {
        DeValue::Table(table) => {
            table
                .iter_mut()
                .map(|(_, child)| child)
                .filter(|child| holds(child))
                .for_each(|child| shift_tables(child, by));
        }
        DeValue::Array(list) => list.iter_mut().filter(|item| holds(item)).for_each(|item| shift_tables(item, by)),
        _ => {}
    }
    *node = Spanned::new(span, value);
}

/// Moves every span of `node` by `by` bytes, so that several texts share one counting.
pub fn shift<'i>(node: Node<'i>, by: usize) -> Node<'i> {
    let span = moved(&node.span(), by);
    let value = match node.into_inner() {
        DeValue::Table(table) => {
            DeValue::Table(table.into_iter().map(|(key, child)| shift_entry(key, child, by)).collect())
        }
        DeValue::Array(list) => DeValue::Array(list.into_iter().map(|child| shift(child, by)).collect()),
        plain => plain,
    };
    Spanned::new(span, value)
}

fn shift_entry<'i>(key: Spanned<Cow<'i, str>>, child: Node<'i>, by: usize) -> (Spanned<Cow<'i, str>>, Node<'i>) {
    let span = moved(&key.span(), by);
    (Spanned::new(span, key.into_inner()), shift(child, by))
}

fn moved(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// Adds what `extra` says to `base`: tables are joined, lists are lengthened.
///
/// # Errors
/// The spans of what both set.
pub fn merge<'i>(base: &mut Node<'i>, extra: Node<'i>) -> Result<(), Vec<Range<usize>>> {
    let span = extra.span();
    match (base.get_mut(), extra.into_inner()) {
        (DeValue::Table(base), DeValue::Table(extra)) => merge_tables(base, extra),
        (DeValue::Array(base), DeValue::Array(extra)) => {
            extra.into_iter().for_each(|item| base.push(item));
            Ok(())
        }
        _ => Err(vec![span]),
    }
}

fn merge_tables<'i>(base: &mut DeTable<'i>, extra: DeTable<'i>) -> Result<(), Vec<Range<usize>>> {
    let mut clashes = Vec::new();
    for (key, child) in extra {
        match base.get_mut(&*key.get_ref().clone()) {
            Some(there) => clashes.extend(merge(there, child).err().into_iter().flatten()),
            None => drop(base.insert(key, child)),
        }
    }
    if clashes.is_empty() { Ok(()) } else { Err(clashes) }
}

/// Lets `extra` have the last word over `base`: tables are joined, everything else is replaced. TOML's
/// parser bounds the depth.
pub fn overlay<'i>(base: &mut Node<'i>, extra: Node<'i>) {
    if !matches!((base.get_ref(), extra.get_ref()), (DeValue::Table(_), DeValue::Table(_))) {
        *base = extra;
        return;
    }
    let (DeValue::Table(base), DeValue::Table(extra)) = (base.get_mut(), extra.into_inner()) else { return };
    for (key, child) in extra {
        match base.get_mut(&*key.get_ref().clone()) {
            Some(there) => overlay(there, child),
            None => drop(base.insert(key, child)),
        }
    }
}

/// The plain value of a node.
///
/// # Errors
/// A number too great for TOML.
pub fn value(node: &Node<'_>) -> Result<toml::Value, toml::de::Error> {
    serde::Deserialize::deserialize(toml::de::ValueDeserializer::from(node.clone()))
        .map_err(|error: toml::de::Error| toml::de::Error::custom(error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[rule.one]\nwords = [\"a\", \"b\"]\n[rule.two]\nlimit = 3\n";

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    #[test]
    fn finds_and_removes_by_span() {
        let (mut root, errors) = parse(TEXT);
        assert!(errors.is_empty());
        let at_b = TEXT.find("\"b\"").unwrap();
        let path = find(&root, &|_, node| node.span().start == at_b).unwrap();
        assert_eq!(path, [key("rule"), key("one"), key("words"), Step::Item(1)]);
        remove(&mut root, &path);
        assert!(at(&root, &path).is_none());
        assert!(at(&root, &path[..3]).is_some());
    }

    #[test]
    fn the_last_word_replaces_values_and_joins_tables() {
        let (mut base, _) = parse(TEXT);
        let (extra, _) = parse("[rule.one]\nwords = [\"c\"]\n[rule.two]\nlimit = 4\n[rule.three]\n");
        overlay(&mut base, extra);
        let found = value(&base).unwrap();
        assert_eq!(found["rule"]["one"]["words"].as_array().map(Vec::len), Some(1));
        assert_eq!(found["rule"]["two"]["limit"].as_integer(), Some(4));
        assert!(found["rule"].get("three").is_some());
    }

    #[test]
    fn merging_joins_tables_and_lists_and_reports_clashes() {
        let (mut base, _) = parse(TEXT);
        let (extra, _) = parse("[rule.one]\nwords = [\"c\"]\n[rule.two]\nlimit = 4\n[rule.three]\n");
        let clashes = merge(&mut base, shift(extra, 100)).unwrap_err();
        assert_eq!(clashes.len(), 1);
        assert!(clashes[0].start > 100);
        assert!(at(&base, &[key("rule"), key("one"), key("words"), Step::Item(2)]).is_some());
        assert!(at(&base, &[key("rule"), key("three")]).is_some());
    }

    #[test]
    fn tables_and_lists_are_moved_and_what_is_in_them_stays() {
        let (plain, _) = parse(TEXT);
        let mut moved = plain.clone();
        shift_tables(&mut moved, 100);
        let words = [key("rule"), key("one"), key("words")];
        for (path, by) in [
            (&words[..0], 100),
            (&words[..2], 100),
            (&words[..], 100),
            (&[&words[..], &[Step::Item(1)]].concat()[..], 0),
        ] {
            assert_eq!(at(&moved, path).unwrap().span().start, at(&plain, path).unwrap().span().start + by, "{path:?}");
        }
        assert_eq!(value(&moved), value(&plain));
    }

    #[test]
    fn what_is_said_counts_and_not_how_it_is_written() {
        let digest = |text: &str| {
            let mut state = Xxh3::new();
            feed(&parse(text).0, &mut state);
            state.digest128()
        };
        let said = digest("a = 1\n[b]\nc = [\"x\", \"y\"]\n");
        assert_eq!(digest("# Why.\na   = 1\n\n[b]\nc = [\n  'x',\n  'y',\n]\n"), said);
        for other in
            ["a = 2\n[b]\nc = [\"x\", \"y\"]\n", "a = 1\n[b]\nc = [\"xy\"]\n", "a = 1\n[d]\nc = [\"x\", \"y\"]\n"]
        {
            assert_ne!(digest(other), said, "{other}");
        }
    }
}
