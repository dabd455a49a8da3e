# ruff: noqa: E501  (Go is written with tabs)
"""A specification as a program in Go, as a programmer who knows it would write it."""

from scenarios.programs.porting import Manner

_ABSOLUTE = """\
func absolute(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}
"""
_DIGITS = """\
func digitSum(x int64) int64 {
	if x < 0 {
		x = -x
	}
	var sum int64
	for ; x > 0; x /= 10 {
		sum += x % 10
	}
	return sum
}
"""
_SOME = "	{\n		w := []int64{}\n%s\n		v = w\n	}"
_BEST = "	var best *int64\n	for i := range v {\n		if best == nil || v[i] %s *best {\n			best = &v[i]\n		}\n	}\n	return best"
_START = "\n	v := append([]int64{}, xs...)"
GO = Manner(
    heads={
        "number": f"func {{name}}(xs []int64) int64 {{{_START}",
        "list": f"func {{name}}(xs []int64) []int64 {{{_START}",
        "maybe": f"func {{name}}(xs []int64) *int64 {{{_START}",
    },
    keep=_SOME
    % "		for _, x := range v {\n			if {e} {\n				w = append(w, x)\n			}\n		}",
    change="	for i, x := range v {\n		v[i] = {e}\n	}",
    arrange={
        "sort": "	sort.Slice(v, func(i, j int) bool { return v[i] < v[j] })",
        "sort_down": "	sort.Slice(v, func(i, j int) bool { return v[i] > v[j] })",
        "reverse": "	for i, j := 0, len(v)-1; i < j; i, j = i+1, j-1 {\n		v[i], v[j] = v[j], v[i]\n	}",
        "distinct": _SOME
        % "		seen := map[int64]bool{}\n		for _, x := range v {\n			if !seen[x] {\n				seen[x] = true\n				w = append(w, x)\n			}\n		}",
        "first": "	if len(v) > {k} {\n		v = v[:{k}]\n	}",
        "last": "	if len(v) > {k} {\n		v = v[len(v)-{k}:]\n	}",
        "second": _SOME % "		for i := 0; i < len(v); i += 2 {\n			w = append(w, v[i])\n		}",
    },
    result={
        "list": "	return v",
        "sum": "	var sum int64\n	for _, x := range v {\n		sum += x\n	}\n	return sum",
        "count": "	return int64(len(v))",
        "largest": _BEST % ">",
        "smallest": _BEST % "<",
        "alternating": "	var sum int64\n	for i, x := range v {\n		if i%2 == 0 {\n			sum += x\n		} else {\n			sum -= x\n		}\n	}\n	return sum",
    },
    own={"absolute": "absolute(x)", "digits": "digitSum(x)"},
    helpers={"sort": 'import "sort"\n', "sort_down": 'import "sort"\n', "absolute": _ABSOLUTE, "digits": _DIGITS},
)
