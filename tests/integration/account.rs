//! The lines of a score add up to it, to the last digit, in CSV, on the page and in the terminal.

use std::path::Path;

use crate::util::{Row, cell, read, run_corpus, table, text, variorum};

/// Ten-thousandths of a point.
fn points(cell: &str) -> i64 {
    let digits = cell.strip_prefix("100.").map(|rest| format!("100{rest}")).unwrap_or_else(|| cell.replace('.', ""));
    digits.parse().unwrap_or_else(|_| panic!("no points: {cell}"))
}

fn scored(folder: &Path) -> Vec<Row> {
    table(folder, "sources").into_iter().filter(|row| !cell(row, "consistency_score").is_empty()).collect()
}

#[test]
fn lines_add_up_to_the_score_everywhere() {
    let output = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let folder = run_corpus(&sample, output.path(), &["--html"]);
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    let lines = table(&folder, "losses");
    let sources = scored(&folder);
    assert!(sources.len() > 2);
    for source in sources {
        let (name, score) = (cell(&source, "source"), cell(&source, "consistency_score"));
        let left = 1_000_000 - points(score);
        let mine: Vec<&Row> = lines.iter().filter(|line| cell(line, "source") == name).collect();
        assert_eq!(mine.iter().map(|line| points(cell(line, "points"))).sum::<i64>(), left, "{name} in losses.csv");
        let is_lost = |column: &&String| column.starts_with("lost_") || *column == "small_sample_adjustment";
        let columns: i64 = source.keys().filter(is_lost).map(|column| points(cell(&source, column))).sum();
        assert_eq!(columns, left, "{name} in sources.csv");
        assert_eq!(told(name, &folder), left, "{name} in the terminal");
        let cells = mine.iter().map(|line| cell(line, "points")).chain([score]);
        for shown in cells {
            assert!(page.contains(&format!("<td class=\"number\">{shown}</td>")), "{name}: {shown} on the page");
        }
    }
}

/// What `explain` prints for a source, summed from its lines; the score it ends with must be the one stored.
fn told(source: &str, folder: &Path) -> i64 {
    let done = variorum(&["explain", source, "--run", &text(folder)]);
    let said = String::from_utf8(done.stdout).unwrap();
    let account: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("account:")).collect();
    let number = |line: &str| points(line[1..].split_whitespace().next().unwrap());
    let score = account.iter().find(|line| line.starts_with("= ")).unwrap_or_else(|| panic!("no score in {said}"));
    let stored = scored(folder).into_iter().find(|row| cell(row, "source") == source).unwrap();
    assert_eq!(number(score), points(cell(&stored, "consistency_score")));
    account.iter().filter(|line| line.starts_with("- ")).map(|line| number(line)).sum()
}

/// Every loss has both passages, leads to its pair, and costs what severity, firmness and belief say.
#[test]
fn losses_lead_to_their_passages() {
    let output = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let folder = run_corpus(&sample, output.path(), &[]);
    let pairs = read(&folder.join("disagreements.csv"));
    let losses: Vec<Row> =
        table(&folder, "losses").into_iter().filter(|line| !cell(line, "slot_id").is_empty()).collect();
    assert!(!losses.is_empty());
    for loss in losses {
        let pair = pairs.iter().find(|pair| cell(pair, "disagreement_id") == cell(&loss, "disagreement_id"));
        let pair = pair.unwrap_or_else(|| panic!("no pair for {loss:#?}"));
        let texts = [cell(pair, "text_a"), cell(pair, "text_b")];
        assert!(texts.contains(&cell(&loss, "text")) && texts.contains(&cell(&loss, "other_text")), "{loss:#?}");
        let units = |column| cell(&loss, column).parse::<u32>().unwrap();
        assert!(units("units") < units("other_units"), "{loss:#?}");
    }
}
