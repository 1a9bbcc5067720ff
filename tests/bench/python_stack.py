"""The same work with the usual Python libraries, to set the program's speed beside theirs.

    pip install spacy datasketch rapidfuzz
    python tests/bench/python_stack.py synth/documents/*.jsonl.gz --documents 1000

Names by spaCy's small model, reprints by datasketch, stories by the rare capitalised words that documents share, and
within a story every two sentences of two documents by rapidfuzz. It finds no claims, gives no verdicts and scores
nobody: it does less than the program. Prints the processor seconds of each step and what that makes a megabyte of text.

Where `en_core_web_sm` is not installed, a model of the same shape with random weights takes its place: the same
arithmetic in the same time, and no names worth having (nothing here hangs on them).
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from itertools import combinations

import spacy
from datasketch import MinHash, MinHashLSH
from rapidfuzz import fuzz, process

SHINGLE = 5
PERMUTATIONS = 128
REPRINT = 0.5
#: Documents that share so many words of names, each known to few documents, tell one story.
SHARED, RARE = 3, 40
LIKE = 60
NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
LABELS = ("PERSON", "ORG", "GPE", "DATE", "CARDINAL", "MONEY", "LOC", "NORP", "TIME", "QUANTITY")


def read(paths, limit):
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if limit == 0:
                    return
                limit -= 1
                yield json.loads(line)["text"]


def model():
    """The small model without what names do not need; the second value says which it is."""
    try:
        return spacy.load("en_core_web_sm", exclude=["parser", "lemmatizer", "tagger", "attribute_ruler"]), "trained"
    except OSError:
        nlp = spacy.blank("en")
        ner = nlp.add_pipe("ner")
        for label in LABELS:
            ner.add_label(label)
        nlp.initialize()
        return nlp, "random weights"


def sentences(texts, nlp):
    """The sentences of each document; names are found and thrown away."""
    if "sentencizer" not in nlp.pipe_names:
        nlp.add_pipe("sentencizer")
    found = []
    for document in nlp.pipe(texts, batch_size=64):
        _ = [(name.text, name.label_) for name in document.ents]
        found.append([sentence.text for sentence in document.sents])
    return found


def reprints(texts):
    index, pairs = MinHashLSH(threshold=REPRINT, num_perm=PERMUTATIONS), 0
    for number, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch({" ".join(words[at : at + SHINGLE]).encode() for at in range(len(words))})
        pairs += len(index.query(sketch))
        index.insert(str(number), sketch)
    return pairs


def stories(texts):
    """Pairs of documents of one story."""
    names = [set(NAME.findall(text)) for text in texts]
    known = Counter(name for document in names for name in document)
    holders = defaultdict(list)
    for number, document in enumerate(names):
        for name in document:
            if known[name] <= RARE:
                holders[name].append(number)
    shared = Counter(pair for numbers in holders.values() for pair in combinations(numbers, 2))
    return [pair for pair, names in shared.items() if names >= SHARED]


def matches(pairs, told):
    scores = (process.cdist(told[a], told[b], scorer=fuzz.token_sort_ratio, score_cutoff=LIKE) for a, b in pairs)
    return sum(int((score > 0).sum()) for score in scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", help="JSON Lines with a field `text`, also .gz")
    parser.add_argument("--documents", type=int, default=-1, help="how many; all where it is not said")
    arguments = parser.parse_args()
    texts = list(read(arguments.files, arguments.documents))
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    nlp, kind = model()
    print(f"{len(texts)} documents, {megabytes:.1f} MB of text; spaCy {spacy.__version__}, {kind}\n")
    print("| step | CPU s | MB a CPU s | found |\n|---|---:|---:|---:|")
    began = time.process_time()

    def step(name, work, *inputs):
        start = time.process_time()
        done = work(*inputs)
        row(name, time.process_time() - start, done if isinstance(done, int) else len(done))
        return done

    def row(name, seconds, found):
        print(f"| {name} | {seconds:.2f} | {megabytes / seconds:.4f} | {found} |", flush=True)

    told = step("names and sentences, spaCy", sentences, texts, nlp)
    step("reprints, datasketch", reprints, texts)
    pairs = step("stories", stories, texts)
    step("like sentences, rapidfuzz", matches, pairs, told)
    row("all", time.process_time() - began, "")


if __name__ == "__main__":
    main()
