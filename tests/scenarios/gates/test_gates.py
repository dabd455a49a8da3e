"""Duplicates, contamination and language, each with what must and what must not be caught."""

import json
import random
from pathlib import Path

import pytest

from scenarios.gates.contamination import BenchmarkError, Benchmarks
from scenarios.gates.duplicates import Seen
from scenarios.gates.language import is_in, language_of
from scenarios.gates.words import words

VOCABULARY = [f"word{n}" for n in range(3000)]


def sentence(rng: random.Random, length: int = 25) -> list[str]:
    return [rng.choice(VOCABULARY) for _ in range(length)]


def test_exact_and_near_twins_are_found_and_others_are_not() -> None:
    rng = random.Random(4)
    texts = [sentence(rng) for _ in range(3000)]
    exact, near = list(texts[17]), [*texts[29][:-1], "changed"]
    stream = [" ".join(t) for t in (*texts, exact, near)]
    stream[-2] = stream[-2].upper() + " ?"
    twins = list(Seen().twins(stream))
    assert twins[:3000] == [None] * 3000
    assert (twins[3000].kind, twins[3000].of) == ("exact", 17)  # type: ignore[union-attr]
    assert (twins[3001].kind, twins[3001].of) == ("near", 29)  # type: ignore[union-attr]


def test_batches_do_not_matter() -> None:
    rng = random.Random(5)
    texts = [" ".join(sentence(rng, 12)) for _ in range(60)] * 2
    whole, pieces = Seen(), Seen()
    assert list(whole.twins(texts)) == [twin for text in texts for twin in pieces.twins([text])]


def test_memory_is_bounded_near_twins_are_forgotten_exact_ones_are_not() -> None:
    rng = random.Random(6)
    first = sentence(rng)
    others = [" ".join(sentence(rng)) for _ in range(6500)]
    seen = Seen(span=2048)
    twins = list(seen.twins([" ".join(first), *others, " ".join([*first[:-1], "x"]), " ".join(first)]))
    assert twins[-2] is None
    assert twins[-1] is not None
    assert len(seen._generations) == 2


def test_other_figures_are_another_exact_query() -> None:
    assert list(Seen().twins(["What is 12 % of 340?", "What is 15 % of 250?"])) == [None, None]


def a_benchmark(folder: Path, *questions: str) -> Path:
    path = folder / "bench.jsonl"
    path.write_text("\n".join(json.dumps({"question": q, "answer": "x"}) for q in questions) + "\n")
    return path


LONG = "A train leaves the old station at nine and meets another one after forty miles of track, where do they meet exactly"


def test_three_ways_to_stand_in_a_benchmark(tmp_path: Path) -> None:
    middle = "Sam has nine green apples and gives four to Ann"
    bench = Benchmarks.read([a_benchmark(tmp_path, LONG, middle, "Who wrote Hamlet?")])
    span = bench.hit(f"Hello! {LONG.upper()}, please?")
    assert span is not None
    assert (span.kind, span.line) == ("span", 1)
    covered = bench.hit(f"Well: {middle}. How many are left?")
    assert covered is not None
    assert (covered.kind, covered.line, covered.coverage) == ("coverage", 2, 1.0)
    equal = bench.hit("who wrote “Hamlet”?")
    assert equal is not None
    assert (equal.kind, equal.line) == ("equal", 3)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "Who wrote Macbeth?",
        "Who wrote Hamlet, and when was it first played in London?",
        "A train leaves the old station at seven and is late by an hour or more",
    ],
)
def test_what_only_resembles_is_clear(tmp_path: Path, query: str) -> None:
    assert Benchmarks.read([a_benchmark(tmp_path, LONG, "Who wrote Hamlet?")]).hit(query) is None


@pytest.mark.parametrize(
    ("text", "words_of_it"),
    [
        ("{not json}\n", "no JSON"),
        ("[1]\n", "no JSON object"),
        ('{"id": 1}\n', "no text under"),
        (None, "cannot be read"),
    ],
)
def test_a_bad_benchmark_is_told_with_its_line(tmp_path: Path, text: str | None, words_of_it: str) -> None:
    path = tmp_path / "b.jsonl"
    if text is not None:
        path.write_text('{"question": "fine"}\n' + text)
    with pytest.raises(BenchmarkError, match=words_of_it) as error:
        Benchmarks.read([path])
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is the harbour fee that was recorded for the lighthouse in Velmora?", "en"),
        ("Wie viele Einwohner hat die Stadt und wann wurde der Hafen gebaut?", "de"),
        ("Quelle est la population de la ville et quand le port a-t-il été construit ?", "fr"),
        ("¿Cuál es la población de la ciudad y cuándo se construyó el puerto?", "es"),
        ("Qual è la popolazione della città e quando è stato costruito il porto?", "it"),
        ("Qual é a população da cidade e quando foi construído o porto?", "pt"),
        ("Hoeveel inwoners heeft de stad en wanneer is de haven gebouwd?", "nl"),
        ("Jaka jest populacja miasta i kiedy zbudowano port?", "pl"),
        ("Сколько жителей в городе и когда был построен порт?", "ru"),
        ("Скільки мешканців у місті і коли був збудований порт та його маяк?", "uk"),
        ("这座城市有多少人口？", "zh"),
        ("この町の人口はいくつですか。", "ja"),
        ("이 도시의 인구는 얼마입니까?", "ko"),
        ("ما عدد سكان هذه المدينة؟", "ar"),
        ("Πόσους κατοίκους έχει η πόλη;", "el"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert language_of(text) == language
    assert is_in(text, language)
    assert not is_in(text, "en" if language != "en" else "de")


@pytest.mark.parametrize("text", ["", "4127*389", "Tarn, Velmora, Laebrarn", "x^2 + 3x = 0", "`the of and to in is`"])
def test_what_tells_nothing_is_rejected_for_no_language(text: str) -> None:
    assert language_of(text) is None
    assert is_in(text, "sv")


def test_words_of_other_scripts_and_figures() -> None:
    assert words("Rate: 12,340.5 % (Ünlü)") == ["rate", "12,340.5", "ünlü"]
    assert words("人口は") == ["人", "口", "は"]


def test_what_is_only_looked_at_does_not_go_by() -> None:
    seen = Seen(0.7)
    list(seen.twins(["How tall is the old tower in the harbour of Quonedra?", "Who built the bridge?"]))
    asked = ["who built THE bridge", "How tall is the old tower in the harbour of Quonedra today?", "Something else"]
    exact, near, other = seen.known(asked)
    assert exact
    assert (exact.kind, exact.of) == ("exact", 1)
    assert near
    assert (near.kind, near.of) == ("near", 0)
    assert other is None
    assert seen.known(["Something else"]) == [None]


def test_a_near_twin_is_found_in_the_generation_before() -> None:
    rng = random.Random(8)
    first = sentence(rng)
    seen = Seen(span=2048)
    list(seen.twins([" ".join(first), *(" ".join(sentence(rng)) for _ in range(1500))]))
    later = [*(" ".join(sentence(rng)) for _ in range(700)), " ".join([*first[:-1], "x"])]
    twins = list(seen.twins(later))
    assert len(seen._generations) == 2
    assert twins[-1] is not None
    assert (twins[-1].kind, twins[-1].of) == ("near", 0)
