#!/usr/bin/env python3
"""Stories held against ECB+ (Cybulska and Vossen 2014), whose topics have two look-alike events each.

    git clone https://github.com/tommasoc80/EventStoryLine
    python tests/bench/stories.py write EventStoryLine/ECB+_LREC2014/ECB+ ecb.jsonl
    variorum run ecb.jsonl -o ecb-run
    python tests/bench/stories.py score ecb.jsonl ecb-run/latest

Topics 36 to 45 are the test part and are left out. `score` prints B-cubed precision, recall and F (Bagga and Baldwin 1998) and the
share of pairs of two look-alike events that were joined into one story. ECB+ gives no dates but those in addresses.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from itertools import product
from pathlib import Path

LAST_TOPIC = 35
GLUED = re.compile(r"^([.,;:!?%)\]]|n't|'(s|re|ve|ll|d|m)?|’s?)$")
DAY = re.compile(r"/(20\d\d)[/-](\d\d?)[/-](\d\d?)")


def sentence(tokens: list[str]) -> str:
    """Tokens as a sentence: marks glued, quotation marks opened and closed, hyphens closed up."""
    text, inside, glue = "", False, True
    for token in tokens:
        if token in ("``", "''", '"', "“", "”"):
            text += '"' if inside else (" " if text else "") + '"'
            inside, glue = not inside, not inside
            continue
        text += token if glue or GLUED.match(token) or text.endswith(("(", "[", "$", "£")) else " " + token
        glue = False
    return re.sub(r"(?<=[0-9a-z]) - (?=[a-z0-9])", "-", text)


def document(path: Path) -> dict[str, str]:
    """One file as a record; of texts from the web the first sentence is the address, the second the title."""
    sentences: dict[int, list[str]] = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        sentences.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
    lines = [sentence(tokens) for _, tokens in sorted(sentences.items())]
    address = "".join(sentences[0]) if path.stem.endswith("plus") else ""
    record = {"id": path.stem, "source": path.stem, "title": "", "date": ""}
    if host := re.match(r"(?:https?:/*)?(?:www\.)?([^/]+)", address):
        day = DAY.search(address)
        lines = lines[1:]
        record |= {"source": host[1], "title": lines[0], "date": "-".join(day.groups()) if day else ""}
        lines = lines[1:]
    return record | {"text": "\n\n".join(" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2))}


def event(name: str) -> tuple[int, bool]:
    """The topic of a file, and which of its two events the file tells of."""
    return int(name.split("_")[0]), name.endswith("plus")


def write(folder: Path, corpus: Path) -> None:
    """The training and development topics as JSON Lines."""
    files = sorted(path for path in folder.glob("*/*.xml") if event(path.stem)[0] <= LAST_TOPIC)
    corpus.write_text("".join(json.dumps(document(path)) + "\n" for path in files), encoding="utf-8")
    print(f"{len(files)} documents")


def score(corpus: Path, run: Path) -> None:
    """How well the stories of a run are the events of the topics."""
    names = [json.loads(line)["id"] for line in corpus.read_text(encoding="utf-8").splitlines()]
    with open(run / "documents.csv", encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    pairs = [(row["story_id"] or row["document"], event(names[int(row["document"].split("#")[1]) - 1])) for row in rows]
    stories, events, both = Counter(story for story, _ in pairs), Counter(gold for _, gold in pairs), Counter(pairs)
    precision = sum(both[pair] / stories[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / events[pair[1]] for pair in pairs) / len(pairs)
    print(f"B-cubed P {precision:.3f} R {recall:.3f} F {2 * precision * recall / (precision + recall):.3f}")
    told = {gold: [story for story, other in pairs if other == gold] for gold in events}
    alike = [pair for topic in {topic for topic, _ in events} for pair in product(told.get((topic, False), []), told.get((topic, True), []))]
    joined = sum(left == right for left, right in alike)
    print(f"pairs of look-alike events joined: {joined} of {len(alike)} ({joined / len(alike):.3f})")


if __name__ == "__main__":
    {"write": write, "score": score}[sys.argv[1]](*map(Path, sys.argv[2:]))
