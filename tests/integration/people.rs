//! What people bring in: settings, judgements, replies; and what they are shown.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::util::{Row, cell, run_corpus, said, table, text, variorum};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample")
}

/// The program in `folder`, with lines on standard input.
fn variorum_in(folder: &Path, args: &[&str], lines: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_variorum"));
    let piped =
        program.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn find<'r>(rows: &'r [Row], id: &str) -> Option<&'r Row> {
    rows.iter().find(|row| cell(row, "disagreement_id") == id)
}

#[test]
fn a_judgement_overrides_the_verdict_and_the_score_follows() {
    let folder = tempfile::tempdir().unwrap();
    let before = run_corpus(&sample(), &folder.path().join("before"), &[]);
    let disagreements = table(&before, "disagreements");
    let judged = disagreements
        .iter()
        .find(|row| cell(row, "verdict") == "contradicts" && cell(row, "kind") == "number")
        .unwrap();
    let id = cell(judged, "disagreement_id");
    let file = folder.path().join("judgements.toml");
    fs::write(
        &file,
        format!("[[judgement]]\npair = \"{id}\"\nverdict = \"not-comparable\"\nreason = \"two ferries\"\n"),
    )
    .unwrap();
    let replies = folder.path().join("replies.toml");
    let other = cell(disagreements.iter().find(|row| cell(row, "kind") == "quote").unwrap(), "disagreement_id");
    fs::write(
        &replies,
        format!(
            "[[reply]]\nsource = \"coast-daily\"\npair = \"{other}\"\ntext = \"We printed the wire's wording.\"\n\
                 [[reply]]\nsource = \"coast-daily\"\ntext = \"Two articles are few.\"\n"
        ),
    )
    .unwrap();
    let more = ["--judgements", &text(&file), "--replies", &text(&replies), "--html"];
    let after = run_corpus(&sample(), &folder.path().join("after"), &more);
    assert!(find(&table(&after, "disagreements"), id).is_none());
    let turned_down = table(&after, "not_comparable");
    let row = find(&turned_down, id).unwrap();
    let told = ["reviewed", "note", "overruled"].map(|column| cell(row, column));
    assert_eq!(told, ["not-comparable", "two ferries", "contradicts"]);
    let lost = |run: &Path| {
        let sources = table(run, "sources");
        let row = sources.iter().find(|row| cell(row, "source") == "coast-daily").unwrap().clone();
        (cell(&row, "contradicted").parse::<u64>().unwrap(), cell(&row, "reply").to_owned())
    };
    assert!(lost(&after).0 <= lost(&before).0);
    assert_eq!(lost(&after).1, "coast-daily: Two articles are few.");
    let quote = table(&after, "disagreements");
    assert_eq!(cell(find(&quote, other).unwrap(), "replies"), "coast-daily: We printed the wire's wording.");
    let page = fs::read_to_string(after.join("report.html")).unwrap();
    assert!(page.contains("We printed the wire&#39;s wording.") && page.contains("Two articles are few."));
    let explained = out(&variorum(&["explain", other, "--run", &text(&after)]));
    assert!(explained.contains("reply: coast-daily: We printed"), "{explained}");
    let changed = out(&variorum(&["diff", &text(&before), &text(&after)]));
    assert!(changed.contains("judgements") && changed.contains("contradicts → not-comparable"), "{changed}");
}

