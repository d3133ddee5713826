"""How exact ratios and scores are: one working precision, and one rounding where a figure is shown or graded."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext

WORKING = Context(prec=50, rounding=ROUND_HALF_EVEN)
_SETTLED = Decimal(1).scaleb(-30)


def rounded(value: Decimal, places: int) -> Decimal:
    """A worked-out figure to so many decimals, a half away from zero.

    Settled to 30 decimals first: 0.005 that came out of a division as 0.00499…9 is still a half.
    """
    with localcontext(WORKING):
        return value.quantize(_SETTLED).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
