//! What `check --estimate` forecasts is what a run takes.

use serde_json::Value;

use crate::util::{articles, said, text, variorum, write_news};

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_corpus_no_larger_than_a_sample_is_run_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (documents, output) = (folder.path().join("documents"), folder.path().join("out"));
    write_news(&documents, &articles(60), |_| true);
    let checked = variorum(&["check", &text(&documents), "--estimate", "--json"]);
    let forecast = json(&checked.stdout)["estimate"].take();
    let done = variorum(&["run", &text(&documents), "-o", &text(&output), "-q"]);
    assert!(checked.status.success() && done.status.success(), "{}{}", said(&checked), said(&done));
    let told = json(&std::fs::read(output.join("latest/run.json")).unwrap());
    let pairs = told["stages"].as_array().unwrap().iter().find(|stage| stage["what"] == "pairs").unwrap();
    assert_eq!((&forecast["documents"], &forecast["sample_documents"]), (&60.into(), &60.into()));
    // All in one file or in a file an outlet: what documents are called decides nothing.
    assert_eq!(forecast["candidates"].as_f64(), pairs["taken"].as_f64());
    for figure in ["kept_bytes", "disk_bytes", "seconds"] {
        assert!(forecast[figure].as_f64() > Some(0.0), "{figure}: {forecast}");
    }
}
