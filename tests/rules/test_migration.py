"""From which grade to which (2.9); letters of two schemes are never compared."""

from decimal import Decimal

import pytest

from core.rules.judging.migration import NOT_RATED, Scheme, cross_table, migration

ABC = Scheme("b9-abc", ("A", "B", "C"))
OTHER_ABC = Scheme("a9-survey-abc", ("A", "B", "C"))
MOVES = [("A", "A"), ("A", "B"), ("B", "A"), ("B", "C"), ("C", "C"), ("C", None), (None, "B"), (None, None)]


def test_customers_are_counted_from_grade_to_grade_and_add_up() -> None:
    table = cross_table(MOVES, ABC, ABC)

    assert table.at("A", "B") == 1
    assert table.at("B", "B") == 0
    assert [table.row_total(row) for row in table.rows] == [2, 2, 2, 2]
    assert [table.column_total(column) for column in table.columns] == [2, 2, 2, 2]
    assert table.total == len(MOVES)


def test_no_grade_is_a_row_and_a_column_of_its_own() -> None:
    table = cross_table(MOVES, ABC, ABC)

    assert table.rows[-1] == table.columns[-1] == NOT_RATED
    assert table.at("C", NOT_RATED) == 1


def test_a_migration_has_its_directions_and_leaves_the_unrated_apart() -> None:
    found = migration(cross_table(MOVES, ABC, ABC))

    assert (found.same, found.better, found.worse) == (2, 1, 2)
    assert (found.rated_anew, found.no_longer_rated) == (1, 1)
    assert found.stability == Decimal("0.4000")


def test_without_anybody_graded_twice_there_is_no_stability() -> None:
    assert migration(cross_table([(None, "A")], ABC, ABC)).stability is None


def test_the_same_letters_of_two_schemes_have_no_direction() -> None:
    table = cross_table([("A", "B")], ABC, OTHER_ABC)

    assert not table.comparable
    assert table.at("A", "B") == 1
    with pytest.raises(ValueError, match="two schemes: b9-abc and a9-survey-abc"):
        migration(table)


def test_a_draft_with_other_grades_under_the_same_id_has_none_either() -> None:
    with pytest.raises(ValueError, match="two schemes"):
        migration(cross_table([("A", "A")], ABC, Scheme("b9-abc", ("A", "B", "C", "D"))))
