//! Journals that are written, torn, damaged and compacted.

use super::*;

fn open(dir: &Path) -> (Journal<u32>, usize) {
    Journal::open(dir.join("j"), 2).unwrap()
}

fn entries(journal: &Journal<u32>) -> Vec<(u32, Option<String>)> {
    let mut reader = journal.reader(0).unwrap();
    let mut body = |place| postcard::from_bytes(&reader.as_mut()?.body(place).ok()?).ok();
    journal.heads(0).unwrap().map(|(head, place)| (head, body(place))).collect()
}

/// Ten letters for each of `count`, which say nothing twice.
fn told(count: u32) -> String {
    let letter = |n: u32| char::from(b'a' + (n.wrapping_mul(0x9e37_79b1).rotate_left(n % 31) % 26) as u8);
    (0..count * 10).map(letter).collect()
}

fn filled(dir: &Path, count: u32) -> Vec<(u32, Option<String>)> {
    let (journal, _) = open(dir);
    for n in 0..count {
        journal.append(0, &n, &told(n)).unwrap();
    }
    journal.flush().unwrap();
    entries(&journal)
}

#[test]
fn entries_come_back_in_the_next_run() {
    let dir = tempfile::tempdir().unwrap();
    let expected: Vec<_> = (0..200).map(|n| (n, Some(told(n)))).collect();
    assert_eq!(filled(dir.path(), 200), expected);
    let (journal, damaged) = open(dir.path());
    assert_eq!((entries(&journal), damaged), (expected, 0));
}

#[test]
fn a_torn_end_is_cut_off_and_written_again() {
    for torn in [1, 3, 9, 500, 980] {
        let dir = tempfile::tempdir().unwrap();
        let whole = filled(dir.path(), 100);
        let path = dir.path().join("j/00000");
        let length = fs::metadata(&path).unwrap().len();
        cut(&path, length - torn).unwrap();
        let (journal, damaged) = open(dir.path());
        assert_eq!((entries(&journal), damaged), (whole[..99].to_vec(), 1), "{torn} bytes torn off");
        journal.append(0, &99, &told(99)).unwrap();
        journal.flush().unwrap();
        assert_eq!(entries(&journal), whole);
    }
}

#[test]
fn a_damaged_body_costs_its_entry_and_a_damaged_head_all_behind_it() {
    let check = |at: usize, heads: usize, bodies: usize| {
        let dir = tempfile::tempdir().unwrap();
        filled(dir.path(), 10);
        let path = dir.path().join("j/00000");
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 1;
        fs::write(&path, bytes).unwrap();
        let found = entries(&open(dir.path()).0);
        assert_eq!((found.len(), found.iter().filter(|(_, body)| body.is_some()).count()), (heads, bodies), "{at}");
    };
    // The first entry has 9 bytes of head and 9 of body, the second 9 and 19.
    check(8, 0, 0);
    check(18 + 9 + 12, 10, 9);
    check(18 + 8, 1, 1);
}

#[test]
fn what_nobody_needs_goes_once_it_is_the_greater_part() {
    let dir = tempfile::tempdir().unwrap();
    let whole = filled(dir.path(), 10);
    let (journal, _) = open(dir.path());
    let places: Vec<Place> = journal.heads(0).unwrap().map(|(_, place)| place).collect();
    journal.compact(0, &places[..9]).unwrap();
    assert_eq!(entries(&journal), whole);
    journal.append_again(0, &77, places[3]).unwrap();
    journal.compact(0, &places[..4]).unwrap();
    assert_eq!(entries(&journal), whole[..4]);
    journal.append(0, &9, &"after").unwrap();
    journal.flush().unwrap();
    assert_eq!(entries(&journal).last(), Some(&(9, Some("after".into()))));
}
