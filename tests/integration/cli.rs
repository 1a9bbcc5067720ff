//! Every mistake gets its own message and exit code, and nothing published is lost.

use std::fs;

use crate::util::{run_corpus, said, text, variorum};

/// Runs with `args` and `-o` a fresh folder; checks the exit code and that stderr says `words`.
fn check(args: &[&str], code: i32, words: &[&str]) {
    let output = tempfile::tempdir().unwrap();
    let folder = text(output.path());
    let mut all = args.to_vec();
    if args.first() == Some(&"run") {
        all.extend(["-o", &folder]);
    }
    let done = variorum(&all);
    let told = said(&done);
    assert_eq!(done.status.code(), Some(code), "{args:?}\n{told}");
    for word in words {
        assert!(told.contains(word), "{args:?} does not say {word:?}:\n{told}");
    }
}

#[test]
fn wrong_use_is_found_before_any_work() {
    check(&["run", "tests/corpora/sample/documents", "--job", "2"], 2, &["--jobs"]);
    check(&["run", "tests/corpora/sample/documents", "--fail-on", "tone>3"], 2, &["contradictions>0"]);
    check(&["rnu"], 2, &["unrecognized subcommand"]);
}

#[test]
fn missing_and_empty_inputs_say_so() {
    let empty = tempfile::tempdir().unwrap();
    check(&["run", "no-such-folder"], 6, &["no-such-folder"]);
    check(&["run", &text(empty.path())], 6, &[&text(empty.path())]);
}

#[test]
fn a_binary_file_is_a_row_and_no_stop() {
    let corpus = tempfile::tempdir().unwrap();
    fs::write(corpus.path().join("a.txt"), "The ferry sank on Monday near the harbour, and two people were hurt.")
        .unwrap();
    fs::write(corpus.path().join("b.txt"), [0_u8, 159, 146, 150, 0, 0, 1, 2, 3, 0, 255, 254, 0, 0]).unwrap();
    check(&["run", &text(corpus.path()), "--max-fail", "60%"], 3, &["1 documents read"]);
    check(&["run", &text(corpus.path())], 4, &["NOT published"]);
}

#[test]
fn an_unwritable_output_is_told_with_its_path() {
    let corpus = "tests/corpora/sample/documents";
    let blocked = tempfile::NamedTempFile::new().unwrap();
    let done = variorum(&["run", corpus, "-o", &text(&blocked.path().join("reports"))]);
    assert_eq!(done.status.code(), Some(74), "{}", said(&done));
    assert!(said(&done).contains("cannot write"), "{}", said(&done));
}

#[test]
fn wrong_rules_are_told_all_at_once_with_a_caret() {
    let rules = tempfile::tempdir().unwrap();
    fs::write(rules.path().join("report.toml"), "[cells]\nabuot = \"x\"\nlongest = \"many\"\n").unwrap();
    check(
        &["run", "tests/corpora/sample/documents", "--rules", &text(rules.path())],
        2,
        &["report.toml", "did you mean `about`", "longest"],
    );
}

#[test]
fn gates_tell_cron() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let manifest = text(&sample.join("manifest.csv"));
    let documents = text(&sample.join("documents"));
    check(&["run", &documents, "--manifest", &manifest, "--fail-on", "contradictions>0"], 5, &["published"]);
}

#[test]
fn a_failed_run_leaves_what_was_published() {
    let output = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let latest = run_corpus(&sample, output.path(), &[]);
    let before = fs::read_link(&latest).unwrap();
    let failed = variorum(&["run", "no-such-folder", "-o", &text(output.path())]);
    assert!(!failed.status.success());
    assert_eq!(fs::read_link(&latest).unwrap(), before);
}