#[test]
fn review_asks_goes_on_and_takes_back_an_edited_table_and_eval_counts() {
    let folder = tempfile::tempdir().unwrap();
    run_corpus(&sample(), &folder.path().join("reports"), &[]);
    let file = folder.path().join("judgements.toml");
    let told =
        out(&variorum_in(folder.path(), &["review", "--sample", "listed", "--by", "anna"], "y\nn two ferries\nb\nq\n"));
    assert!(told.contains("1 judged") && told.contains("the rules say"), "{told}");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.matches("[[judgement]]").count(), 1, "{written}");
    let again =
        out(&variorum_in(folder.path(), &["review", "--sample", "listed", "--blind", "--limit", "2"], "n\nu\n"));
    assert!(again.contains("1 of 2") && !again.contains("the rules say"), "{again}");
    let disagreements = table(&folder.path().join("reports/latest"), "disagreements");
    let last = disagreements.last().unwrap();
    let edited = format!("disagreement_id;reviewed;note\n{};agrees;same thing\n", cell(last, "disagreement_id"));
    fs::write(folder.path().join("edited.csv"), edited).unwrap();
    let taken = out(&variorum_in(folder.path(), &["review", "--from", "edited.csv"], ""));
    assert!(taken.contains("1 judgements taken"), "{taken}");
    let counted = out(&variorum_in(folder.path(), &["eval", "reports", "--json"], ""));
    let counted: serde_json::Value = serde_json::from_str(&counted).unwrap();
    assert_eq!(
        (counted["labelled"].as_u64(), counted["compared"].as_u64(), counted["unsure"].as_u64()),
        (Some(3), Some(3), Some(1))
    );
    let lines = out(&variorum_in(folder.path(), &["eval", "reports"], ""));
    assert!(lines.lines().any(|line| line.starts_with("rule,")) && lines.contains("shared,0.5"), "{lines}");
    let wrong = variorum_in(folder.path(), &["review", "--from", "judgements.toml"], "");
    assert_eq!(wrong.status.code(), Some(2), "{}", said(&wrong));
}

#[test]
fn review_shows_the_lines_around_without_being_told_where() {
    let folder = tempfile::tempdir().unwrap();
    let latest = run_corpus(&sample(), &folder.path().join("reports"), &[]);
    let told = out(&variorum_in(folder.path(), &["review", "--sample", "listed"], "c\nq\n"));
    let row = &table(&latest, "disagreements")[0];
    let document = fs::read_to_string(sample().join("documents").join(cell(row, "document_a"))).unwrap();
    let line = document.lines().nth(cell(row, "line_a").parse::<usize>().unwrap() - 1).unwrap();
    assert!(told.contains(&format!("A > {line}")), "{told}");
}

#[test]
fn run_json_names_each_file_by_its_content() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = |output: &str| {
        let latest = run_corpus(&sample(), &folder.path().join(output), &[]);
        let told: serde_json::Value = serde_json::from_slice(&fs::read(latest.join("run.json")).unwrap()).unwrap();
        told["inputs"].clone()
    };
    let (first, again) = (inputs("first"), inputs("again"));
    assert_eq!(first, again);
    let digests: std::collections::BTreeSet<_> =
        first["files"].as_array().unwrap().iter().map(|file| file["digest"].as_str().unwrap()).collect();
    assert!(digests.len() == 9 && digests.iter().all(|digest| digest.len() == 32), "{first:#}");
    assert_eq!(first["digest"].as_str().unwrap().len(), 32);
    assert!(Path::new(first["folder"].as_str().unwrap()).is_dir());
}

#[test]
fn settings_come_from_the_file_and_are_told_with_who_set_them() {
    let folder = tempfile::tempdir().unwrap();
    out(&variorum_in(folder.path(), &["init", "."], ""));
    let settings = "inputs = [\"sample\"]\nmanifest = \"sample/manifest.csv\"\noutput = \"out\"\nhtml = true\njobs = 1\n\
                    [score.scorecard.loss]\nnumber = 0.5\n";
    fs::write(folder.path().join("variorum.toml"), settings).unwrap();
    let done = variorum_in(folder.path(), &["run", "-q", "--set", "html=false", "--jobs", "2"], "");
    assert!(done.status.success(), "{}", said(&done));
    let latest = folder.path().join("out/latest");
    assert!(!latest.join("report.html").exists());
    let told: serde_json::Value = serde_json::from_slice(&fs::read(latest.join("run.json")).unwrap()).unwrap();
    for (name, origin) in [("html", "--set"), ("jobs", "option"), ("output", "variorum.toml"), ("max_fail", "default")]
    {
        assert_eq!(told["settings"][name]["origin"], origin, "{name}");
    }
    assert_eq!(told["settings"]["output"]["value"], "out");
    let files = told["rules"]["files"].as_array().unwrap();
    assert!(files.iter().any(|f| f["path"] == "variorum.toml" && f["text"].as_str().unwrap().contains("number = 0.5")));
    let wrong = variorum_in(folder.path(), &["run", "-q", "--set", "htlm=true"], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("did you mean `html`?"), "{}", said(&wrong));
}

