"""Names listed without importing are those that the finders find."""

from graders.base import all_graders
from scenarios.family import all_families
from scenarios.names import installed
from tools.catalogue import catalogue


def test_tools_are_those_of_the_catalogue() -> None:
    assert installed().tools == tuple(sorted(catalogue()))


def test_graders_are_those_that_judge() -> None:
    assert installed().graders == tuple(sorted(all_graders()))


def test_families_are_those_that_make_tasks() -> None:
    assert installed().families == tuple(sorted(all_families()))


def test_every_profile_names_known_slips_and_probabilities() -> None:
    names = installed()
    for profile in names.profiles.values():
        assert set(profile) <= set(names.slips)
        assert all(0 <= probability <= 1 for probability in profile.values())
