#!/usr/bin/env python3
"""A table of claims of any size with known truth, like boards of flights: the same bytes for the same arguments.

    python3 tests/bench/claims.py CLAIMS > claims.csv            one table
    python3 tests/bench/claims.py CLAIMS --gold > gold.csv       the truth of its items
    /usr/bin/time -v target/release/variorum fuse claims.csv -o fused

38 sites, of which six print what the first prints but for slips, follow 30 to 95 % of the items each and are right on 35 to
95 % of them; three times of four what is wrong is the popular error, otherwise one of forty minutes nearby.
"""
import sys

SITES, MIRRORS, SPREAD = 38, 6, 40
MASK = (1 << 64) - 1


def bits(seed, place):
    """SplitMix64 at a place of the sequence of a seed."""
    z = (seed * 0xD1B54A32D192ED03 + (place + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def share(seed, place):
    return (bits(seed, place) >> 11) / (1 << 53)


def minute(of):
    return f"{of // 60 % 24:02d}:{of % 60:02d}"


def claims(wanted, write):
    sites = [(0.3 + 0.65 * share(1, site), 0.35 + 0.6 * share(2, site)) for site in range(SITES)]
    # One draw tells all of a site and an item: sixteen bits whether it follows, sixteen whether it is right, the rest what is wrong.
    limits = [(int(follows * 65536), int(right * 65536)) for follows, right in sites]
    written = item = 0
    while written < wanted:
        truth = bits(3, item) % 1440
        popular = truth + 5 + item % 7
        first = None
        for site, (follows, right) in enumerate(limits):
            drawn = bits(site + 10, item)
            if drawn & 0xFFFF >= follows:
                continue
            slips = drawn >> 16 & 0xFFFF >= right
            said = truth if not slips else popular if drawn >> 32 & 3 else truth + 1 + (drawn >> 34) % SPREAD
            first = said if site == 0 else first
            if 0 < site <= MIRRORS and first is not None and drawn >> 40 & 0xFF:
                said = first
            write(f"site{site:02d},flight {item},{minute(said)}\n")
            written += 1
        item += 1


def gold(wanted, write):
    rows = []
    claims(wanted, rows.append)
    items = int(rows[-1].split(",")[1].split()[1]) + 1
    for item in range(items):
        write(f"flight {item},{minute(bits(3, item) % 1440)}\n")


def main():
    wanted = int(sys.argv[1])
    is_gold = "--gold" in sys.argv[2:]
    sys.stdout.write("item,value\n" if is_gold else "source,item,value\n")
    (gold if is_gold else claims)(wanted, sys.stdout.write)


main()