#[test]
fn explain_leads_from_an_id_to_the_passages() {
    let output = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let latest = run_corpus(&sample, output.path(), &[]);
    let rows = crate::util::table(&latest, "disagreements");
    let id = crate::util::cell(&rows[0], "disagreement_id");
    let told = variorum(&["explain", id, "--run", &text(output.path())]);
    let text_of = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(told.status.success() && text_of.contains(crate::util::cell(&rows[0], "text_a")), "{text_of}");
    let nothing = variorum(&["explain", "d000000000000", "--run", &text(output.path())]);
    assert_eq!(nothing.status.code(), Some(6));
    let almost = variorum(&["explain", "Coast", "--run", &text(output.path())]);
    assert!(said(&almost).contains("did you mean `coast-daily`?"), "{}", said(&almost));
}

#[test]
fn page_and_workbook_are_written_on_request_as_report_writes_them() {
    let output = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let plain = run_corpus(&sample, &output.path().join("plain"), &[]);
    assert!(!plain.join("report.html").exists() && !plain.join("scorecard.xlsx").exists());
    let latest = run_corpus(&sample, &output.path().join("pages"), &["--html", "--xlsx"]);
    let told = fs::read_to_string(latest.join("run.json")).unwrap();
    for name in ["report.html", "scorecard.xlsx"] {
        let written = fs::read(latest.join(name)).unwrap();
        assert!(told.contains(name), "run.json does not list {name}");
        assert!(variorum(&["report", &text(&latest)]).status.success());
        assert!(written == fs::read(latest.join(name)).unwrap(), "{name} differs when written again");
    }
}

#[test]
fn a_second_run_reads_nothing_of_the_first() {
    let corpus = tempfile::tempdir().unwrap();
    let (folder, reports) = (text(corpus.path()), text(&corpus.path().join("reports")));
    fs::write(corpus.path().join("a.txt"), "The ferry sank on Monday near the harbour, and two people were hurt.")
        .unwrap();
    for _ in 0..2 {
        let done = variorum(&["run", &folder, "-o", &reports]);
        assert!(said(&done).contains("1 documents read, 0 failed"), "{}", said(&done));
    }
}

#[test]
fn inspect_shows_quotes_and_claims_of_any_format() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    let body = "HARBOUR TOWN, March 4, 2025 - The ferry sank near the quay on Monday, killing 12 people.\\n\\n\
                \\\"We lost a good ship in that terrible storm,\\\" said Maria Lopez, the harbour master.\\n";
    fs::write(&file, format!("{{\"text\": \"{body}\"}}\n").repeat(2)).unwrap();
    let lines = variorum(&["inspect", &text(&file)]);
    let shown = String::from_utf8_lossy(&lines.stdout).into_owned();
    for words in ["a.jsonl#1", "a.jsonl#2", "direct quote: Maria Lopez", "= 12", "UTF-8"] {
        assert!(shown.contains(words), "{words:?} is not in\n{shown}{}", said(&lines));
    }
    let json = variorum(&["inspect", "--json", &text(&file)]);
    let documents: Vec<serde_json::Value> =
        serde_json::Deserializer::from_slice(&json.stdout).into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0]["quotes"][0]["speaker"], "Maria Lopez");
    assert!(documents[0]["claims"].as_array().is_some_and(|claims| !claims.is_empty()));
    assert_eq!(variorum(&["inspect", "no-such-file"]).status.code(), Some(6));
}

#[test]
fn colour_is_for_terminals_and_never_where_nobody_wants_it() {
    let file = "tests/corpora/sample/documents/harbour-post-ferry.txt";
    let coloured = |variable: &[(&str, &str)]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_variorum"));
        program.current_dir(env!("CARGO_MANIFEST_DIR")).args(["inspect", file]);
        program.env_remove("NO_COLOR").envs(variable.iter().copied()).output().unwrap().stdout.contains(&0x1b)
    };
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&[]));
    let asked = |when| variorum(&["inspect", file, "--color", when]).stdout.contains(&0x1b);
    assert!(asked("always") && !asked("never") && !asked("auto"));
}

