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

/// The gold of the stories whose articles are all among the first [`FEW`].
fn gold_of_few(stories: &[Story]) -> Vec<Row> {
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
        if written <= FEW {
            gold_rows.extend(story.planted.iter().map(|planted| gold(planted, &names)));
        }
    }
    gold_rows
}

fn found(folder: &Path, name: &str, articles: &[Article], count: usize) -> Found {
    let (corpus, output): (PathBuf, PathBuf) = (folder.join(name), folder.join(format!("{name}-out")));
    write_news(&corpus, articles, |place| place < count);
    let done = variorum(&["run", &text(&corpus), "-o", &text(&output), "-q"]);
    assert!(done.status.success(), "{}", said(&done));
    Found::of(&output.join("latest"))
}

#[test]
fn recall_does_not_fall_with_size() {
    let dir = tempfile::tempdir().unwrap();
    let stories: Vec<Story> = News::new(MANY, 5, 150.0).stories(MANY).collect();
    let articles: Vec<Article> = stories.iter().flat_map(|story| story.articles.clone()).collect();
    let few = found(dir.path(), "few", &articles, FEW);
    let many = found(dir.path(), "many", &articles, MANY);
    let gold = gold_of_few(&stories);
    let planted: Vec<&Row> = gold.iter().filter(|row| row["expect"] == "contradiction").collect();
    let in_few: Vec<&&Row> = planted.iter().filter(|row| few.holds(row)).collect();
    let in_many = in_few.iter().filter(|row| many.holds(row)).count();
    println!("{} planted, {} found among {FEW}, {in_many} of these among {MANY}", planted.len(), in_few.len());
    for row in planted.iter().filter(|row| !few.holds(row)) {
        println!("not found: {row:?}");
    }
    assert!(in_few.len() * 2 > planted.len(), "{} of {} found", in_few.len(), planted.len());
    assert!(in_many as f64 >= KEPT * in_few.len() as f64, "{in_many} of {} found", in_few.len());
}
