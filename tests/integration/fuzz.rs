//! The fuzz targets on stable: the kept corpus as it is and changed a little, the same way every time.
//!
//! `VARIORUM_FUZZ=N` asks for N changed inputs a file; a failing input is left in `target/fuzz-failures`.

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use crate::targets::{TARGETS, Target};

/// Changed inputs a file, unless `VARIORUM_FUZZ` asks for more.
const CHANGED: u64 = 12;
/// No input grows beyond this.
const LONGEST: usize = 1 << 16;

/// Pieces that formats, rules and texts are made of.
const PIECES: [&[u8]; 28] = [
    b"\"",
    b"'",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b",",
    b";",
    b"{",
    b"[",
    b"]",
    b"}",
    b"<!--",
    b"<p>",
    b"</script>",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n\r\n",
    b"\\u0000",
    b"= 1e999",
    b"\"\"\"",
    b"-1",
    b"\xe2\x80\x9c",
    b"\xf0\x9f\x98\x80",
    b" said on Monday",
    b"12,000.5",
    b"\x1f\x8b\x08",
    b"=HYPERLINK(",
];

/// A fixed sequence of numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (self.0 >> 33) as usize % n.max(1)
    }

    /// One to four changes: a bit, a piece put in, a stretch left out, told twice or moved in from elsewhere.
    fn change(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let (at, end) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (from, to) = (at.min(end), at.max(end));
            match self.below(5) {
                0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                1 => drop(bytes.splice(at..at, PIECES[self.below(PIECES.len())].iter().copied())),
                2 => drop(bytes.drain(from..to.min(from + 64))),
                3 => bytes.extend_from_within(from..to),
                _ => bytes[..to].rotate_left(from),
            }
            bytes.truncate(LONGEST);
        }
    }
}

fn files(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn try_one(name: &str, target: Target, input: &[u8]) {
    if catch_unwind(|| target(input)).is_err() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz-failures");
        let path = folder.join(format!("{name}-{:016x}", xxhash_rust::xxh3::xxh3_64(input)));
        std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input)).unwrap();
        panic!("{name} fails on {}", path.display());
    }
}

fn drive(name: &str) {
    let (_, target) = TARGETS.into_iter().find(|(known, _)| *known == name).unwrap();
    let changed = std::env::var("VARIORUM_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(CHANGED);
    let files = files(name);
    assert!(!files.is_empty(), "no corpus for {name}");
    for file in files {
        let whole = std::fs::read(&file).unwrap();
        try_one(name, target, &whole);
        for seed in 1..=changed {
            let mut input = whole.clone();
            Dice(seed).change(&mut input);
            try_one(name, target, &input);
        }
    }
}

#[test]
fn files_of_every_format() {
    drive("read");
}

#[test]
fn files_of_rules() {
    drive("rules");
}

#[test]
fn texts() {
    drive("extract");
}

#[test]
fn cells_of_tables() {
    drive("table");
}

#[test]
fn tables_of_claims() {
    drive("claims");
}
