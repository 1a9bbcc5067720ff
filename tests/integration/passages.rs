//! A passage of the wire inside an outlet's own report is the wire's evidence, not a second witness.

use std::path::Path;

use crate::util::{cell, said, table, text, variorum};

const PASSAGE: &str = "The fire broke out in the engine room of the ferry Solveig shortly after it had left Kalvik with a load \
    of timber and farm machines, the coast guard said. The crew fought it for two hours before help arrived. The fire on \
    the Solveig injured 14 people, and three of them were flown to the mainland in a helicopter of the navy.";
const WIRE: &str = "Jonas Berg of the coast guard told reporters in Kalvik that a fuel line may have burst aboard the Solveig. \
    Divers are to look at the hull of the Solveig on Thursday, weather permitting, and the ferry will then be towed to a \
    yard on the mainland for repairs, Berg said. He would not guess how long the island of Kalvik must do without it. \
    The Solveig was built in 1994 and had its last survey in autumn, according to the register of ships. Its owners have \
    promised Kalvik a replacement by the weekend and set up a telephone line for relatives of those who were on board.";
const POST: &str = "The harbour master of Kalvik called the fire on the ferry Solveig the worst in his thirty years of service. \
    He praised the dockers, who had cleared the quay within minutes and let the ambulances through to the pier. \
    Tickets for the Solveig can be exchanged at any counter in Kalvik, the shipping line announced on its page. \
    Jonas Berg asked travellers with bicycles to wait for the next week. The café on the quay stayed open all night, and \
    its owner carried blankets to the people who stood along the fence and looked out to the smoke over the bay.";
const ECHO: &str = "People in Kalvik waited for news of the fire on the ferry Solveig in the chapel until late at night. \
    The teacher read out the names of those who had telephoned, and somebody had brought soup for the children. \
    The Solveig has had no fire since its launch, according to a chronicle that the library of Kalvik keeps. \
    Jonas Berg came by and shook hands. The fire on the Solveig injured 14 people, doctors on the mainland counted.";

fn write(folder: &Path, outlet: &str, paragraphs: &[&str]) {
    let folder = folder.join("corpus");
    std::fs::create_dir_all(&folder).unwrap();
    let row = serde_json::json!({ "source": outlet, "date": "2025-03-04", "title": "Fire on the ferry Solveig off Kalvik",
        "text": paragraphs.join("\n\n") });
    std::fs::write(folder.join(format!("{outlet}.json")), row.to_string()).unwrap();
}

/// Runs the corpus with passages of so many words.
fn run(folder: &Path, words: u32) {
    let (corpus, out) = (text(&folder.join("corpus")), text(&folder.join("out")));
    let passages = format!("matching.reprint.borrowed_words={words}");
    let done = variorum(&["run", &corpus, "-o", &out, "-q", "--set", &passages]);
    assert!(done.status.success(), "{}", said(&done));
}

/// Outlets and independent units behind each agreement on how many were injured, for passages of so many words.
fn injured(folder: &Path, words: u32) -> Vec<[String; 3]> {
    run(folder, words);
    let rows = table(&folder.join("out/latest"), "agreements");
    let told = rows.iter().filter(|row| cell(row, "kind") == "number" && cell(row, "text_a").contains("injured 14"));
    let mut pairs: Vec<[String; 3]> =
        told.map(|row| ["source_a", "source_b", "units_a"].map(|column| cell(row, column).to_owned())).collect();
    pairs.sort();
    pairs
}

#[test]
fn a_copied_passage_corroborates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "wire", &[PASSAGE, WIRE]);
    write(folder.path(), "post", &[POST, PASSAGE]);
    write(folder.path(), "echo", &[ECHO]);
    let check = |words, expected: &[[&str; 3]]| assert_eq!(injured(folder.path(), words), expected, "{words} words");
    check(20, &[["echo", "post", "2"], ["echo", "wire", "2"]]);
    check(1_000, &[["echo", "post", "3"], ["echo", "wire", "3"], ["post", "wire", "3"]]);
}

#[test]
fn whoever_changes_a_figure_in_a_copied_passage_is_a_witness() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "wire", &[PASSAGE, WIRE]);
    write(folder.path(), "post", &[POST, &PASSAGE.replace("14 people", "41 people")]);
    run(folder.path(), 20);
    let out = folder.path().join("out/latest");
    let rows = table(&out, "disagreements");
    let told: Vec<&str> =
        rows.iter().filter(|row| cell(row, "kind") == "number").map(|row| cell(row, "value_a")).collect();
    assert_eq!(told, ["41"]);
    let ties: Vec<(String, String)> = table(&out, "sources")
        .iter()
        .map(|row| (cell(row, "source").to_owned(), cell(row, "disputed_ties").to_owned()))
        .collect();
    assert_eq!(ties, [("post", "1"), ("wire", "1")].map(|(source, ties)| (source.to_owned(), ties.to_owned())));
}
