//! Reads the numbers that the packed data files are written in.

/// Where each record of `data/akin.z` lies.
pub fn records(bytes: &[u8]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&[low, high]) = bytes.get(at..at + 2) {
        let end = (at + 2 + usize::from(u16::from_le_bytes([low, high]))).min(bytes.len());
        found.push((at as u32 + 2, end as u32));
        at = end;
    }
    found
}

/// Numbers written as differences in base 128, the first from `start`.
pub fn numbers(bytes: &[u8], start: u32) -> impl Iterator<Item = u32> + '_ {
    const MORE: u8 = 128;
    let (mut bytes, mut at) = (bytes.iter(), start);
    std::iter::from_fn(move || {
        let mut digit = *bytes.next()?;
        let mut place = 0;
        // Nearly all differences have one digit or two.
        while digit >= MORE {
            at += u32::from(digit % MORE) << place;
            place += 7;
            digit = *bytes.next()?;
        }
        at += u32::from(digit) << place;
        Some(at)
    })
}
