//! The same bytes, whatever the number of threads and the order of the input.

use std::path::Path;

use crate::news::News;
use crate::util::{run_corpus, tables, text, variorum, write_news};

/// Articles of the length that outlets print, in words.
const WORDS: f64 = 450.0;

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample")
}

#[test]
fn threads_change_nothing() {
    let output = tempfile::tempdir().unwrap();
    let one = tables(&run_corpus(&sample(), &output.path().join("one"), &["--jobs", "1"]));
    let four = tables(&run_corpus(&sample(), &output.path().join("four"), &["--jobs", "4"]));
    assert!(one.len() >= 10, "{:?}", one.keys());
    assert_eq!(one, four);
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let output = tempfile::tempdir().unwrap();
    let documents = sample().join("documents");
    let mut files: Vec<_> = std::fs::read_dir(&documents).unwrap().flatten().map(|e| text(&e.path())).collect();
    files.sort();
    let manifest = text(&sample().join("manifest.csv"));
    let run = |name: &str, files: &[String]| {
        let folder = text(&output.path().join(name));
        let mut args = vec!["run", "--manifest", &manifest, "-o", &folder, "-q"];
        args.extend(files.iter().map(String::as_str));
        assert!(variorum(&args).status.success());
        tables(&output.path().join(name).join("latest"))
    };
    let forward = run("forward", &files);
    files.reverse();
    assert_eq!(forward, run("backward", &files));
}

/// Articles as long as real ones, some sentences of which say words, days and figures twice: what is decided by which of equals
/// comes first shows only there.
#[test]
fn long_articles_give_the_same_bytes_twice() {
    let output = tempfile::tempdir().unwrap();
    let mut articles: Vec<_> = News::new(24, 7, WORDS).stories(24).flat_map(|story| story.articles).take(24).collect();
    for (place, article) in articles.iter_mut().enumerate() {
        let doubled: Vec<String> = article.text.lines().map(|line| doubled(line, place)).collect();
        article.text = doubled.join("\n");
    }
    let corpus = output.path().join("corpus");
    write_news(&corpus, &articles, |_| true);
    let mut files: Vec<String> = std::fs::read_dir(&corpus).unwrap().flatten().map(|file| text(&file.path())).collect();
    files.sort();
    let run = |name: &str, jobs: &str, files: &[String]| {
        let folder = text(&output.path().join(name));
        let mut args = vec!["run", "-o", &folder, "-q", "--fresh", "--near-misses", "--jobs", jobs];
        args.extend(files.iter().map(String::as_str));
        assert!(variorum(&args).status.success());
        tables(&output.path().join(name).join("latest"))
    };
    let one = run("one", "1", &files);
    assert!(one["claims.csv"].len() > 10_000, "{}", one["claims.csv"].len());
    files.reverse();
    let third = files.len() / 3;
    files.rotate_left(third);
    for (name, jobs) in [("two", "2"), ("four", "4"), ("again", "1")] {
        assert_eq!(one, run(name, jobs, &files), "{name}");
    }
}

/// Every third sentence once more with its words in another order of clauses, so that equals meet.
fn doubled(line: &str, place: usize) -> String {
    let sentences: Vec<&str> = line.split_inclusive(". ").collect();
    let told = sentences.iter().enumerate().map(|(at, sentence)| match (at + place) % 3 {
        0 => format!("On Monday, on Monday, {}, and 12 and 12, {sentence}", sentence.trim_end_matches(['.', ' '])),
        _ => (*sentence).to_owned(),
    });
    told.collect()
}
