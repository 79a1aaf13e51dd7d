"""The journeys in a browser that all kinds share."""

import pytest

from tests.quizzes.kinds.journeys import Journeys


@pytest.fixture
def journeys(new_page, learner, site, assert_no_violations, assert_fits) -> Journeys:
    return Journeys(new_page, learner, assert_no_violations, assert_fits)
