"""Questions without a run: what documents claim, how two texts stand to each other, whom to trust."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from variorum import _variorum, options
from variorum.options import Path, Value
from variorum.table import Table, stream_of


def extract(
    batch: Any,
    *,
    rules: Path | None = None,
    set: Mapping[str, Value] | None = None,
) -> Table:
    """The claims of documents: one row a mention.

    Args:
        batch: a table with the columns ``document`` (its name) and ``text``, and where known ``source``, ``title``,
            ``published`` (a day as written), ``url``, ``language``, ``html``. What a source repeats *within this table*
            is taken for page furniture.
        rules: a folder of rules.
        set: single keys of rules.

    Returns:
        A row a mention, by document in the order given, then by place: mention_id, document, source, line (from 1),
        start and end (byte offsets into the text), attribute, subject, value, unit, time, place, speaker, modality,
        polarity, text.
    """
    words = [*options.words({"rules": rules}), *options.settings(set)]
    return Table(_variorum.extract(stream_of(batch), words))


def compare(pairs: Any, *, asserted: bool = True, rules: Path | None = None) -> Table:
    """Says of pairs of texts how they stand to each other.

    Args:
        pairs: a table ``id, left, right``, a row two texts.
        asserted: you vouch that the two are about the same thing; otherwise only their words count, as in a run.
        rules: a folder of rules.

    Returns:
        id, verdict (agrees, less-precise, variant, contradicts, not-comparable), kind, rule, score (chance between 0
        and 1 that they contradict), why; one row a pair, in the order given.
    """
    folder = None if rules is None else os.fspath(rules)
    return Table(_variorum.compare(stream_of(pairs), asserted, folder))


@dataclass(frozen=True)
class Fused:
    """What truth discovery found."""

    trust: Table
    """One row a source: source, trust, low, high (shares of 1, 95 %), claims, disputed, accepted, mirrors."""
    beliefs: Table
    """One row a value of an item: item, value, belief (share of 1), accepted (0 or 1), claims."""
    model: str
    """The model that was used."""
    why: str
    """Why it was."""


def fuse(
    table: Any,
    *,
    model: str = "auto",
    list: str | None = None,
    path: str | None = None,
    near: float | None = None,
) -> Fused:
    """Finds whom to trust and what to believe from claims that came from anywhere.

    Args:
        table: ``source, item, value`` and where known ``weight`` (in (0, 1]), ``time``, ``group``; a row a claim.
        model: auto, majority, bayes, dense, dawid-skene, catd, truth-finder or numeric.
        list: values are lists with this between their parts.
        path: values are paths with this between their steps, the widest first; found out where it and the model
            are left open, and not where it is empty.
        near: numbers support each other up to this relative distance, such as 0.1.
    """
    trust, beliefs, used, why = _variorum.fuse(stream_of(table), model, (list, path, near))
    return Fused(Table(trust), Table(beliefs), used, why)
