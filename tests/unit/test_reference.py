from attune.directory import Listing
from attune.guidance.reference import by_name, by_position, by_pronoun

MAREN = Listing("1", "Maren Tidalbrook", gender="woman")
TOBIAS = Listing("2", "Dr Tobias Larkhollow", gender="man")
ODILE = Listing("3", "Odile Mossbridge", gender="woman")
SHOWN = ["1", "2", "3", "4", "5", "6"]


def test_the_second_one_is_the_second_of_the_page_last_shown():
    assert by_position([2], SHOWN, ["4", "5", "6"]) == ["5"]


def test_a_position_beyond_the_page_counts_from_the_first_result():
    assert by_position([6], SHOWN, ["4", "5", "6"]) == ["6"]
    assert by_position([9], SHOWN, ["4", "5", "6"]) == []


def test_last_and_several_positions():
    assert by_position(["last"], SHOWN, ["4", "5"]) == ["5"]
    assert by_position([1, 2, 1], SHOWN, ["4", "5", "6"]) == ["4", "5"]


def test_a_name_in_any_case_without_accents_is_enough():
    assert by_name("tell me about maren", [MAREN, TOBIAS]) == ["1"]
    assert by_name("LARKHOLLOW please", [MAREN, TOBIAS]) == ["2"]


def test_a_title_names_nobody():
    assert by_name("is there a dr who does this", [MAREN, TOBIAS]) == []


def test_her_is_the_one_talked_about_or_the_only_woman():
    assert by_pronoun("more about her", [MAREN, TOBIAS, ODILE], "3") == ["3"]
    assert by_pronoun("more about him", [MAREN, TOBIAS, ODILE], "3") == ["2"]
    assert by_pronoun("more about her", [MAREN, TOBIAS, ODILE], "") == []
