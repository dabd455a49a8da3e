"""Invented names: distinct, numbered, and no names of anything well known."""

import pytest

from scenarios.world.names import KNOWN, Speller, given_names, is_known, is_unfit, long_stems, stems, unknown_name


@pytest.mark.parametrize("make", [stems, long_stems, given_names], ids=lambda make: make.__name__)
def test_a_speller_never_repeats_itself(make: type[Speller]) -> None:
    speller = make(key="test")
    count = min(speller.space, 30_000)
    assert len({speller.word(number) for number in range(count)}) == count


def test_a_small_speller_spells_all_it_can() -> None:
    speller = Speller(("A", "B"), ("a", "e", "i"), key="any")
    assert {speller.word(number) for number in range(6)} == {"Aa", "Ae", "Ai", "Ba", "Be", "Bi"}
    assert speller.word(7) == speller.word(1)


def test_keys_give_other_words() -> None:
    ours, theirs = ({make.word(n) for n in range(500)} for make in (stems("1"), stems("2")))
    assert len(ours & theirs) < 25


def test_known_and_unfit_names_are_passed_over_for_the_next_free_number() -> None:
    words = ["Berlin", "Tarin", "Nigroth", "Velmora", "Oslo", "Brask"]
    assert unknown_name(words.__getitem__, 0, 3) == "Velmora"
    assert unknown_name(words.__getitem__, 2, 3) == "Brask"
    assert unknown_name(words.__getitem__, 1, 2) == "Tarin"
    assert is_unfit("Nigroth")
    assert not is_unfit("Velmora")


def test_the_list_of_known_names_holds_towns_firms_and_people() -> None:
    assert {"paris", "toyota", "einstein"} <= KNOWN
    assert len(KNOWN) > 600
    assert all(is_known(name.title()) for name in KNOWN)
