//! Bytes that are written and read from front to back, packed (LZ4) in blocks: what the stages hand on says much again
//! and again, and the disk is what runs out first. A block is the length of what is packed (4 bytes), then that; it begins
//! with the length of what was packed.

use std::fs::File;
use std::io::{self, BufRead, Read, Write};

use lz4_flex::block::{compress_prepend_size, decompress_into, decompress_size_prepended, uncompressed_size};

/// Bytes that are packed at once.
const BLOCK: usize = 1 << 16;

/// Packs what is written to it.
#[derive(Debug)]
pub struct Packer<W> {
    to: W,
    block: Vec<u8>,
}

impl<W: Write> Packer<W> {
    /// Packs into `to`.
    pub fn new(to: W) -> Self {
        Self { to, block: Vec::with_capacity(BLOCK) }
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// Those of writing.
    pub fn push(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(now);
            bytes = later;
            if self.block.len() == BLOCK {
                self.write_out()?;
            }
        }
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<()> {
        if self.block.is_empty() { Ok(()) } else { self.write_out() }
    }

    fn write_out(&mut self) -> io::Result<()> {
        let packed = compress_prepend_size(&self.block);
        self.block.clear();
        self.to.write_all(&(packed.len() as u32).to_le_bytes())?;
        self.to.write_all(&packed)
    }
}

/// Reads what a [`Packer`] wrote; several in a row are as one.
#[derive(Debug)]
pub struct Unpacker {
    file: File,
    block: Vec<u8>,
    at: usize,
}

impl Unpacker {
    /// Reads from the beginning of `file`.
    pub fn new(file: File) -> Self {
        Self { file, block: Vec::new(), at: 0 }
    }

    /// Unpacks the next block; at the end of the file there is nothing in it.
    fn turn(&mut self) -> io::Result<()> {
        self.block.clear();
        self.at = 0;
        let mut length = Vec::new();
        if (&self.file).take(4).read_to_end(&mut length)? == 0 {
            return Ok(());
        }
        let length = <[u8; 4]>::try_from(&length[..]).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        let length = u32::from_le_bytes(length);
        let mut packed = Vec::with_capacity((length as usize).min(2 * BLOCK));
        (&self.file).take(length.into()).read_to_end(&mut packed)?;
        let (unpacked, body) = uncompressed_size(&packed).map_err(io::Error::other)?;
        if unpacked > BLOCK {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.block.resize(unpacked, 0);
        let whole = decompress_into(body, &mut self.block).map_err(io::Error::other)? == unpacked;
        if whole { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

impl Read for Unpacker {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(bytes)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Unpacker {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.block.len() {
            self.turn()?;
        }
        Ok(&self.block[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.block.len());
    }
}

/// A few bytes, packed by themselves.
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    compress_prepend_size(bytes)
}

/// The bytes that [`pack`] packed.
///
/// # Errors
/// They are not of its making.
pub fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    decompress_size_prepended(packed).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[&[u8]]) -> (tempfile::TempDir, File) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("packed");
        for part in parts {
            let mut packer = Packer::new(File::options().create(true).append(true).open(&path).unwrap());
            part.chunks(1_000).for_each(|bytes| packer.push(bytes).unwrap());
            packer.finish().unwrap();
        }
        let file = File::open(path).unwrap();
        (dir, file)
    }

    fn read(file: File) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        Unpacker::new(file).read_to_end(&mut bytes).map(|_| bytes)
    }

    #[test]
    fn what_was_packed_comes_back_and_takes_less() {
        let told = b"The ferry sank off the harbour. ".repeat(10_000);
        let (_dir, file) = written(&[&told, b"", b"And more."]);
        assert!(file.metadata().unwrap().len() < told.len() as u64 / 20);
        assert_eq!(read(file).unwrap(), [&told[..], b"And more."].concat());
        assert_eq!(unpack(&pack(&told)).unwrap(), told);
    }

    #[test]
    fn cut_or_changed_bytes_are_told() {
        let changes: [fn(&mut Vec<u8>); 3] =
            [|bytes| bytes.truncate(9), |bytes| bytes.push(1), |bytes| bytes[5] = 0xff];
        for change in changes {
            let (dir, _) = written(&[b"The ferry sank."]);
            let path = dir.path().join("packed");
            let mut bytes = std::fs::read(&path).unwrap();
            change(&mut bytes);
            std::fs::write(&path, bytes).unwrap();
            assert!(read(File::open(path).unwrap()).is_err());
        }
        assert!(unpack(b"ferry").is_err());
    }
}
