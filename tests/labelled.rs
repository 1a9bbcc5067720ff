//! Labelled sets must not fall below the floors in `tests/labelled/floors.toml`. Lowering one is a
//! deliberate act; a set whose digest differs is another set and must be measured anew.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use variorum::command::eval::{Tally, report};
use variorum::command::pairs::{Pair, Stance, read};
use variorum::compare::wording::WordingRules;
use variorum::lexicon::Lexicon;
use xxhash_rust::xxh3::xxh3_64;

/// A set, or the part of it whose ids begin with `ids`, and what it must reach.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    /// Path from the repository, or from the shared data when `shared`.
    file: PathBuf,
    #[serde(default)]
    shared: bool,
    digest: String,
    #[serde(default)]
    ids: String,
    #[serde(default)]
    found: bool,
    accuracy: f64,
    balanced: f64,
    precision: f64,
    recall: f64,
}

/// The file, where it is present.
fn locate(floor: &Floor) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let shared = || std::env::var_os("VARIORUM_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = if floor.shared { shared() } else { root.clone() }.join(&floor.file);
    path.exists().then_some(path)
}

fn measure(floor: &Floor, pairs: Vec<Pair>) -> Tally {
    let stance = if floor.found { Stance::Found } else { Stance::Asserted };
    let chosen: Vec<Pair> = pairs.into_iter().filter(|p| p.id.starts_with(&floor.ids)).collect();
    report(&chosen, stance, WordingRules::embedded(), Lexicon::embedded()).all
}

fn share((part, whole): (usize, usize)) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn sets_stay_above_their_floors() {
    let floors: BTreeMap<String, Floor> = toml::from_str(include_str!("labelled/floors.toml")).unwrap();
    for (name, floor) in &floors {
        let Some(path) = locate(floor) else {
            println!("skipped: {name}, no {}", floor.file.display());
            continue;
        };
        let digest = format!("{:016x}", xxh3_64(&std::fs::read(&path).unwrap()));
        assert_eq!(digest, floor.digest, "{name}: the data changed");
        let tally = measure(floor, read(&path).unwrap());
        for (measure, value, least) in [
            ("accuracy", share(tally.accuracy()), floor.accuracy),
            ("balanced", tally.balanced(), floor.balanced),
            ("precision", share(tally.precision()), floor.precision),
            ("recall", share(tally.recall()), floor.recall),
        ] {
            println!("{name} {measure} {value:.4} (floor {least})");
            assert!(value >= least, "{name}: {measure} {value:.4} is below {least}");
        }
    }
}
