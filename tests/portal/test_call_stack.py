"""However deep a request is when it comes to a hot loop, the loop calls on stack that is there already."""

import resource
from collections.abc import Callable
from typing import Any

from portal import wsgi
from portal.call_stack import roomy

CALLS, DEPTHS = 200, range(0, 900, 3)


def leaf() -> None:
    pass


def faults_of_a_loop() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def at_depth(depth: int, act: Callable[[], int]) -> int:
    return act() if depth == 0 else at_depth(depth - 1, act)


def worst(*_request: Any) -> list[int]:
    """The most pages that any of the loops had mapped; one that maps a piece of stack for each call has one for each."""
    for depth in DEPTHS:
        at_depth(depth, faults_of_a_loop)  # what is slow but once is over
    return [max(at_depth(depth, faults_of_a_loop) for depth in DEPTHS)]


def test_no_depth_of_a_request_maps_stack_anew_for_each_call():
    assert roomy(worst)({}, None)[0] < CALLS / 4


def test_the_portal_is_served_that_way():
    assert wsgi.application.__code__.co_stacksize == roomy(worst).__code__.co_stacksize
