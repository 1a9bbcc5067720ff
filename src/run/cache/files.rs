//! Which files are as they were: by their content, which is read again only where size or times say that it must be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{Cache, digest};
use crate::document::Problem;
use crate::failure::Failure;
use crate::read::{FileEntry, Plan};
use crate::run::stop::Stop;
use crate::store::atomic;
use crate::store::frame::{self, Records};

/// The files of a run, in the order of its plan.
#[derive(Debug)]
pub struct Files {
    files: Vec<Listed>,
    by_name: FxHashMap<u64, usize>,
}

/// One file: what it is now, and what reading it gave in an earlier run.
#[derive(Debug, Default)]
struct Listed {
    now: Option<State>,
    read: Option<Outcome>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct State {
    stamp: Stamp,
    content: u128,
    /// Its content and all that is known of it besides.
    key: u128,
}

/// What reading a file gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many documents are in it.
    pub documents: u64,
    /// What failed.
    pub problems: Vec<Problem>,
}

/// A row of the table of files.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    name: u64,
    state: State,
    read: Outcome,
}

/// What tells a changed file without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    changed: (i64, i64),
    inode: u64,
    /// False when it was written to so lately that a further change may show no other time.
    settled: bool,
}

/// Two writes further apart have different times on every file system.
const TICK: Duration = Duration::from_secs(2);

impl Files {
    /// Looks at all files of a plan, and for those that are as they were, at what the last run read from them.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub fn list(plan: &Plan, cache: &Cache, stop: &Stop) -> Result<Self, Failure> {
        let before = load(&cache.files());
        let look = |file: &FileEntry| {
            stop.check()?;
            let before = before.get(&name_of(file));
            // A file that cannot be looked at tells why when it is read.
            let now = State::of(file, plan.facts(file), before.map(|row| row.state)).ok();
            let read = before.filter(|row| now.is_some_and(|now| now.key == row.state.key)).map(|row| row.read.clone());
            Ok(Listed { now, read })
        };
        let files = plan.files.par_iter().map(look).collect::<Result<Vec<_>, Failure>>()?;
        Ok(Self { by_name: plan.files.iter().map(name_of).zip(0..).collect(), files })
    }

    /// The file that something kept came from, if it is still what it was.
    pub fn current(&self, name: u64, key: u128) -> Option<usize> {
        let file = *self.by_name.get(&name)?;
        self.files[file].now.filter(|now| now.key == key).map(|_| file)
    }

    /// What a file is known by; 0 where it cannot be known.
    pub fn key(&self, file: usize) -> u128 {
        self.files[file].now.map_or(0, |now| now.key)
    }

    /// What tells each file's content from any other; none for a file that could not be read.
    pub fn contents(&self) -> Vec<Option<u128>> {
        self.files.iter().map(|file| file.now.map(|now| now.content)).collect()
    }

    /// The files of which not all documents are known; `known` counts those of each file.
    pub fn incomplete(&self, known: &FxHashMap<usize, u64>) -> Vec<usize> {
        let complete = |file: &usize| match &self.files[*file].read {
            Some(read) => read.documents == known.get(file).copied().unwrap_or(0),
            None => false,
        };
        (0..self.files.len()).filter(|file| !complete(file)).collect()
    }

    /// Takes note of what reading a file gave. One that changed meanwhile is unknown from now on; true for such.
    pub fn learn(&mut self, file: usize, path: &Path, read: Outcome) -> bool {
        let listed = &mut self.files[file];
        listed.read = Some(read);
        let changed = listed.now.is_some_and(|now| !Stamp::of(path).is_ok_and(|stamp| stamp.is_same(&now.stamp)));
        if changed {
            listed.now = None;
        }
        changed
    }

    /// How many documents all files hold.
    pub fn documents(&self) -> u64 {
        self.files.iter().filter_map(|file| file.read.as_ref()).map(|read| read.documents).sum()
    }

    /// All that failed in reading.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.files.iter().filter_map(|file| file.read.as_ref()).flat_map(|read| &read.problems)
    }

    /// Writes the table for the next run.
    ///
    /// # Errors
    /// [`Failure::Output`].
    pub fn save(&self, plan: &Plan, cache: &Cache) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        for (file, listed) in plan.files.iter().zip(&self.files) {
            if let (Some(state), Some(read)) = (listed.now, listed.read.clone()) {
                bytes = frame::push(bytes, &Row { name: name_of(file), state, read })?;
            }
        }
        atomic::write(cache.files(), &bytes)
    }
}

/// What a file is known by in the kept tables.
pub fn name_of(file: &FileEntry) -> u64 {
    xxh3_64(file.relative.as_bytes())
}

