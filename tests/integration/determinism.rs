//! The same bytes, whatever the number of threads and the order of the input.

use std::path::Path;

use crate::util::{run_corpus, tables, text, variorum};

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
