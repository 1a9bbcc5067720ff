"""datasketch and rensa on the test bed of reprints: recall by kind, precision, documents a second.

cargo run --release --example reuse -- --out bed.jsonl
pip install datasketch rensa
python tests/tools/reuse_peers.py bed.jsonl
"""

import json
import re
import sys
import time

KINDS = ["verbatim", "furniture", "edited", "cut", "mixed", "two-sentences"]
SHINGLE, PERMUTATIONS, THRESHOLD = 5, 128, 0.5


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}


def datasketch_pairs(sets):
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = set()
    for at, words in enumerate(sets):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([word.encode() for word in words])
        pairs.update((other, at) for other in index.query(sketch))
        index.insert(at, sketch)
    return pairs


def rensa_pairs(sets):
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    pairs = set()
    for at, words in enumerate(sets):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(words))
        pairs.update((other, at) for other in index.query(sketch))
        index.insert(at, sketch)
    return pairs


def is_right(bed, sets, pair):
    a, b = pair
    if bed[a]["of"] == bed[b]["of"]:
        return True
    return 2 * len(sets[a] & sets[b]) >= max(1, min(len(sets[a]), len(sets[b])))


def main():
    bed = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    for name, find in [("datasketch", datasketch_pairs), ("rensa", rensa_pairs)]:
        begin = time.process_time()
        sets = [shingles(document["text"]) for document in bed]
        pairs = find(sets)
        seconds = time.process_time() - begin
        recall = {kind: [0, 0] for kind in KINDS}
        for at, document in enumerate(bed):
            if document["kind"] is not None:
                counts = recall[KINDS[document["kind"]]]
                counts[0] += (document["of"], at) in pairs
                counts[1] += 1
        right = sum(is_right(bed, sets, pair) for pair in pairs)
        shares = " ".join(f"{kind} {found / all_:.3f}" for kind, (found, all_) in recall.items())
        print(f"{name}: pairs {len(pairs)} precision {right / max(1, len(pairs)):.3f} recall {shares}")
        print(f"{name}: {len(bed) / seconds:.0f} documents/s of the processor")


main()
