//! All findings of a story, in order. A story that thousands tell has a million of them: past a few thousand they are
//! packed, and unpacked a few hundred at a time whenever they are looked at.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use crate::claim::Kind;
use crate::document::Span;
use crate::store::packed::{pack, unpack};

/// Findings that are kept as they are, until they are packed.
const LOOSE: usize = 1 << 14;
/// Findings that are packed, and unpacked, together.
const PACKET: usize = 1 << 9;

/// Findings, the first of them packed where they are many.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    packets: Vec<Packet>,
    loose: Vec<Finding>,
}

impl Findings {
    /// Adds one at the end.
    pub fn push(&mut self, finding: Finding) {
        self.loose.push(finding);
        if self.loose.len() == LOOSE {
            self.packets.extend(packets(&self.loose));
            self.loose.clear();
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Finding>> {
        let packed = self.packets.iter().flat_map(Packet::open).map(Cow::Owned);
        packed.chain(self.loose.iter().map(Cow::Borrowed))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty() && self.loose.is_empty()
    }

    /// Whether all that is packed can be unpacked, where it was read back from the disk.
    pub fn are_whole(&self) -> bool {
        self.packets.iter().all(|packet| packet.findings().is_some())
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = Box<dyn Iterator<Item = Finding>>;

    /// What is packed goes as it was looked at.
    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.packets.into_iter().flat_map(|packet| packet.open()).chain(self.loose))
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        findings.into_iter().fold(Self::default(), |mut all, finding| {
            all.push(finding);
            all
        })
    }
}

/// Some findings, packed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Packet(Vec<u8>);

fn packets(findings: &[Finding]) -> impl Iterator<Item = Packet> {
    findings.chunks(PACKET).map(|some| {
        let bytes = postcard::to_allocvec(some).unwrap_or_else(|error| unreachable!("findings are plain: {error}"));
        Packet(pack(&bytes))
    })
}

impl Packet {
    fn findings(&self) -> Option<Vec<Finding>> {
        unpack(&self.0, |bytes| postcard::from_bytes(bytes).ok()).ok().flatten()
    }

    fn open(&self) -> Vec<Finding> {
        self.findings().unwrap_or_else(|| unreachable!("packed here, or seen to be whole"))
    }
}

/// Findings as they are made, on their way to their order.
#[derive(Debug, Default)]
pub struct Gathered {
    runs: Vec<Vec<Packet>>,
    loose: Vec<Finding>,
}

impl Gathered {
    /// Takes one.
    pub fn push(&mut self, finding: Finding) {
        self.loose.push(finding);
        if self.loose.len() == LOOSE {
            self.loose.sort_by(order);
            self.runs.push(packets(&self.loose).collect());
            self.loose.clear();
        }
    }

    /// All of them, sorted by place. A word that a sentence holds twice says what it says once.
    pub fn sorted(mut self) -> Findings {
        self.loose.sort_by(order);
        let mut sorted = Findings::default();
        let mut last: Option<Finding> = None;
        for finding in merged(self.runs, self.loose) {
            match &mut last {
                Some(last) if place(last) == place(&finding) => {}
                last => {
                    if let Some(before) = last.replace(finding) {
                        sorted.push(before);
                    }
                }
            }
        }
        if let Some(last) = last {
            sorted.push(last);
        }
        sorted
    }
}

/// Sorted runs as one; of equals those of an earlier run stand first.
fn merged(runs: Vec<Vec<Packet>>, loose: Vec<Finding>) -> impl Iterator<Item = Finding> {
    let runs = runs
        .into_iter()
        .map(|run| Box::new(run.into_iter().flat_map(|packet| packet.open())) as Box<dyn Iterator<Item = _>>);
    let mut sources: Vec<_> = runs.chain([Box::new(loose.into_iter()) as Box<dyn Iterator<Item = _>>]).collect();
    let draw = |source: &mut Box<dyn Iterator<Item = Finding>>, run| {
        source.next().map(|finding| Reverse(Head { finding, run }))
    };
    let mut heads: BinaryHeap<Reverse<Head>> =
        (0..).zip(&mut sources).filter_map(|(run, source)| draw(source, run)).collect();
    std::iter::from_fn(move || {
        let Reverse(Head { finding, run }) = heads.pop()?;
        heads.extend(draw(&mut sources[run], run));
        Some(finding)
    })
}

/// The next finding of a run.
struct Head {
    finding: Finding,
    run: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&self.finding, &other.finding).then(self.run.cmp(&other.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// What tells the two passages of a finding from others.
pub type Passages = ((u32, Span), (u32, Span));

/// The two passages of a finding.
pub fn passages(finding: &Finding) -> Passages {
    (finding.a.key(), finding.b.key())
}

fn place(finding: &Finding) -> (Passages, Kind, &str, &str, &str) {
    (passages(finding), finding.kind, &finding.attribute, &finding.a.value, &finding.b.value)
}

fn order(x: &Finding, y: &Finding) -> Ordering {
    place(x).cmp(&place(y)).then_with(|| (x.verdict, &x.rule, &x.why).cmp(&(y.verdict, &y.rule, &y.why)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Modality;
    use crate::compare::finding::Passage;
    use crate::comparison::Verdict;

    fn finding(number: usize) -> Finding {
        let passage = |member: usize| Passage {
            member: member as u32,
            span: Span::new(member, member + 9),
            line: 1,
            value: "31".into(),
            modality: Modality::Reported,
            speaker: None,
        };
        let scattered = number.wrapping_mul(7_919) % 1_009;
        Finding {
            verdict: Verdict::Agrees,
            kind: Kind::Number,
            attribute: "toll".into(),
            a: passage(scattered),
            b: passage(number % 31),
            diff: number.to_string(),
            rule: "number".into(),
            why: "both say 31".into(),
            overtaken: None,
            confidence: None,
        }
    }

    #[test]
    fn many_findings_come_in_the_order_of_few() {
        for count in [0, 1, 1_000, 2 * LOOSE + 1_000] {
            let mut gathered = Gathered::default();
            (0..count).map(finding).for_each(|finding| gathered.push(finding));
            let mut expected: Vec<Finding> = (0..count).map(finding).collect();
            expected.sort_by(order);
            expected.dedup_by(|x, y| place(x) == place(y));
            let sorted = gathered.sorted();
            assert!(sorted.iter().map(Cow::into_owned).eq(expected.iter().cloned()), "{count}");
            assert!(sorted.are_whole());
            assert!(sorted.into_iter().eq(expected), "{count}");
        }
    }

    #[test]
    fn damaged_findings_are_no_whole_ones() {
        let mut findings: Findings = (0..LOOSE).map(finding).collect();
        assert!(findings.are_whole() && findings.loose.is_empty());
        findings.packets[3].0.truncate(9);
        assert!(!findings.are_whole());
    }
}
