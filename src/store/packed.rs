//! Bytes that are written and read from front to back, packed (LZ4) in blocks: what the stages hand on says much again
//! and again, and the disk is what runs out first. A block is the length of what is packed (4 bytes), then that; it begins
//! with the length of what was packed. What packing would not make less stands as it is, and its length says so.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufRead, Read, Write};

use lz4_flex::block::{
    CompressTable, compress_into_with_table, decompress_into, get_maximum_output_size, uncompressed_size,
};

/// Bytes that are packed at once.
const BLOCK: usize = 1 << 16;

/// The bit of a length that tells bytes which stand as they are.
const STORED: u32 = 1 << 31;

/// Packs what is written to it.
#[derive(Debug)]
pub struct Packer<W> {
    to: W,
    block: Vec<u8>,
    packs: bool,
}

impl<W: Write> Packer<W> {
    /// Packs into `to`.
    pub fn new(to: W) -> Self {
        Self { to, block: Vec::new(), packs: true }
    }

    /// Writes into `to` what would not be made less: what is packed by itself, or numbers that say nothing twice.
    pub fn storing(to: W) -> Self {
        Self { packs: false, ..Self::new(to) }
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// Those of writing.
    pub fn push(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            if let Some((whole, later)) = bytes.split_at_checked(BLOCK).filter(|_| self.block.is_empty()) {
                self.write_out(whole)?;
                bytes = later;
                continue;
            }
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(now);
            bytes = later;
            if self.block.len() == BLOCK {
                self.turn()?;
            }
        }
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> io::Result<()> {
        if self.block.is_empty() { Ok(()) } else { self.turn() }
    }

    /// Writes out what waits.
    fn turn(&mut self) -> io::Result<()> {
        let block = std::mem::take(&mut self.block);
        self.write_out(&block)?;
        self.block = block;
        self.block.clear();
        Ok(())
    }

    fn write_out(&mut self, block: &[u8]) -> io::Result<()> {
        if !self.packs {
            self.to.write_all(&(block.len() as u32 | STORED).to_le_bytes())?;
            return self.to.write_all(block);
        }
        pack_as(block, |packed| {
            self.to.write_all(&(packed.len() as u32).to_le_bytes())?;
            self.to.write_all(packed)
        })
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
        if length & STORED != 0 {
            return self.take_stored(length & !STORED);
        }
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

impl Unpacker {
    /// Takes a block that stands as it is.
    fn take_stored(&mut self, length: u32) -> io::Result<()> {
        let length =
            usize::try_from(length).ok().filter(|length| *length <= BLOCK).ok_or(io::ErrorKind::InvalidData)?;
        self.block.resize(length, 0);
        self.file.read_exact(&mut self.block)
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
    pack_as(bytes, <[u8]>::to_vec)
}

/// What `read` makes of the bytes that [`pack`] packed.
///
/// # Errors
/// They are not of its making.
pub fn unpack<R>(packed: &[u8], read: impl FnOnce(&[u8]) -> R) -> io::Result<R> {
    /// No byte of LZ4 stands for more.
    const MOST: usize = 255;
    let (size, body) = uncompressed_size(packed).map_err(io::Error::other)?;
    if size / MOST > body.len() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut room = room(size);
    let whole = decompress_into(body, &mut room[..size]).map_err(io::Error::other)? == size;
    let read = whole.then(|| read(&room[..size])).ok_or_else(|| io::ErrorKind::InvalidData.into());
    give_back(room);
    read
}

thread_local! {
    /// Where bytes are packed and unpacked: taken anew it would be cleared for each document.
    static ROOM: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static TABLES: RefCell<[CompressTable; 2]> = RefCell::new([CompressTable::small(), CompressTable::large()]);
}

fn room(size: usize) -> Vec<u8> {
    let mut room = ROOM.take();
    if room.len() < size {
        room.resize(size, 0);
    }
    room
}

fn give_back(room: Vec<u8>) {
    /// What few documents need is not kept.
    const MOST: usize = 1 << 20;
    if room.len() <= MOST {
        ROOM.set(room);
    }
}

/// What `read` makes of some bytes packed, behind their length.
fn pack_as<R>(bytes: &[u8], read: impl FnOnce(&[u8]) -> R) -> R {
    const LENGTH: usize = 4;
    let mut room = room(LENGTH + get_maximum_output_size(bytes.len()));
    room[..LENGTH].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
    let large = usize::from(bytes.len() >= usize::from(u16::MAX));
    let packed = TABLES.with_borrow_mut(|tables| {
        // There is room for the worst case.
        compress_into_with_table(bytes, &mut room[LENGTH..], &mut tables[large]).unwrap_or_default()
    });
    let read = read(&room[..LENGTH + packed]);
    give_back(room);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[&[u8]]) -> (tempfile::TempDir, File) {
        written_by(parts, Packer::new)
    }

    fn written_by(parts: &[&[u8]], packer: fn(File) -> Packer<File>) -> (tempfile::TempDir, File) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("packed");
        for part in parts {
            let mut packer = packer(File::options().create(true).append(true).open(&path).unwrap());
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
        assert_eq!(unpack(&pack(&told), <[u8]>::to_vec).unwrap(), told);
    }

    #[test]
    fn what_was_stored_comes_back_beside_what_was_packed() {
        let told = b"ferry harbour ".repeat(10_000);
        let (dir, _) = written_by(&[&told, b"", b"And more."], Packer::storing);
        let path = dir.path().join("packed");
        let mut packer = Packer::new(File::options().append(true).open(&path).unwrap());
        packer.push(b" And this.").unwrap();
        packer.finish().unwrap();
        assert_eq!(read(File::open(&path).unwrap()).unwrap(), [&told[..], b"And more. And this."].concat());
        File::options().write(true).open(&path).unwrap().set_len(70_000).unwrap();
        assert!(read(File::open(path).unwrap()).is_err());
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
        assert!(unpack(b"ferry", <[u8]>::len).is_err());
    }
}
