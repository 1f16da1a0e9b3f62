"""Facet counts: how many listings each further choice would give."""

from __future__ import annotations

import numpy as np

from attune.directory.fit import Fit
from attune.directory.results import Facets
from attune.directory.snapshot import Flags
from attune.model.wishes import Field

_SETS = (Field.APPROACH, Field.CONCERN, Field.LANGUAGE, Field.CLIENT_TYPE, Field.GENDER)
_YES = (Field.SLIDING_SCALE, Field.INSURANCE, Field.FREE_CONSULTATION)


def count_facets(fit: Fit) -> Facets:
    """Return the counts by field and value, each under all wishes but those of its own field; zeros are left out."""
    counts: dict[Field, dict[str, int]] = {}
    whole = fit.mask()
    for field in _SETS:
        counts[field] = _set_counts(fit, field, _others(fit, field, whole))
    for field in _YES:
        there = fit.table[field.value][_others(fit, field, whole)]
        counts[field] = {"true": int(np.count_nonzero(there == 1))}
    others = _others(fit, Field.FORMAT, whole)
    counts[Field.FORMAT] = {name: int(np.count_nonzero(fit.table[name][others] == 1)) for name in ("online", "in_person")}
    accepting = fit.table["accepting"][_others(fit, Field.ACCEPTING, whole)]
    counts[Field.ACCEPTING] = {"true": int(np.count_nonzero(accepting == 0))}
    return {field: {value: count for value, count in values.items() if count} for field, values in counts.items()}


def _others(fit: Fit, field: Field, whole: Flags) -> Flags:
    return fit.mask({field}) if field in fit.filtering() else whole


def _set_counts(fit: Fit, field: Field, mask: Flags) -> dict[str, int]:
    column = fit.table[field.value][mask]
    bits = fit.snapshot.codes.codes(field.value)
    return {code: int(np.count_nonzero(column & (1 << bit))) for code, bit in bits.items()}
