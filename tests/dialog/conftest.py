"""The sample company with those at their chat who fill forms."""

import pytest

from tests.support.town import Town


@pytest.fixture
async def company(sample: Town) -> Town:
    for name in ("王小雨", "李泽", "许文博", "沈雅琴", "林静秋"):
        await sample.meets(name)
    return sample