#[test]
fn how_a_command_speaks_is_said_before_its_name_or_behind_it() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("claims.csv");
    fs::write(&table, "source,item,value\na,x,1\nb,x,1\nc,x,2\n").unwrap();
    let table = text(&table);
    for (args, quiet) in
        [(["-q", "fuse", &table], true), (["fuse", &table, "-q"], true), (["fuse", &table, "-v"], false)]
    {
        let done = variorum(&args);
        assert!(done.status.success() && done.stderr.is_empty() == quiet, "{args:?}\n{}", said(&done));
    }
}

#[test]
fn quiet_says_nothing_and_verbose_names_every_setting() {
    let output = tempfile::tempdir().unwrap();
    let folder = text(output.path());
    let run = |more: &str| variorum(&["run", "tests/corpora/sample/documents", "-o", &folder, more]);
    let quiet = run("-q");
    assert!(quiet.status.success() && quiet.stdout.is_empty() && quiet.stderr.is_empty(), "{}", said(&quiet));
    let verbose = run("-v");
    for words in ["output = ", "(option)", "max_fail = 0.05 (default)", "9 documents read"] {
        assert!(said(&verbose).contains(words), "{words:?} is not in\n{}", said(&verbose));
    }
}

#[test]
fn explain_says_what_the_table_and_the_page_say() {
    let output = tempfile::tempdir().unwrap();
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora/sample");
    let latest = run_corpus(&sample, output.path(), &["--html"]);
    let page = fs::read_to_string(latest.join("report.html")).unwrap();
    for row in crate::util::table(&latest, "sources") {
        let source = crate::util::cell(&row, "source");
        let told = variorum(&["explain", source, "--run", &text(&latest), "--json"]);
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        for (column, cell) in &row {
            let shown = &told["tables"]["sources"][0][column];
            let same = match cell.parse::<f64>() {
                Ok(number) => shown.as_f64() == Some(number),
                Err(_) => shown.as_str().unwrap_or_default() == cell,
            };
            assert!(same, "{source} {column}: {cell} is told as {shown}");
        }
        if let Ok(score) = crate::util::cell(&row, "consistency_score").parse::<f64>() {
            assert!(page.contains(&format!("{source}: 100 → {score:.1}")), "{source} {score}");
        }
    }
}

/// A word that a lexicon of one's own takes for a form of "driver" is a person whose age is told.
#[test]
fn a_lexicon_of_ones_own_is_read_with() {
    let dir = tempfile::tempdir().unwrap();
    let rules = dir.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    let built_in = include_str!("../../rules/lexicon.toml");
    let own = built_in.replace("[irregular.forms]", "[irregular.forms]\ndriver = [\"ploover\"]");
    std::fs::write(rules.join("lexicon.toml"), own).unwrap();
    let text = dir.path().join("a.txt");
    std::fs::write(&text, "A ploover of 72 was killed by a falling tree near the old town on Monday.\n").unwrap();
    let ages = |more: &[&str]| {
        let told = variorum(&[&["inspect", "--json", text.to_str().unwrap()], more].concat());
        String::from_utf8_lossy(&told.stdout).matches("\"attribute\": \"age\"").count()
    };
    assert_eq!((ages(&[]), ages(&["--rules", rules.to_str().unwrap()])), (0, 1));
}

/// Tables of confusion between thousands of values would need more memory than there is.
#[test]
fn a_model_that_a_table_is_too_large_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("claims.csv");
    let rows = (0..20_000).map(|row| format!("s{},i{},v{row}\n", row % 500, row / 2));
    fs::write(&table, format!("source,item,value\n{}", rows.collect::<String>())).unwrap();
    check(&["fuse", &text(&table), "--model", "dawid-skene"], 2, &["dawid-skene", "20000 values", "--model"]);
    check(&["fuse", &text(&table), "-q"], 0, &[]);
}
