"""A specification as one SQLite statement over the table `xs(i, x)`, a common table expression for each operation."""

from scenarios.programs.spec import Op, Spec

_DIGITS = " + ".join(f"abs(x) / {10**place} % 10" for place in range(11))
_WHERE = {
    "even": "x % 2 = 0", "odd": "x % 2 <> 0", "above": "x > {k}", "at_least": "x >= {k}", "below": "x < {k}",
    "at_most": "x <= {k}", "multiple": "x % {k} = 0", "no_multiple": "x % {k} <> 0",
}  # fmt: skip
_CHANGED = {
    "add": "x + {k}", "subtract": "x - {k}", "times": "x * {k}", "square": "x * x", "negate": "-x", "absolute": "abs(x)",
    "digits": _DIGITS,
}  # fmt: skip
_ARRANGED = {
    "sort": "SELECT row_number() OVER (ORDER BY x) AS i, x FROM {t}",
    "sort_down": "SELECT row_number() OVER (ORDER BY x DESC) AS i, x FROM {t}",
    "reverse": "SELECT row_number() OVER (ORDER BY i DESC) AS i, x FROM {t}",
    "distinct": "SELECT min(i) AS i, x FROM {t} GROUP BY x",
    "first": "SELECT i, x FROM {t} ORDER BY i LIMIT {k}",
    "last": "SELECT i, x FROM {t} ORDER BY i DESC LIMIT {k}",
    "second": "SELECT i, x FROM (SELECT i, x, row_number() OVER (ORDER BY i) AS place FROM {t}) WHERE place % 2 = 1",
}
_RESULT = {
    "list": "SELECT x FROM {t} ORDER BY i",
    "sum": "SELECT coalesce(sum(x), 0) FROM {t}",
    "count": "SELECT count(*) FROM {t}",
    "largest": "SELECT max(x) FROM {t}",
    "smallest": "SELECT min(x) FROM {t}",
    "alternating": "SELECT coalesce(sum(CASE WHEN place % 2 = 1 THEN x ELSE -x END), 0)\n"
    "FROM (SELECT x, row_number() OVER (ORDER BY i) AS place FROM {t})",
}


def query_of(spec: Spec) -> str:
    """The statement."""
    ops = (*spec.keep, *spec.change, *spec.arrange)
    tables = ["xs", *(f"step{number}" for number in range(1, len(ops) + 1))]
    parts = [f"{tables[i + 1]} AS ({_part(op, tables[i])})" for i, op in enumerate(ops)]
    head = "WITH " + ",\n".join(parts) + "\n" if parts else ""
    return f"{head}{_RESULT[spec.result.name].format(t=tables[-1])};\n"


def _part(op: Op, table: str) -> str:
    if op.name in _WHERE:
        return f"SELECT i, x FROM {table} WHERE {_filled(_WHERE[op.name], op)}"
    if op.name in _CHANGED:
        return f"SELECT i, {_filled(_CHANGED[op.name], op)} AS x FROM {table}"
    return _filled(_ARRANGED[op.name], op).format(t=table)


def _filled(template: str, op: Op) -> str:
    return template.replace("{k}", f"({op.constant})" if op.constant < 0 else str(op.constant))
