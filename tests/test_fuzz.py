"""Every reader and parser gives a result or our own error, whatever it is fed (tests/fuzz)."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.model.records import GeomapError, InputError
from tests.fuzz.mutate import mutate, random_steps, steps_strategy
from tests.fuzz.target import Target, outcome_of
from tests.fuzz.targets import all_targets

TARGETS = all_targets()


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_is_valid(name: str) -> None:
    assert {outcome_of(TARGETS[name], seed) for seed in TARGETS[name].seeds()} == {"result"}


@pytest.mark.parametrize("name", TARGETS)
def test_what_failed_once_fails_no_more(name: str) -> None:
    for raw in TARGETS[name].corpus():
        assert outcome_of(TARGETS[name], raw)


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_input_gives_a_result_or_our_error(name: str) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(range(len(seeds))), steps_strategy())
    def feed(number: int, steps: list) -> None:  # type: ignore[type-arg]
        outcome_of(target, mutate(seeds[number], steps, target.tokens))

    feed()


def test_the_same_steps_give_the_same_input() -> None:
    seed = next(iter(TARGETS["xlsx"].seeds()))
    made = [mutate(seed, random_steps(random.Random(number)), ()) for number in (1, 1, 2)]
    assert made[0] == made[1] != made[2]


def _raise(error: BaseException) -> object:
    raise error


@pytest.mark.parametrize(
    "error", [ValueError("x"), InputError("no code"), InputError("x", code="a"), MemoryError()]
)
def test_a_target_that_lets_another_error_through_is_found_out(error: Exception) -> None:
    target = Target("bad", lambda: [b""], lambda _: _raise(error))
    expected = AssertionError if isinstance(error, GeomapError) else type(error)
    with pytest.raises(expected):
        outcome_of(target, b"")
