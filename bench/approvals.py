from bench.ratio import Ratio


def measure() -> list[Ratio]:
    return []
