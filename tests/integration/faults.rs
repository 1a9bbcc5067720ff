//! Signals, kills, full disks and second runs: what was published stays, and the next run goes on.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::util::{articles, said, tables, text, variorum, write_news};

/// Enough documents to be interrupted among.
const DOCUMENTS: usize = 24;
/// Kills of the usual test; `VARIORUM_KILLS` asks for more.
const KILLS: u64 = 20;
/// Kills between two runs to the end.
const KILLS_A_RUN: u64 = 5;

/// A corpus and an output folder.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        write_news(&place.dir.path().join("corpus"), &articles(DOCUMENTS), |_| true);
        place
    }

    fn output(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    fn arguments(&self) -> [String; 5] {
        ["run".into(), text(&self.dir.path().join("corpus")), "-o".into(), text(&self.output()), "-j1".into()]
    }

    fn start(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.args(self.arguments()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Runs to the end; how long that took.
    fn complete(&self) -> Duration {
        let began = Instant::now();
        let arguments = self.arguments();
        let done = variorum(&arguments.each_ref().map(String::as_str));
        assert!(done.status.success(), "{}", said(&done));
        began.elapsed()
    }

    fn latest(&self) -> PathBuf {
        self.output().join("latest")
    }

    fn forget(&self) {
        remove(&self.output().join(".cache"));
    }
}

fn remove(folder: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
}

/// Waits until a run has begun to work.
fn wait_for(place: &Place, child: &mut Child) {
    let began = Instant::now();
    while !place.output().join(".cache").exists() && began.elapsed() < Duration::from_secs(60) {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it was interrupted");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_with_the_command_that_goes_on() {
    let place = Place::new();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        place.forget();
        let mut child = place.start();
        wait_for(&place, &mut child);
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status().unwrap();
        assert!(sent.success());
        let done = child.wait_with_output().unwrap();
        assert_eq!(done.status.code(), Some(code), "{}", said(&done));
        let told = said(&done);
        let last = told.lines().last().unwrap();
        assert_eq!(last, [&[env!("CARGO_BIN_EXE_variorum").to_owned()], &place.arguments()[..]].concat().join(" "));
        assert!(!place.latest().exists(), "nothing is published");
        let resumed = Command::new("sh").args(["-c", last]).output().unwrap();
        assert!(resumed.status.success() && place.latest().exists(), "{}", said(&resumed));
        remove(&place.output());
    }
}

#[test]
fn a_log_tells_what_was_done_and_when() {
    let place = Place::new();
    let log = place.dir.path().join("log.jsonl");
    let arguments = place.arguments();
    let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let log_name = text(&log);
    arguments.extend(["--log", &log_name, "--log-format", "json", "-q"]);
    assert!(variorum(&arguments).status.success());
    let told = fs::read_to_string(log).unwrap();
    let events: Vec<serde_json::Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&events[0]["event"], &events[1]["stage"]), (&"begin".into(), &"read".into()));
    let end = events.last().unwrap();
    assert_eq!((&end["event"], end["documents"].as_u64()), (&"end".into(), Some(DOCUMENTS as u64)));
}

#[cfg(unix)]
#[test]
fn killed_at_any_moment_it_goes_on_to_the_same_bytes() {
    let kills = std::env::var("VARIORUM_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let place = Place::new();
    let whole = place.complete();
    let expected = tables(&place.latest());
    let mut dice = 0x9e37_79b9_u64;
    for kill in 1..=kills {
        if kill % KILLS_A_RUN == 1 {
            place.forget();
        }
        let published = fs::read_link(place.latest()).unwrap();
        let mut child = place.start();
        dice = dice.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        std::thread::sleep(whole.mul_f64((dice >> 40) as f64 / (1_u64 << 24) as f64));
        child.kill().unwrap();
        let completed = child.wait().unwrap().success();
        assert!(completed || fs::read_link(place.latest()).unwrap() == published || same(&place, &expected));
        if kill % KILLS_A_RUN == 0 || kill == kills {
            place.complete();
        }
        assert!(same(&place, &expected), "after kill {kill}");
    }
    let runs = fs::read_dir(place.output().join("runs")).unwrap().flatten();
    assert!(runs.into_iter().all(|run| run.path().join("run.json").exists()), "dead runs are swept");
}

fn same(place: &Place, expected: &std::collections::BTreeMap<String, Vec<u8>>) -> bool {
    tables(&place.latest()) == *expected
}

#[test]
fn a_second_run_into_one_folder_is_told_who_is_there() {
    let place = Place::new();
    fs::create_dir(place.output()).unwrap();
    let lock = File::create(place.output().join(".lock")).unwrap();
    lock.try_lock().unwrap();
    fs::write(place.output().join(".lock"), "4711").unwrap();
    let arguments = place.arguments();
    let done = variorum(&arguments.each_ref().map(String::as_str));
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("process 4711"), "{}", said(&done));
    // The file stays when a process dies, and its number may be another's by now: only the lock counts.
    drop(lock);
    fs::write(place.output().join(".lock"), std::process::id().to_string()).unwrap();
    place.complete();
}

