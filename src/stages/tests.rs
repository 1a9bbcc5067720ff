//! The stages one by one, with every value packed on the way, give the bytes of a run on one machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::clean::LineCounts;
use crate::document::Document;
use crate::matching::group::{Member, Story};
use crate::matching::reprint::{Shared, fingerprint::Mark};
use crate::read::{Plan, read_file};
use crate::rules::RuleBook;
use crate::run::publish::{Setup, Untold, publish};
use crate::run::stories::told_of;

const PARTS: usize = 3;

/// What travels from extracting to comparing, by story and path.
type Placed = BTreeMap<(String, String), (Option<String>, Vec<u8>)>;

fn setup<'s>(book: &'s RuleBook, plan: &'s Plan, output: &'s Path, untold: &'s Untold) -> Setup<'s> {
    Setup { memory: 1 << 26, near_misses: true, ..Setup::silent(book, plan, output, untold) }
}

/// Reads every file as an errand of its own, counts each by itself, and puts the counts together.
fn read(plan: &Plan, book: &RuleBook, edition: &mut Edition) -> (Vec<Document>, LineCounts) {
    let (mut documents, mut counts) = (Vec::new(), book.clean.line_counts());
    for errand in plan.errands() {
        let errand: crate::read::Errand = unpacked(&packed(&errand).unwrap()).unwrap();
        let alone = errand.plan();
        read_file(&alone.files[0], &alone, &book.read, &mut |read| match read {
            Ok(document) => documents.push(document),
            Err(problem) => edition.problem(problem),
        });
    }
    for document in &documents {
        let mut some = book.clean.line_counts();
        some.observe(document);
        for (source, pages) in some.pages() {
            pages.into_iter().for_each(|page| counts.observe_page(source, page));
        }
    }
    (documents, counts)
}

/// What the documents share, regrouped by hash and by pair.
fn share(marks: &BTreeMap<String, Vec<Mark>>, places: &BTreeMap<String, u32>, book: &RuleBook, edition: &mut Edition) {
    let rules = &book.matching.reprint;
    let mut by_hash = vec![Vec::new(); PARTS];
    for (path, marks) in marks {
        scatter(marks, PARTS).for_each(|(part, run)| by_hash[part].push((places[path], run.to_vec())));
    }
    let mut by_pair: Vec<Vec<Shared>> = vec![Vec::new(); PARTS];
    for part in by_hash {
        let mut take = |part: usize, shared: Vec<Shared>| {
            by_pair[part].extend(shared);
            Ok(())
        };
        pair_up(part, PARTS, rules, &mut take).unwrap();
    }
    by_pair.into_iter().for_each(|part| edition.shared(unpacked(&packed(&common(part, rules)).unwrap()).unwrap()));
}

fn step_by_step(setup: Setup) {
    let (book, plan) = (setup.book, setup.plan);
    let untold = Untold::default();
    let lore = untold.lore(book, true);
    let mut edition = Edition::begin(setup).unwrap();
    let (documents, counts) = read(plan, book, &mut edition);
    let kit = lore.kit();
    let (mut marks, mut sheets, mut members) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    for document in documents.iter().rev() {
        let extracted = extract(document, &counts, &kit, lore);
        edition.front(unpacked(&packed(&extracted.front).unwrap()).unwrap());
        extracted.aside.into_iter().for_each(|why| edition.aside(why));
        marks.insert(document.path.clone(), extracted.marks);
        sheets.push(packed(&extracted.sheet).unwrap());
        members.insert(document.path.clone(), packed(&extracted.member).unwrap());
    }
    let places: BTreeMap<String, u32> = edition.paths().unwrap().map(str::to_owned).zip(0..).collect();
    share(&marks, &places, book, &mut edition);
    edition.group().unwrap();
    let mut placed = Placed::new();
    for place in edition.placements().unwrap() {
        let member = Member {
            unit: place.unit,
            borrowed: place.borrowed.to_vec(),
            ..unpacked(&members[place.document]).unwrap()
        };
        let value = (place.origin.map(str::to_owned), packed(&member).unwrap());
        placed.insert((place.story.to_owned(), place.document.to_owned()), value);
    }
    edition.sheets(&sheets.iter().map(|sheet| unpacked(sheet).unwrap()).collect::<Vec<_>>()).unwrap();
    let mut groups = Groups::new();
    let mut stories = Vec::new();
    for ((story, _), (origin, member)) in placed {
        stories.extend(groups.push(story, (origin, unpacked::<Member>(&member).unwrap())).unwrap());
    }
    stories.extend(groups.take());
    for (id, members) in stories.into_iter().rev() {
        let (origins, members): (Vec<_>, Vec<_>) = members.into_iter().unzip();
        let count = members.len() as u64;
        let rows = told_of(Story { id, members }, origins, lore);
        let pieces = pieces(rows, count).into_iter().rev();
        edition.stories(pieces.map(|piece| unpacked(&packed(&piece).unwrap()).unwrap()).collect()).unwrap();
    }
    edition.publish().unwrap();
}

#[test]
fn the_stages_one_by_one_give_the_bytes_of_a_run() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let book = RuleBook::load(None).unwrap();
    let inputs = crate::read::Inputs {
        paths: vec![corpus.join("documents")],
        manifest: Some(corpus.join("manifest.csv")),
        ..Default::default()
    };
    let plan = crate::read::plan(&inputs, &book.read).unwrap();
    let (untold, dir) = (Untold::default(), tempfile::tempdir().unwrap());
    let folders = ["one", "many"].map(|name| dir.path().join(name));
    publish(&setup(&book, &plan, &folders[0], &untold)).unwrap();
    step_by_step(setup(&book, &plan, &folders[1], &untold));
    let mut tables = 0;
    for entry in fs::read_dir(folders[0].join("latest")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "csv") {
            let other = folders[1].join("latest").join(path.file_name().unwrap());
            assert!(fs::read(&path).unwrap() == fs::read(other).unwrap(), "{}", path.display());
            tables += 1;
        }
    }
    assert_eq!(tables, 11);
}

#[test]
fn a_lost_document_is_told() {
    let book = RuleBook::load(None).unwrap();
    let (plan, untold, dir) = (Plan::default(), Untold::default(), tempfile::tempdir().unwrap());
    let mut edition = Edition::begin(setup(&book, &plan, dir.path(), &untold)).unwrap();
    let document = Document { path: "a".into(), text: "Rain fell in the north.".into(), ..Document::default() };
    let lore = untold.lore(&book, false);
    let extracted = extract(&document, &book.clean.line_counts(), &lore.kit(), lore);
    edition.front(extracted.front);
    assert_eq!(edition.paths().unwrap().count(), 1);
    edition.group().unwrap();
    let failure = edition.publish().unwrap_err();
    assert!(
        failure.to_string().contains("1 documents were extracted, 0 told and 0 compared, and of 0 pieces"),
        "{failure}"
    );
    assert!(!dir.path().join("latest").exists());
}