#[test]
fn an_anonymous_run_names_no_source_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    let key = ["--anonymize", "only we know this", "--html", "--xlsx"];
    let latest = run_corpus(&sample(), &folder.path().join("out"), &key);
    for entry in fs::read_dir(&latest).unwrap().flatten() {
        if entry.path().extension().is_some_and(|kind| kind == "xlsx") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap().to_lowercase();
        for name in ["coast-daily", "coast daily", "harbour-post", "north-wire", "island-echo", "only we know"] {
            assert!(!text.contains(name), "{name} stands in {}", entry.path().display());
        }
    }
    assert!(!folder.path().join("out/.cache").exists(), "what is kept bears the names");
    let plain = run_corpus(&sample(), &folder.path().join("plain"), &[]);
    assert!(folder.path().join("plain/.cache").exists());
    assert_eq!(table(&latest, "disagreements").len(), table(&plain, "disagreements").len());
    let again = run_corpus(&sample(), &folder.path().join("again"), &key);
    assert_eq!(fs::read(latest.join("sources.csv")).unwrap(), fs::read(again.join("sources.csv")).unwrap());
}

#[test]
fn copies_of_one_text_against_another_stand_once() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir_all(corpus.join("documents")).unwrap();
    let wire = "HARWICK, March 4, 2024 - The ferry Sea Lark sank near the quay of Harwick on Monday, killing 12 people, the \
                harbour office said. Rescue boats searched the bay until the evening and brought 40 survivors ashore. The ship had \
                left the island of Mors in the morning with a crew of nine. Divers will look for the cause on Tuesday, and the \
                company said that it would help the inquiry in every way it could.\n";
    let other = "HARWICK, March 4, 2024 - At least nineteen families wait for news after the ferry Sea Lark sank near the quay of \
                 Harwick on Monday. The accident killed 17 people, the hospital reported. The company, which has run the line to the \
                 island of Mors for thirty years, gave no interview. A service will be held in the old church on Sunday.\n";
    let mut manifest = String::from("path,source,published,url\n");
    for (source, body, day) in [("one", wire, "05"), ("two", wire, "04"), ("three", wire, "05"), ("four", other, "04")]
    {
        fs::write(corpus.join(format!("documents/{source}.txt")), body).unwrap();
        manifest += &format!("documents/{source}.txt,{source},2024-03-{day},\n");
    }
    fs::write(corpus.join("manifest.csv"), manifest).unwrap();
    let latest = run_corpus(&corpus, &folder.path().join("out"), &["--html"]);
    let rows: Vec<Row> =
        table(&latest, "disagreements").into_iter().filter(|row| cell(row, "kind") == "number").collect();
    assert_eq!(rows.len(), 3, "{rows:#?}");
    let standing: Vec<&Row> = rows.iter().filter(|row| cell(row, "same_as").is_empty()).collect();
    let [row] = standing[..] else { panic!("{rows:#?}") };
    let named = format!("{}{}", cell(row, "also_a"), cell(row, "also_b"));
    assert_eq!(named, "one.txt; three.txt", "{row:#?}");
    let page = fs::read_to_string(latest.join("report.html")).unwrap();
    assert_eq!(
        page.matches("class=\"card\"").count(),
        table(&latest, "disagreements").iter().filter(|r| cell(r, "same_as").is_empty()).count()
    );
    assert!(page.contains("the same in its copies"));
}
