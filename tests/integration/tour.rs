//! The guide shows what the program prints: every command of `reports/guide/` is run, in an empty folder and in order.
//!
//! `<!-- file PATH -->` before a block makes a file of it. Below a command stands its output; `…` stands for lines left out, or
//! for the rest of a line. `VARIORUM_BLESS=1 cargo test --test integration example` renews it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SHOWN: usize = 12;
const WIDTH: usize = 140;

/// A page of the guide being carried out.
struct Tour {
    root: PathBuf,
    folder: PathBuf,
    wrong: Vec<String>,
}

impl Tour {
    /// Carries out a page; the page as it should be.
    fn page(&mut self, text: &str) -> String {
        let mut out = String::new();
        let mut lines = text.lines().peekable();
        let mut file = None;
        while let Some(line) = lines.next() {
            out += &format!("{line}\n");
            if let Some(path) = line.strip_prefix("<!-- file ") {
                file = path.strip_suffix(" -->").map(str::to_owned);
            } else if line.starts_with("```") && line.len() > 3 {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                match file.take() {
                    Some(path) => self.write(&path, &block),
                    None if line == "```console" => {
                        out += &self.console(&block);
                        out += "```\n";
                        continue;
                    }
                    None => {}
                }
                block.iter().for_each(|line| out += &format!("{line}\n"));
                out += "```\n";
            }
        }
        out
    }

    fn write(&self, path: &str, block: &[&str]) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, block.join("\n") + "\n").unwrap();
    }

    /// Runs the commands of a block; the block as it should be.
    fn console(&mut self, block: &[&str]) -> String {
        let mut out = String::new();
        let mut lines = block.iter().peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("no command: {line}"));
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push(*line);
            }
            let printed = self.run(command);
            if !fits(&expected, &printed) {
                self.wrong.push(format!("$ {command}\n{}", printed.join("\n")));
            }
            out += &format!("$ {command}\n{}", shown(&printed));
        }
        out
    }

    fn run(&mut self, command: &str) -> Vec<String> {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.folder = self.folder.join(folder);
            return Vec::new();
        }
        let program = Path::new(env!("CARGO_BIN_EXE_variorum")).parent().unwrap().display();
        let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
        let done =
            Command::new("sh").args(["-c", command]).env("PATH", path).current_dir(&self.folder).output().unwrap();
        assert!(done.status.success(), "$ {command}\n{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).lines().map(undated).collect()
    }
}

/// A line with `RUN` for the name of a run, which is the time of day.
fn undated(line: &str) -> String {
    const FORM: &str = "00000000T000000Z";
    let is_name = |text: &str| {
        text.len() == FORM.len()
            && text.bytes().zip(FORM.bytes()).all(|(c, f)| if f == b'0' { c.is_ascii_digit() } else { c == f })
    };
    let mut out = line.to_owned();
    while let Some(at) = (0..out.len()).find(|at| out.get(*at..at + FORM.len()).is_some_and(is_name)) {
        out.replace_range(at..at + FORM.len(), "RUN");
    }
    out.trim_end().to_owned()
}

fn shown(printed: &[String]) -> String {
    let cut = |line: &String| match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…\n", &line[..end]),
        None => format!("{line}\n"),
    };
    let head: String = printed.iter().take(SHOWN).map(cut).collect();
    if printed.len() > SHOWN { head + "…\n" } else { head }
}

/// Whether what was printed is what the page says.
fn fits(expected: &[&str], printed: &[String]) -> bool {
    let (head, rest) = match expected.split_last() {
        Some((&"…", head)) => (head, true),
        _ => (expected, false),
    };
    let same = |(line, printed): (&&str, &String)| match line.strip_suffix('…') {
        Some(start) => printed.starts_with(start),
        None => line == printed,
    };
    (head.len() == printed.len() || rest && head.len() <= printed.len()) && head.iter().zip(printed).all(same)
}

fn carry_out(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/guide").join(name);
    let written = fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut tour = Tour { root: folder.path().to_owned(), folder: folder.path().to_owned(), wrong: Vec::new() };
    let page = tour.page(&written);
    if std::env::var_os("VARIORUM_BLESS").is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    assert!(
        tour.wrong.is_empty(),
        "{name} is out of date: run `VARIORUM_BLESS=1 cargo test --test integration example`\n{}",
        tour.wrong.join("\n")
    );
}

#[test]
fn example_commands_of_the_tour_print_what_it_says() {
    carry_out("tour.md");
}

#[test]
fn example_commands_of_the_rules_page_print_what_it_says() {
    carry_out("rules.md");
}