/// The table of files as far as it is whole; a file without a row is read again.
fn load(path: &Path) -> FxHashMap<u64, Row> {
    let rows = Records::<Row, _>::open(path.to_owned()).into_iter().flatten();
    rows.map_while(Result::ok).map(|row| (row.name, row)).collect()
}

impl State {
    fn of(file: &FileEntry, facts: u64, before: Option<Self>) -> io::Result<Self> {
        let stamp = Stamp::of(&file.path)?;
        let content = match before {
            Some(before) if before.stamp.settled && before.stamp.is_same(&stamp) => before.content,
            _ => content(&file.path)?,
        };
        Ok(Self { stamp, content, key: digest(&[content, facts.into()]) })
    }
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let data = fs::metadata(path)?;
        let modified = data.modified().ok();
        let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        let (changed, inode) = times(&data);
        Ok(Self { bytes: data.len(), modified, changed, inode, settled: age.is_some_and(|age| age > TICK) })
    }

    fn is_same(&self, other: &Self) -> bool {
        let unsettled = |stamp: &Self| Self { settled: false, ..*stamp };
        unsettled(self) == unsettled(other)
    }
}

/// When the file or what is known of it changed, and its number on the disk.
#[cfg(unix)]
fn times(data: &fs::Metadata) -> ((i64, i64), u64) {
    use std::os::unix::fs::MetadataExt;
    ((data.ctime(), data.ctime_nsec()), data.ino())
}

#[cfg(not(unix))]
fn times(_: &fs::Metadata) -> ((i64, i64), u64) {
    ((0, 0), 0)
}

/// A digest of a file's bytes.
pub fn content(path: &Path) -> io::Result<u128> {
    let mut file = File::open(path)?;
    let mut state = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(state.digest128()),
            read => state.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Inputs};
    use crate::rules::RuleBook;

    struct Place {
        dir: tempfile::TempDir,
        book: RuleBook,
        cache: Cache,
    }

    impl Place {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            let book = RuleBook::load(None).unwrap();
            let cache = Cache::open(&dir.path().join("out"), &book, false).unwrap();
            fs::create_dir(dir.path().join("in")).unwrap();
            Self { dir, book, cache }
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.dir.path().join("in").join(name), text).unwrap();
        }

        fn list(&self) -> (Plan, Files) {
            let inputs = Inputs { paths: vec![self.dir.path().join("in")], ..Inputs::default() };
            let plan = read::plan(&inputs, &self.book.read).unwrap();
            let files = Files::list(&plan, &self.cache, &Stop::never()).unwrap();
            (plan, files)
        }

        /// Takes note that each file holds one document.
        fn read(&self) -> Files {
            let (plan, mut files) = self.list();
            for (number, file) in plan.files.iter().enumerate() {
                assert!(!files.learn(number, &file.path, Outcome { documents: 1, problems: Vec::new() }));
            }
            files.save(&plan, &self.cache).unwrap();
            files
        }
    }

    #[test]
    fn a_file_is_known_by_its_content() {
        let place = Place::new();
        ["a.txt", "b.txt", "c.txt"].iter().for_each(|name| place.write(name, "The ferry sank."));
        let before = place.read();
        place.write("b.txt", "The ferry sank!");
        place.write("c.txt", "The ferry sank.");
        let (plan, files) = place.list();
        let known = FxHashMap::from_iter([(0, 1), (1, 1), (2, 1)]);
        assert_eq!(files.incomplete(&known), [1]);
        assert_eq!(files.incomplete(&FxHashMap::default()), [0, 1, 2]);
        let current = |file: usize| files.current(name_of(&plan.files[file]), before.key(file));
        assert_eq!([current(0), current(1), current(2)], [Some(0), None, Some(2)]);
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_again() {
        let place = Place::new();
        place.write("a.txt", "The ferry sank.");
        let (plan, mut files) = place.list();
        place.write("a.txt", "The ferry sank, and more.");
        assert!(files.learn(0, &plan.files[0].path, Outcome::default()));
        assert_eq!(files.key(0), 0);
        files.save(&plan, &place.cache).unwrap();
        assert_eq!(place.list().1.incomplete(&FxHashMap::default()), [0]);
    }

    #[test]
    fn a_damaged_table_costs_what_is_behind_the_damage() {
        let place = Place::new();
        ["a.txt", "b.txt"].iter().for_each(|name| place.write(name, "The ferry sank."));
        place.read();
        let bytes = fs::read(place.cache.files()).unwrap();
        fs::write(place.cache.files(), &bytes[..bytes.len() - 3]).unwrap();
        assert_eq!(place.list().1.incomplete(&FxHashMap::from_iter([(0, 1), (1, 1)])), [1]);
    }
}