/// Files may not grow beyond a few kilobytes: what a full disk looks like to a program.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_nothing_that_was_published() {
    let place = Place::new();
    place.complete();
    let published = fs::read_link(place.latest()).unwrap();
    place.forget();
    for blocks in [1, 16, 128] {
        let command = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        let done =
            shell.args(["-c", &command, env!("CARGO_BIN_EXE_variorum")]).args(place.arguments()).output().unwrap();
        assert_eq!(done.status.code(), Some(74), "{blocks} blocks: {}", said(&done));
        assert!(said(&done).contains("cannot write"), "{}", said(&done));
        assert_eq!(fs::read_link(place.latest()).unwrap(), published);
    }
    let before = tables(&place.latest());
    place.complete();
    assert!(same(&place, &before));
}

/// A filesystem of a few hundred kilobytes, where this user may mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_small_filesystem_fills_up_and_nothing_published_is_lost() {
    let place = Place::new();
    fs::create_dir(place.output()).unwrap();
    // The filesystem ends with the shell that made it, so all is seen from within. The ballast leaves less room than a run needs.
    let script = r#"
        mount -t tmpfs -o size=16m tmpfs "$OUT" 2>/dev/null || { echo no mount; exit 0; }
        "$0" "$@" -q || exit 90
        rm -rf "$OUT/.cache"
        tables=$(cat "$OUT"/latest/*.csv | cksum)
        before=$(readlink "$OUT/latest"; cat "$OUT"/latest/*.csv | cksum)
        for room in 16 128 512; do
            rm -f "$OUT/ballast"; cat /dev/zero > "$OUT/ballast" 2>/dev/null; size=$(stat -c %s "$OUT/ballast")
            truncate -s $((size - room * 1024)) "$OUT/ballast"
            "$0" "$@" -q; echo "code $?"
            test "$before" = "$(readlink "$OUT/latest"; cat "$OUT"/latest/*.csv | cksum)" || exit 91
        done
        rm "$OUT/ballast"
        "$0" "$@" -q || exit 92
        test "$tables" = "$(cat "$OUT"/latest/*.csv | cksum)" || exit 93
    "#;
    let mut shell = Command::new("unshare");
    shell.args(["--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_variorum")]).args(place.arguments());
    let Ok(done) = shell.env("OUT", place.output()).output() else { return println!("skipped: no unshare") };
    let printed = String::from_utf8_lossy(&done.stdout).into_owned();
    if printed.contains("no mount") || said(&done).contains("unshare:") {
        return println!("skipped: this user may not mount");
    }
    assert!(done.status.success(), "{:?} {printed} {}", done.status.code(), said(&done));
    let codes: Vec<&str> = printed.lines().filter(|line| line.starts_with("code")).collect();
    assert_eq!(codes, ["code 74"; 3], "{}", said(&done));
    assert!(said(&done).contains("cannot write") && said(&done).contains("No space left"), "{}", said(&done));
}

/// Clocks that jump: what decides is what files hold, and who holds the lock, never a time.
#[test]
fn clocks_that_jump_change_nothing() {
    let place = Place::new();
    place.complete();
    let expected = tables(&place.latest());
    let corpus: Vec<PathBuf> =
        fs::read_dir(place.dir.path().join("corpus")).unwrap().flatten().map(|file| file.path()).collect();
    let touch = |path: &Path, time| File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    let (past, future) = (SystemTime::UNIX_EPOCH, SystemTime::now() + Duration::from_secs(3_000_000_000));
    for time in [past, future] {
        corpus.iter().for_each(|path| touch(path, time));
        touch(&place.output().join(".lock"), time);
        place.complete();
        assert!(same(&place, &expected));
    }
    // Another text of the same length and the same time is another text.
    let time = fs::metadata(&corpus[0]).unwrap().modified().unwrap();
    let told = fs::read_to_string(&corpus[0]).unwrap();
    fs::write(&corpus[0], told.replace(" the ", " one ")).unwrap();
    touch(&corpus[0], time);
    place.complete();
    let changed = tables(&place.latest());
    assert_ne!(changed, expected);
    place.forget();
    place.complete();
    assert!(same(&place, &changed), "kept work of the earlier text was not taken for that of the later");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.complete();
    let published = fs::read_link(place.latest()).unwrap();
    fs::set_permissions(place.output().join("runs"), fs::Permissions::from_mode(0o555)).unwrap();
    if File::create(place.output().join("runs/probe")).is_ok() {
        println!("skipped: this user may write everywhere");
        return;
    }
    let arguments = place.arguments();
    let done = variorum(&arguments.each_ref().map(String::as_str));
    fs::set_permissions(place.output().join("runs"), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(done.status.code(), Some(74), "{}", said(&done));
    assert_eq!(fs::read_link(place.latest()).unwrap(), published);
}
