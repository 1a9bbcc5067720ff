//! What tells prose from furniture, one number each, and how the numbers are weighed.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::run::best_run;
use super::shape::{End, Shape};
use super::survey::{Mark, Survey};
use super::{Rules, tables};

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The evidence about one block; zero where there is none.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
        pub struct Features { $($(#[$doc])* pub $name: f32,)* }

        /// What each unit of evidence is worth, in natural log odds for prose against furniture of one place
        /// (a table of `[weights]` in `rules/clean.toml`).
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Weights {
            /// Which furniture it is.
            pub about: String,
            $($(#[$doc])* pub $name: f32,)*
        }

        impl Features {
            /// The names, in the order of [`Features::values`].
            pub const NAMES: &[&str] = &[$(stringify!($name),)*];

            /// The numbers, in the order of [`Features::NAMES`].
            pub fn values(&self) -> Vec<f32> { vec![$(self.$name,)*] }

            /// The log odds that the block is prose and no furniture of that place, its neighbours aside.
            pub fn log_odds(&self, weights: &Weights) -> f32 { 0.0 $(+ self.$name * weights.$name)* }
        }
    };
}

features! {
    /// Always 1.
    bias,
    /// ln(1 + words).
    words,
    /// At least ten words.
    ten_words,
    /// At least twenty-five words.
    many_words,
    /// Ends with a full stop or exclamation mark.
    stop,
    /// The same, with ten words or more.
    sentence,
    /// Ends with a question mark.
    question,
    /// Ends with dots.
    ellipsis,
    /// Ends with a colon.
    colon,
    /// Sentences beyond the first, at most four, in quarters.
    sentences,
    /// Share of function words.
    function,
    /// Share of words in the first or second person.
    person,
    /// Share of capitalised words.
    capitals,
    /// Share of words that begin with a figure.
    figures,
    /// Has quotation marks.
    quotes,
    /// Bars and arrows, at most three.
    bars,
    /// Has words glued together.
    glued,
    /// Commas, at most three, in thirds.
    commas,
    /// Has brackets.
    brackets,
    /// Has a dash between words.
    dashed,
    /// Begins with a word or two and a colon.
    labelled,
    /// Begins with a small letter.
    starts_small,
    /// Begins with a figure.
    starts_figure,
    /// A phrase of the lexicon is the whole line or opens it.
    named,
    /// A phrase of the lexicon stands somewhere in it.
    hinted,
    /// The credit of a photograph.
    credited,
    /// Looks like a byline or a date.
    dated,
    /// The line before does.
    after_dated,
    /// Opens with an agency's place and dash.
    agency_lead,
    /// The line before is named furniture.
    after_named,
    /// The line behind is named furniture.
    before_named,
    /// log2(1 + other stories of the source that it stands on), at most 3.
    repeated,
    /// log2(1 + other sources that it stands in), at most 3.
    common,
    /// log2(1 + other stories of the source), at most 2, where it stands on none of them.
    fresh,
    /// Stands twice or oftener on this page.
    doubled,
    /// Lies in the best run of lines.
    in_run,
    /// Lies in the run and is no sentence.
    scrap_in_run,
    /// ln(1 + lines) between it and the run that follows.
    before_run,
    /// ln(1 + lines) between it and the run that it follows.
    after_run,
    /// Behind the run, and a heading of furniture (comments, related stories…) lies between.
    behind_heading,
    /// A heading of readers' comments stands above, behind the first sentences of the run.
    behind_comments,
    /// A heading of other stories stands above, behind the first sentences of the run.
    behind_related,
    /// Share of the page's words in sentences that stand above.
    share_above,
    /// The same times the share of words in the first or second person.
    person_late,
    /// Words of a caption stand in it.
    pictured,
    /// ln(1 + words) of the line before.
    words_before,
    /// ln(1 + words) of the line behind.
    words_behind,
    /// A heading of furniture is among the five lines before.
    near_heading,
    /// Share of its topic words that the run uses elsewhere.
    topical,
    /// The same, for ten words or more.
    topical_sentence,
    /// The line before is a sentence.
    after_sentence,
    /// The line behind is a sentence.
    before_sentence,
    /// Share of sentences among the three lines on each side.
    among_sentences,
    /// Share of its neighbours, two on each side, that are about as long.
    like_neighbours,
    /// log2(1 + lines above it with little more than a name, a day or a time of day), at most 4.
    stamps_above,
    /// Share of words in sentences among the eight lines on each side.
    thick,
    /// Share of the five lines before that stand in other stories or sources.
    repeats_before,
    /// Share of the five lines behind that do.
    repeats_behind,
    /// Words in sentences between the repeated lines around it, as a share of the most there are in one place.
    stretch,
    /// A sentence that tells a full day with its year, as captions do.
    full_day,
    /// Behind the first two sentences, log2(lines with little more than a name, a day or a time of day) of the thread of
    /// comments that it stands in, at most 4: three or more such lines, none far from the next.
    thread,
    /// Share of topic words that the run uses elsewhere, among the four lines on each side and itself, by their words.
    topical_around,
    /// A sentence with none before and none behind it, as teasers between headlines are.
    lone,
    /// Share of such sentences among the six lines on each side.
    lone_around,
    /// log2(1 + signs of furniture since the last sentence without one), at most 4: phrases, bylines and dates, bars.
    signs_above,
    /// The same until the next such sentence.
    signs_behind,
    /// Share of lines with such signs among the eight on each side.
    signs_around,
    /// The same of at least forty-five words.
    lone_long,
    /// Share of lines with words glued together among the six on each side.
    glued_around,
    /// log2(1 + lines of four to eighteen words without a final mark that stand one behind the other here), at most 4.
    listed,
    /// Below a heading of readers' comments that a name or a time follows at once.
    discussed,
    /// Has addresses of pages or persons.
    linked,
    /// Begins with a function word.
    starts_function,
}

/// The evidence about every block of a page.
pub(crate) fn features(survey: &Survey, rules: &Rules) -> Vec<Features> {
    let page = PageView::of(survey, rules);
    (0..survey.blocks.len()).map(|at| page.features(at)).collect()
}

/// What the evidence about one block needs to know of the rest of the page.
struct PageView<'s> {
    survey: &'s Survey<'s>,
    run: std::ops::Range<usize>,
    lines: FxHashMap<u32, u32>,
    /// For each block, the last heading of furniture before it.
    headings: Vec<Option<usize>>,
    /// The first headings of related stories and of comments behind the first sentences.
    tails: [Option<usize>; 2],
    /// For each block, the lines above it that are little more than a name, a day or a time of day.
    stamps: Vec<u32>,
    /// For each block, the words and the words in sentences above it; last, those of the page.
    words: Vec<(u32, u32)>,
    /// For each block, the share of the longest stretch without repeats.
    stretches: Vec<f32>,
    /// For each block, the stamps of the thread of comments it stands in.
    threads: Vec<u32>,
    /// For each block, the share of its topic words that the run uses elsewhere.
    topical: Vec<f32>,
    /// For each block, whether it is a sentence between two lines that are none.
    lone: Vec<bool>,
    /// For each block, the signs of furniture between it and the last sentence without one, and the next such sentence.
    signs_apart: [Vec<u32>; 2],
    /// For each block, the signs above it; last, those of the page.
    signs: Vec<u32>,
    /// For each block, the lines of the list that it stands in.
    listed: Vec<u32>,
    /// Heading of the readers' comments.
    discussion: Option<usize>,
}

impl<'s> PageView<'s> {
    fn of(survey: &'s Survey<'s>, rules: &Rules) -> Self {
        let run = best_run(survey, &rules.tables.run);
        let mut topics = FxHashMap::default();
        run.clone().for_each(|at| survey.topics(at).iter().for_each(|t| *topics.entry(*t).or_insert(0) += 1));
        let mut lines = FxHashMap::default();
        survey.marks.iter().for_each(|m| *lines.entry(m.hash).or_insert(0) += 1);
        let mut last = None;
        let headings = (0..survey.blocks.len()).map(|at| {
            let before = last;
            if survey.marks[at].heads_furniture {
                last = Some(at);
            }
            before
        });
        let headings = headings.collect();
        let tails = [tables::RELATED, tables::COMMENTS].map(|kind| tail(survey, &run, kind));
        let (stamps, words, stretches) = (stamps_above(survey), words_above(survey), stretches(survey));
        let (threads, lone) = (threads(survey), lone(survey));
        let topical = (0..survey.blocks.len()).map(|at| topical(survey, at, &run, &topics)).collect();
        let (signs_apart, signs) = (signs_apart(survey), signs_above(survey));
        Self {
            survey,
            headings,
            tails,
            stamps,
            words,
            stretches,
            threads,
            topical,
            lone,
            signs_apart,
            signs,
            listed: listed(survey),
            discussion: survey.discussion(),
            run,
            lines,
        }
    }

    fn features(&self, at: usize) -> Features {
        let shape = &self.survey.shapes.shapes[at];
        let mut features = shape_features(shape);
        mark_features(&mut features, &self.survey.marks[at], self.survey.others);
        features.doubled = flag(self.lines.get(&self.survey.marks[at].hash).is_some_and(|n| *n > 1));
        self.place(at, &mut features);
        self.neighbours(at, &mut features);
        features.topical = self.topical[at];
        features.topical_sentence = if shape.words >= 10 { features.topical } else { 0.0 };
        features
    }

    fn place(&self, at: usize, features: &mut Features) {
        let distance = |lines: usize| (1.0 + lines as f32).ln();
        features.in_run = flag(self.run.contains(&at));
        features.scrap_in_run = features.in_run * (1.0 - features.sentence);
        if at < self.run.start {
            features.before_run = distance(self.run.start - at);
        } else if at >= self.run.end {
            features.after_run = distance(at + 1 - self.run.end);
            features.behind_heading = flag(self.headings[at].is_some_and(|h| h + 1 >= self.run.end));
        }
        let [related, comments] = self.tails.map(|tail| flag(tail.is_some_and(|t| t < at)));
        (features.behind_related, features.behind_comments) = (related, comments);
        features.share_above = self.words[at].1 as f32 / self.words[self.words.len() - 1].1.max(1) as f32;
        features.person_late = features.share_above * features.person;
        features.stamps_above = doublings(self.stamps[at]).min(4.0);
        features.stretch = self.stretches[at];
        features.near_heading = flag(self.headings[at].is_some_and(|h| at - h <= 5));
    }

    fn neighbours(&self, at: usize, features: &mut Features) {
        let count = self.survey.blocks.len();
        let shape = |i: usize| &self.survey.shapes.shapes[i];
        let sentence = |i: usize| is_sentence(shape(i));
        features.after_sentence = flag(at > 0 && sentence(at - 1));
        features.before_sentence = flag(at + 1 < count && sentence(at + 1));
        let words = |i: usize| (1.0 + shape(i).words as f32).ln();
        features.words_before = if at > 0 { words(at - 1) } else { 0.0 };
        features.words_behind = if at + 1 < count { words(at + 1) } else { 0.0 };
        features.after_dated = flag(at > 0 && self.survey.marks[at - 1].dated);
        features.after_named = flag(at > 0 && self.survey.marks[at - 1].named.is_some());
        features.before_named = flag(at + 1 < count && self.survey.marks[at + 1].named.is_some());
        let around = at.saturating_sub(3)..(at + 4).min(count);
        features.among_sentences = around.filter(|i| *i != at && sentence(*i)).count() as f32 / 6.0;
        features.thick = self.thickness(at.saturating_sub(8)..(at + 9).min(count));
        let repeats = |range: std::ops::Range<usize>| range.filter(|i| self.survey.marks[*i].is_repeated()).count();
        features.repeats_before = repeats(at.saturating_sub(5)..at) as f32 / 5.0;
        features.repeats_behind = repeats(at + 1..(at + 6).min(count)) as f32 / 5.0;
        features.thread = (self.threads[at] as f32).max(1.0).log2().min(4.0);
        features.topical_around = self.topical_around(at.saturating_sub(4)..(at + 5).min(count));
        features.lone = flag(self.lone[at]);
        let around = at.saturating_sub(6)..(at + 7).min(count);
        features.lone_around = around.filter(|i| *i != at && self.lone[*i]).count() as f32 / 6.0;
        features.discussed = flag(self.discussion.is_some_and(|from| from < at));
        features.lone_long = flag(self.lone[at] && shape(at).words >= 45);
        let around = at.saturating_sub(6)..(at + 7).min(count);
        features.glued_around = around.filter(|i| *i != at && shape(*i).glued > 0).count() as f32 / 12.0;
        features.listed = doublings(self.listed[at]).min(4.0);
        let [above, behind] = [0, 1].map(|side| doublings(self.signs_apart[side][at]).min(4.0));
        (features.signs_above, features.signs_behind) = (above, behind);
        let signs = self.signs[(at + 9).min(count)] - self.signs[at.saturating_sub(8)];
        features.signs_around = (signs - u32::from(is_sign(self.survey, at))) as f32 / 16.0;
        let near = at.saturating_sub(2)..(at + 3).min(count);
        let own = shape(at).words;
        let alike = |i: usize| 2 * shape(i).words.min(own) >= shape(i).words.max(own);
        features.like_neighbours = near.filter(|i| *i != at && alike(*i)).count() as f32 / 4.0;
    }

    /// Share of words in sentences.
    fn thickness(&self, blocks: std::ops::Range<usize>) -> f32 {
        let ((all, told), (all_before, told_before)) = (self.words[blocks.end], self.words[blocks.start]);
        (told - told_before) as f32 / (all - all_before).max(1) as f32
    }

    /// How topical the blocks are, each by its words.
    fn topical_around(&self, blocks: std::ops::Range<usize>) -> f32 {
        let words = |at: usize| self.survey.shape(at).words as f32;
        let (sum, all) =
            blocks.fold((0.0, 0.0), |(sum, all), at| (sum + words(at) * self.topical[at], all + words(at)));
        sum / f32::max(all, 1.0)
    }
}

/// Share of topic words that another block of the run uses, half a word added on either side.
fn topical(survey: &Survey, at: usize, run: &std::ops::Range<usize>, known: &FxHashMap<u32, u32>) -> f32 {
    let own = u32::from(run.contains(&at));
    let topics = survey.topics(at);
    let shared = topics.iter().filter(|t| known.get(*t).is_some_and(|n| *n > own)).count();
    (shared as f32 + 0.5) / (topics.len() as f32 + 1.5)
}

/// For each block, how many stamps the thread of comments has that it stands in: lines with little more than a name, a day
/// or a time of day, each within twelve lines of the next. Behind the last one, a comment has six lines. Three one behind
/// the other are a list of dates, such as those of a tour.
fn threads(survey: &Survey) -> Vec<u32> {
    const APART: usize = 12;
    const COMMENT: usize = 6;
    let count = survey.blocks.len();
    let mut found = vec![0; count];
    let all_stamped =
        |lines: std::ops::Range<usize>| lines.end <= count && survey.marks[lines].iter().all(|m| m.stamped);
    let is_listed = |at: usize| (at.saturating_sub(2)..=at).any(|first| all_stamped(first..first + 3));
    let stamps: Vec<usize> = (0..count).filter(|at| survey.marks[*at].stamped && !is_listed(*at)).collect();
    for thread in stamps.chunk_by(|a, b| b - a <= APART).filter(|thread| thread.len() >= 3) {
        let end = (thread[thread.len() - 1] + COMMENT).min(count);
        found[thread[0]..end].fill(thread.len() as u32);
    }
    let second = (0..count).filter(|at| is_sentence(survey.shape(*at))).nth(1);
    found[..second.map_or(count, |at| at + 1)].fill(0);
    found
}

/// A line that shows furniture whatever the source's other pages say: a list of the article's own has few.
fn is_sign(survey: &Survey, at: usize) -> bool {
    let mark = &survey.marks[at];
    mark.named.is_some() || mark.dated || survey.shape(at).bars > 0
}

fn signs_apart(survey: &Survey) -> [Vec<u32>; 2] {
    let count = survey.blocks.len();
    let apart = |order: &mut dyn Iterator<Item = usize>| {
        let (mut found, mut signs) = (vec![0; count], 0);
        for at in order {
            found[at] = signs;
            let sign = is_sign(survey, at);
            signs = if is_sentence(survey.shape(at)) && !sign { 0 } else { signs + u32::from(sign) };
        }
        found
    };
    [apart(&mut (0..count)), apart(&mut (0..count).rev())]
}

/// For each block, how many lines of a few words without a final mark stand one behind the other, itself included.
fn listed(survey: &Survey) -> Vec<u32> {
    let count = survey.blocks.len();
    let is_item = |at: usize| (4..=18).contains(&survey.shape(at).words) && survey.shape(at).end == End::Open;
    let mut found = vec![0; count];
    let mut from = 0;
    for at in 0..=count {
        if at == count || !is_item(at) {
            found[from..at].fill((at - from) as u32);
            from = at + 1;
        }
    }
    found
}

fn signs_above(survey: &Survey) -> Vec<u32> {
    let count = |signs: &mut u32, at: usize| {
        *signs += u32::from(is_sign(survey, at));
        Some(*signs)
    };
    std::iter::once(0).chain((0..survey.blocks.len()).scan(0, count)).collect()
}

/// For each block, whether it is a sentence with none before and none behind it.
fn lone(survey: &Survey) -> Vec<bool> {
    let is_told = |at: usize| at < survey.blocks.len() && is_sentence(survey.shape(at));
    let is_lone = |at: usize| is_told(at) && !is_told(at + 1) && (at == 0 || !is_told(at - 1));
    (0..survey.blocks.len()).map(is_lone).collect()
}

/// The first line of a kind of furniture behind three sentences of the run.
fn tail(survey: &Survey, run: &std::ops::Range<usize>, kind: usize) -> Option<usize> {
    let sentences = (run.start..survey.blocks.len()).filter(|at| is_sentence(survey.shape(*at)));
    let third = sentences.take(3).last()?;
    let heads = |at: &usize| {
        let mark = &survey.marks[*at];
        mark.heads_furniture && mark.named.is_some_and(|(_, named)| named == kind)
    };
    (third..survey.blocks.len()).find(heads)
}

fn stamps_above(survey: &Survey) -> Vec<u32> {
    let mut stamps = 0;
    let above = |mark: &Mark| {
        stamps += u32::from(mark.stamped);
        stamps - u32::from(mark.stamped)
    };
    survey.marks.iter().map(above).collect()
}

fn words_above(survey: &Survey) -> Vec<(u32, u32)> {
    let (mut all, mut told) = (0, 0);
    let above = |shape: &Shape| {
        all += shape.words;
        told += sentence_words(shape);
        (all, told)
    };
    std::iter::once((0, 0)).chain(survey.shapes.shapes.iter().map(above)).collect()
}

/// For each block, the words in sentences of its stretch without repeats, as a share of the longest; zero where no other
/// pages are known.
fn stretches(survey: &Survey) -> Vec<f32> {
    let count = survey.blocks.len();
    let mut found = vec![0.0; count];
    if survey.others == 0 {
        return found;
    }
    let mut from = 0;
    for at in 0..=count {
        if at == count || survey.marks[at].is_repeated() {
            let sum: u32 = (from..at).map(|i| sentence_words(survey.shape(i))).sum();
            found[from..at].fill(sum as f32);
            from = at + 1;
        }
    }
    let most = found.iter().copied().fold(1.0, f32::max);
    found.iter().map(|sum| sum / most).collect()
}

fn doublings(count: u32) -> f32 {
    (1.0 + count as f32).log2()
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Its words, where it is a sentence.
fn sentence_words(shape: &Shape) -> u32 {
    if is_sentence(shape) { shape.words } else { 0 }
}

/// Ten words or more, with a final mark.
pub(crate) fn is_sentence(shape: &Shape) -> bool {
    shape.words >= 10 && matches!(shape.end, End::Stop | End::Question)
}

fn shape_features(shape: &Shape) -> Features {
    let words = shape.words.max(1) as f32;
    Features {
        bias: 1.0,
        words: (1.0 + words).ln(),
        ten_words: flag(shape.words >= 10),
        many_words: flag(shape.words >= 25),
        stop: flag(shape.end == End::Stop),
        sentence: flag(is_sentence(shape)),
        question: flag(shape.end == End::Question),
        ellipsis: flag(shape.end == End::Ellipsis),
        colon: flag(shape.end == End::Colon),
        sentences: shape.stops.saturating_sub(1).min(4) as f32 / 4.0,
        function: shape.function as f32 / words,
        person: shape.person as f32 / words,
        capitals: shape.capitals as f32 / words,
        figures: shape.figures as f32 / words,
        quotes: flag(shape.quotes > 0),
        bars: shape.bars.min(3) as f32,
        glued: flag(shape.glued > 0),
        commas: shape.commas.min(3) as f32 / 3.0,
        brackets: flag(shape.brackets > 0),
        dashed: flag(shape.dashes > 0),
        linked: flag(shape.links > 0),
        starts_function: flag(shape.starts_function),
        labelled: flag(shape.label > 0 && shape.label < shape.words),
        starts_small: flag(shape.starts_small),
        starts_figure: flag(shape.starts_figure),
        ..Features::default()
    }
}

fn mark_features(features: &mut Features, mark: &Mark, others: u32) {
    features.named = flag(mark.is_named());
    features.hinted = flag(mark.is_hinted());
    features.credited = flag(mark.credited);
    features.dated = flag(mark.dated);
    features.agency_lead = flag(mark.agency_lead);
    features.full_day = flag(mark.full_day);
    features.pictured = flag(mark.hits.of(tables::CAPTION).is_some());
    features.repeated = doublings(mark.stories).min(3.0);
    features.common = doublings(mark.sources).min(3.0);
    features.fresh = if mark.stories == 0 { doublings(others).min(2.0) } else { 0.0 };
}
