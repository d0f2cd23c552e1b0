"""How the time of a function grows with its text."""

import time
from collections.abc import Callable

TENFOLD = 10


def grows_linearly(function: Callable[[str], object], unit: str, times: int) -> bool:
    """Whether ten times the text takes far less than a hundred times the time; the best of three runs counts."""
    function(unit * (times // TENFOLD))
    short = max(_seconds(function, unit * times), 0.002)
    return _seconds(function, unit * times * TENFOLD) < 40 * short


def _seconds(function: Callable[[str], object], text: str) -> float:
    runs = []
    for _ in range(3):
        start = time.process_time()
        function(text)
        runs.append(time.process_time() - start)
    return min(runs)
