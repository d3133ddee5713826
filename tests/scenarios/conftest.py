"""The sample company with everybody at their chat."""

import pytest

from tests.scenarios.story import meets_all
from tests.support.town import Town


@pytest.fixture
async def company(sample: Town) -> Town:
    await meets_all(sample)
    return sample
