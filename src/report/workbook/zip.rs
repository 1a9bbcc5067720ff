//! A zip archive, as far as a workbook needs one: deflated files of one fixed day, so that the
//! same content makes the same bytes. Described in PKWARE's APPNOTE 6.3, sections 4.3 and 4.4.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Version 2.0 of the format, no flags, method 8 (deflate), midnight of 1 January 1980.
const COMMON: [u8; 10] = [20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0];

/// An archive being written.
pub struct Archive<W> {
    out: W,
    at: u32,
    directory: Vec<u8>,
    files: u16,
}

/// A file on its way into an archive: what is written is deflated at once.
pub struct Part {
    name: String,
    deflater: DeflateEncoder<Vec<u8>>,
    sum: Crc,
}

impl Part {
    /// Begins the file `name`.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), deflater: DeflateEncoder::new(Vec::new(), Compression::default()), sum: Crc::new() }
    }
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.deflater.write(bytes)?;
        self.sum.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Archive<W> {
    /// Begins an archive in `out`.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), files: 0 }
    }

    /// Adds a file that is complete.
    ///
    /// # Errors
    /// Those of writing; an archive over 4 GB.
    pub fn add(&mut self, part: Part) -> io::Result<()> {
        let deflated = part.deflater.finish()?;
        let mut about = COMMON.to_vec();
        // A checksum counts modulo 2³², and so does the size that goes with it.
        for number in [part.sum.sum(), small(deflated.len())?, part.sum.amount()] {
            about.extend_from_slice(&number.to_le_bytes());
        }
        about.extend_from_slice(&name_length(&part.name)?.to_le_bytes());
        about.extend_from_slice(&[0, 0]);
        self.list(&about, &part.name);
        self.put(&LOCAL.to_le_bytes())?;
        self.put(&about)?;
        self.put(part.name.as_bytes())?;
        self.put(&deflated)
    }

    /// Notes a file in the directory; it is about to be written.
    fn list(&mut self, about: &[u8], name: &str) {
        const MADE_BY: [u8; 2] = [20, 0];
        const NO_COMMENT_DISK_OR_ATTRIBUTES: [u8; 10] = [0; 10];
        for bytes in [&CENTRAL.to_le_bytes()[..], &MADE_BY, about, &NO_COMMENT_DISK_OR_ATTRIBUTES] {
            self.directory.extend_from_slice(bytes);
        }
        self.directory.extend_from_slice(&self.at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.files += 1;
    }

    /// Writes the directory.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<()> {
        let (start, directory) = (self.at, std::mem::take(&mut self.directory));
        self.put(&directory)?;
        let mut end = END.to_le_bytes().to_vec();
        end.extend_from_slice(&[0; 4]);
        end.extend_from_slice(&self.files.to_le_bytes());
        end.extend_from_slice(&self.files.to_le_bytes());
        end.extend_from_slice(&small(directory.len())?.to_le_bytes());
        end.extend_from_slice(&start.to_le_bytes());
        end.extend_from_slice(&[0; 2]);
        self.put(&end)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at = self.at.checked_add(small(bytes.len())?).ok_or(io::ErrorKind::FileTooLarge)?;
        self.out.write_all(bytes)
    }
}

fn small(size: usize) -> io::Result<u32> {
    u32::try_from(size).map_err(|_| io::ErrorKind::FileTooLarge.into())
}

fn name_length(name: &str) -> io::Result<u16> {
    u16::try_from(name.len()).map_err(|_| io::ErrorKind::InvalidInput.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    fn archive() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = Archive::new(&mut bytes);
        for (name, text) in [("a.xml", "<a/>".to_owned()), ("b/c.xml", "é ".repeat(50_000))] {
            let mut part = Part::new(name);
            part.write_all(text.as_bytes()).unwrap();
            archive.add(part).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    #[test]
    fn sizes_and_places_agree() {
        let bytes = archive();
        let end = &bytes[bytes.len() - 22..];
        let number = |at: usize| u32::from_le_bytes(end[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&end[..4], end[10]), (&END.to_le_bytes()[..], 2));
        assert_eq!(number(12) + number(16) + 22, bytes.len());
        assert_eq!(&bytes[number(16)..][..4], CENTRAL.to_le_bytes());
        assert_eq!(bytes, archive());
    }

    /// Needs python3.
    #[test]
    fn another_program_reads_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.zip");
        std::fs::write(&path, archive()).unwrap();
        let Ok(output) = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&path).output() else {
            println!("skipped: python3 is not installed");
            return;
        };
        assert!(
            output.status.success() && String::from_utf8_lossy(&output.stdout).contains("Done testing"),
            "{output:?}"
        );
    }
}
