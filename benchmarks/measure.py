"""The measurements themselves, beside a PostgreSQL server: started by ``submits.py``."""

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from learners import Answer, Learner, all_at_once, some_at_a_time, take_whole_quiz
from seeding import (
    answered_attempt,
    cookies_of,
    make_learners,
    make_quiz,
    prepare,
    settle_statistics,
    start_path,
    stored,
    submit_path,
)
from serving import THREADS, WORKERS, database_process, processor_seconds, serving

QUESTIONS = 20
TOGETHER = WORKERS * THREADS
FLOOR_ROUNDS = 20  # a request that does nothing is too short to be measured in one round
Figures = dict[str, float]


def percentile(values: list[float], share: float) -> float:
    """The nearest rank: the smallest value that at least ``share`` of all do not exceed."""
    return sorted(values)[max(ceil(len(values) * share) - 1, 0)]


def measured(master: Any, run: Callable[[], float], learners: list[Learner], attempts: int = 0) -> Figures:
    """What ``run`` costs, for each request; ``run`` returns its seconds. With ``attempts`` also for each of those."""
    database = database_process()
    for learner in learners:
        learner.answers.clear()
    before = processor_seconds(master), processor_seconds(database)
    seconds = run()
    server, data = processor_seconds(master) - before[0], processor_seconds(database) - before[1]
    answers = [answer for learner in learners for answer in learner.answers]
    times = [answer.seconds for answer in answers]
    number = len(answers)
    found = {
        "requests": number,
        "errors": sum(answer.status >= 400 for answer in answers),
        "seconds": round(seconds, 3),
        "requests per second": round(number / seconds, 1),
        **{f"p{n} ms": round(percentile(times, n / 100) * 1000, 1) for n in (50, 95, 99)},
        "server CPU ms per request": round(server * 1000 / number, 2),
        "database CPU ms per request": round(data * 1000 / number, 2),
        "bytes per answer": round(sum(answer.size for answer in answers) / number),
    }
    if attempts:
        found |= {
            "requests per attempt": round(number / attempts, 1),
            "server CPU ms per attempt": round(server * 1000 / attempts, 1),
            "database CPU ms per attempt": round(data * 1000 / attempts, 1),
        }
    return found


def hand_in(learner: Learner, path: str, page: Answer) -> None:
    learner.send(path, page)


def site(number: int) -> dict[str, Any]:
    """Handing in at the same moment, then whole attempts at another quiz, each with what the database holds afterwards."""
    prepare()
    people, ready, fresh = make_learners(number), make_quiz(QUESTIONS), make_quiz(QUESTIONS)
    paths = [submit_path(answered_attempt(person, ready)) for person in people]
    cookies = list(cookies_of(people))
    settle_statistics()
    with serving("training.wsgi:application", {}) as (port, master):
        learners = [Learner(port, own) for own in cookies]
        pages = [learner.ask(path) for learner, path in zip(learners, paths, strict=True)]
        presses = [partial(hand_in, *one) for one in zip(learners, paths, pages, strict=True)]
        together = measured(master, lambda: all_at_once(presses), learners, number)
        whole = [partial(take_whole_quiz, learner, start_path(fresh)) for learner in learners]
        attempts = measured(master, lambda: some_at_a_time(whole, TOGETHER), learners, number)
    return {
        "all hand in at once": together | stored(ready),
        "whole attempts": attempts | stored(fresh),
    }


def floor(number: int) -> Figures:
    """The same crowd at a Django view that does nothing."""
    with serving("floor:application", {"DJANGO_SETTINGS_MODULE": "bare"}) as (port, master):
        learners = [Learner(port, {}) for _number in range(number)]
        presses = [partial(learner.ask, "/", {"nothing": "1"}) for learner in learners]
        all_at_once(presses)
        return measured(master, lambda: sum(all_at_once(presses) for _round in range(FLOOR_ROUNDS)), learners)


def ratios(found: dict[str, Figures]) -> Figures:
    """How many times the floor a hand-in, and any request of an attempt, costs the server."""
    name = "server CPU ms per request"
    bare = found["a view that does nothing"][name]
    return {what: round(found[what][name] / bare, 1) for what in ("all hand in at once", "whole attempts")}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args()
    found = site(options.learners)
    found["a view that does nothing"] = floor(options.learners)
    found["times the floor"] = ratios(found)
    for title, figures in found.items():
        print(f"\n{title} ({WORKERS} processes of {THREADS} threads)")
        for name, value in figures.items():
            print(f"  {name:28} {value:>12,}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")
    whole = [found[name] for name in ("all hand in at once", "whole attempts")]
    complete = all(one["errors"] == 0 and one["handed in"] == one["learners"] == options.learners for one in whole)
    print("\nEverything is stored, once." if complete else "\nSOMETHING IS MISSING OR FAILED.")
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
