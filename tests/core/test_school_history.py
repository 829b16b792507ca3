from gisapp.core.profile_rows import School
from gisapp.core.school_history import Change, changes_of, levels_in


def years(column, *values):
    """A school from 2564 on; None is a year without a row."""
    return [
        (2564 + n, None if value is None else School("1", **{column: value}))
        for n, value in enumerate(values)
    ]


def test_a_name_that_stays_is_not_told():
    assert changes_of(years("school_name_th", "บ้านใหม่", "บ้านใหม่")) == ()


def test_a_new_name_is_told_in_its_first_year_with_the_old_one():
    line = years("school_name_th", "บ้านเก่า", "บ้านเก่า", "บ้านใหม่", "บ้านใหม่")
    assert changes_of(line) == (Change(2566, "school_name_th", "บ้านเก่า", "บ้านใหม่"),)


def test_a_gap_is_bridged_by_what_was_last_known():
    line = years("size_class_4", "medium", None, "", "small")
    assert changes_of(line) == (Change(2567, "size_class_4", "medium", "small"),)
    assert changes_of(years("size_class_4", "medium", None, "medium")) == ()


def test_going_there_and_back_is_two_changes():
    told = changes_of(years("size_class_4", "small", "medium", "small"))
    assert [(c.year_be, c.before, c.after) for c in told] == [
        (2565, "small", "medium"),
        (2566, "medium", "small"),
    ]


def test_a_merger_counts_though_nothing_was_stated_before_but_not_in_the_first_known_year():
    assert changes_of(years("merged_into", "", "99010130")) == (
        Change(2565, "merged_into", "", "99010130"),
    )
    assert changes_of(years("merged_into", None, "99010130")) == ()
    assert changes_of(years("size_class_4", "", "small")) == ()


def test_changes_stand_in_the_order_of_their_years():
    line = [
        (2566, School("1", school_name_th="ก", size_class_4="medium")),
        (2567, School("1", school_name_th="ก", size_class_4="small")),
        (2568, School("1", school_name_th="ข", size_class_4="small")),
    ]
    assert [change.column for change in changes_of(line)] == ["size_class_4", "school_name_th"]


def test_no_year_and_no_row_change_nothing():
    assert changes_of([]) == ()
    assert changes_of(years("school_name_th", None, None)) == ()
    assert levels_in([(2568, None)]) == ()


def test_levels_are_those_with_pupils_in_any_year_the_youngest_first():
    line = [
        (2567, School("1", primary=4, lower_secondary=2, upper_secondary=0)),
        (2568, School("1", primary=5, pre_primary=1, lower_secondary=0)),
    ]
    assert levels_in(line) == ("pre_primary", "primary", "lower_secondary")
