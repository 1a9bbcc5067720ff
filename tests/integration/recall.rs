//! What is planted in a few documents is found as surely among many.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::corpora::Found;
use crate::news::{Article, News, Planted, Story};
use crate::util::{Row, said, text, variorum, write_news};

/// The documents of the larger corpus, and the first of them that are the smaller one.
const MANY: usize = 240;
const FEW: usize = 80;
/// Least share of what the smaller run finds that the larger one must find.
const KEPT: f64 = 0.98;

/// A row of gold for something planted; articles are named as they are written, by outlet and line.
fn gold(planted: &Planted, names: &[String]) -> Row {
    let cells = [
        ("expect", planted.expect),
        ("kind", &planted.kind),
        ("document_a", &names[planted.a]),
        ("needle_a", &planted.needle_a),
        ("document_b", &names[planted.b]),
        ("needle_b", &planted.needle_b),
    ];
    cells.into_iter().map(|(column, cell)| (column.to_owned(), cell.to_owned())).collect()
}

/// The gold of the stories whose articles are all among the first so many.
fn gold_of(stories: &[Story], documents: usize) -> Vec<Row> {
    let mut lines = BTreeMap::<String, usize>::new();
    let (mut gold_rows, mut written) = (Vec::new(), 0);
    for story in stories {
        written += story.articles.len();
        let mut name = |article: &Article| {
            let line = lines.entry(article.source.clone()).or_default();
            *line += 1;
            format!("{}.jsonl#{line}", article.source)
        };
        let names: Vec<String> = story.articles.iter().map(&mut name).collect();
        if written <= documents {
            gold_rows.extend(story.planted.iter().map(|planted| gold(planted, &names)));
        }
    }
    gold_rows
}

fn found(folder: &Path, name: &str, articles: &[Article], count: usize, settings: &[&str]) -> Found {
    let (corpus, output): (PathBuf, PathBuf) = (folder.join(name), folder.join(format!("{name}-out")));
    write_news(&corpus, articles, |place| place < count);
    let (from, to) = (text(&corpus), text(&output));
    let mut command = vec!["run", &from, "-o", &to, "-q"];
    command.extend(settings.iter().flat_map(|setting| ["--set", setting]));
    let done = variorum(&command);
    assert!(done.status.success(), "{}", said(&done));
    Found::of(&output.join("latest"))
}

#[test]
fn recall_does_not_fall_with_size() {
    let dir = tempfile::tempdir().unwrap();
    let stories: Vec<Story> = News::new(MANY, 5, 150.0).stories(MANY).collect();
    let articles: Vec<Article> = stories.iter().flat_map(|story| story.articles.clone()).collect();
    let few = found(dir.path(), "few", &articles, FEW, &[]);
    let many = found(dir.path(), "many", &articles, MANY, &[]);
    let gold = gold_of(&stories, FEW);
    let planted: Vec<&Row> = gold.iter().filter(|row| row["expect"] == "contradiction").collect();
    let in_few: Vec<&&Row> = planted.iter().filter(|row| few.holds(row)).collect();
    let in_many = in_few.iter().filter(|row| many.holds(row)).count();
    println!("{} planted, {} found among {FEW}, {in_many} of these among {MANY}", planted.len(), in_few.len());
    for row in planted.iter().filter(|row| !few.holds(row)) {
        println!("not found: {row:?}");
    }
    for row in in_few.iter().filter(|row| !many.holds(row)) {
        println!("lost among many: {row:?}");
    }
    assert!(in_few.len() * 2 > planted.len(), "{} of {} found", in_few.len(), planted.len());
    assert!(in_many as f64 >= KEPT * in_few.len() as f64, "{in_many} of {} found", in_few.len());
}

/// Outlets that tell one story.
const CROWD: usize = 90;
/// What such a crowd is given, so that it has to be thinned as a larger one is by default.
const NARROW: [&str; 6] = [
    "matching.story.chain=40",
    "matching.pairs.story_pairs=40000",
    "matching.pairs.document_pairs=0",
    "matching.pairs.statement_pairs=4000",
    "matching.pairs.document_statements=0",
    "matching.pairs.story_agreements=1000",
];

#[test]
fn whoever_errs_in_a_crowd_is_found_though_not_all_are_compared() {
    let dir = tempfile::tempdir().unwrap();
    let stories: Vec<Story> = News::new(CROWD, 5, 150.0).told_by(Some(CROWD)).stories(CROWD).collect();
    let articles: Vec<Article> = stories.iter().flat_map(|story| story.articles.clone()).collect();
    let all = found(dir.path(), "all", &articles, CROWD, &[]);
    let thinned = found(dir.path(), "thinned", &articles, CROWD, &NARROW);
    // Against whom the one who errs stands is open.
    let erring = |row: &Row| {
        let cells = ["expect", "kind"].map(|column| (column.to_owned(), row[column].clone()));
        let side = ["document", "needle"].map(|what| (format!("{what}_a"), row[&format!("{what}_b")].clone()));
        cells.into_iter().chain(side).collect::<Row>()
    };
    let planted: Vec<Row> = gold_of(&stories, CROWD).iter().map(erring).collect();
    let of_all: Vec<&Row> = planted.iter().filter(|row| row["expect"] == "contradiction" && all.holds(row)).collect();
    let of_thinned = of_all.iter().filter(|row| thinned.holds(row)).count();
    println!("{} found where all are compared, {of_thinned} of these in the thinned crowd", of_all.len());
    assert!(of_all.len() > 10, "{}", of_all.len());
    assert!(of_thinned as f64 >= KEPT * of_all.len() as f64, "{of_thinned} of {} found", of_all.len());
    let manifest = std::fs::read_to_string(dir.path().join("thinned-out/latest/run.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    for cap in manifest["caps"].as_array().unwrap() {
        assert!(cap["hit"].as_u64() > Some(0) && cap["dropped"].as_u64() > Some(0), "{cap}");
    }
}
