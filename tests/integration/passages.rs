//! A passage of the wire inside an outlet's own report is the wire's evidence, not a second witness.

use std::path::Path;

use crate::util::{Row, cell, said, table, text, variorum};

const PASSAGE: &str = "The fire broke out in the engine room of the ferry shortly after it had left the northern harbour \
    with a load of timber and farm machines, the coast guard said. The crew fought it for two hours before help arrived. \
    The fire injured 14 people on board, and three of them were flown to the mainland in a helicopter of the navy.";

fn write(folder: &Path, outlet: &str, paragraphs: &[&str]) {
    let folder = folder.join("corpus");
    std::fs::create_dir_all(&folder).unwrap();
    let row = serde_json::json!({ "source": outlet, "date": "2025-03-04", "title": "Ferry fire off the northern harbour",
        "text": paragraphs.join("\n\n") });
    std::fs::write(folder.join(format!("{outlet}.json")), row.to_string()).unwrap();
}

/// The slots' rows of claims that 14 were injured.
fn injured(folder: &Path) -> Vec<Row> {
    let (corpus, out) = (text(&folder.join("corpus")), text(&folder.join("out")));
    let done = variorum(&["run", &corpus, "-o", &out, "-q", "--near-misses"]);
    assert!(done.status.success(), "{}", said(&done));
    let rows = table(&folder.join("out/latest"), "agreements");
    rows.into_iter().filter(|row| cell(row, "text_a").contains("injured 14")).collect()
}

#[test]
fn a_copied_passage_corroborates_nothing() {
    let harbour = "The harbour master of the northern harbour called the ferry fire the worst in his thirty years of service. \
        He praised the dockers, who had cleared the quay within minutes and let the ambulances through to the pier. \
        Ferry tickets for the next three days can be exchanged at any counter, the shipping line announced on its page. \
        A spokeswoman asked travellers with bicycles to wait for the next week. The café on the quay stayed open all night.";
    let islanders = "Islanders waited for news of the ferry fire in the chapel above the northern harbour until late at night. \
        The teacher read out the names of those who had telephoned, and somebody had brought soup for the children. \
        The ferry line has had no fire since its founding, according to a chronicle that the local library keeps. \
        Two fishing boats went out to help, but the sea was too rough, their skippers told the gathering afterwards.";
    let own =
        "Doctors on the mainland counted anew: the ferry fire off the northern harbour injured 14 people on board.";
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "wire", &[PASSAGE, "The coast guard will report on the ferry fire in April."]);
    write(folder.path(), "post", &[harbour, PASSAGE, harbour.split_at(120).1]);
    let copied = injured(folder.path());
    assert_eq!(copied.len(), 0, "one passage printed twice is no agreement: {copied:?}");
    write(folder.path(), "echo", &[islanders, own]);
    let pairs: Vec<(String, String)> = injured(folder.path())
        .iter()
        .map(|r| (cell(r, "source_a").to_owned(), cell(r, "source_b").to_owned()))
        .collect();
    assert!(!pairs.is_empty() && pairs.iter().all(|(a, b)| a == "echo" || b == "echo"), "{pairs:?}");
}
