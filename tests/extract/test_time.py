from datetime import date

import pytest

from kg.extract.time import find_dates, read_published
from kg.lexicon import load_lexicon

TUESDAY = date(2025, 6, 17)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("ro", "s-au întâlnit pe 21 martie", "2025-03-21", "2025-03-22"),
        ("ro", "demarată în august 2024", "2024-08-01", "2024-09-01"),
        ("ro", "a declarat marți", "2025-06-17", "2025-06-18"),
        ("ro", "a declarat luni", "2025-06-16", "2025-06-17"),
        ("ro", "a declarat ieri", "2025-06-16", "2025-06-17"),
        ("ro", "alaltăieri a plecat", "2025-06-15", "2025-06-16"),
        ("ro", "va merge săptămâna viitoare", "2025-06-23", "2025-06-30"),
        ("ro", "luna trecută a plecat", "2025-05-01", "2025-06-01"),
        ("ro", "anul trecut a plecat", "2024-01-01", "2025-01-01"),
        ("ro", "acum două săptămâni a plecat", "2025-06-02", "2025-06-09"),
        ("ro", "a plecat în urmă cu o lună", "2025-05-01", "2025-06-01"),
        ("ro", "semnat la 4 iunie 2023", "2023-06-04", "2023-06-05"),
        ("en", "they met on 21 March", "2025-03-21", "2025-03-22"),
        ("en", "they met on March 21 , 2022", "2022-03-21", "2022-03-22"),
        ("en", "he said on Monday", "2025-06-16", "2025-06-17"),
        ("en", "it left two weeks ago", "2025-06-02", "2025-06-09"),
        ("en", "it will come next month", "2025-07-01", "2025-08-01"),
        ("en", "it came last year", "2024-01-01", "2025-01-01"),
        ("en", "it came yesterday", "2025-06-16", "2025-06-17"),
        ("ro", "la începutul acestui an", "2025-01-01", "2025-05-01"),
        ("ro", "la sfârșitul lunii martie", "2025-03-21", "2025-04-01"),
        ("ro", "la mijlocul anului 2024", "2024-05-01", "2024-09-01"),
        ("ro", "în perioada 20-22 mai", "2025-05-20", "2025-05-23"),
        ("ro", "între 3 și 5 iunie 2024", "2024-06-03", "2024-06-06"),
        ("en", "at the beginning of this year", "2025-01-01", "2025-05-01"),
        ("en", "in late February", "2025-02-21", "2025-03-01"),
        ("en", "by the end of next month", "2025-07-21", "2025-08-01"),
        ("en", "from May 3 to 5", "2025-05-03", "2025-05-06"),
        ("en", "on 20 - 22 May", "2025-05-20", "2025-05-23"),
        ("en", "in early 2024", "2024-01-01", "2024-05-01"),
        ("en", "war broke out in 1939", "1939-01-01", "1940-01-01"),
    ],
)
def test_words_mean_half_open_days(flat_tree, language, text, start, end):
    found = find_dates(flat_tree(language, text), load_lexicon(language), TUESDAY)
    assert [(one.interval.start.isoformat(), one.interval.end.isoformat()) for one in found] == [(start, end)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ro", "timp de două luni"),
        ("en", "he may go"),
        ("en", "the march of 2000 men"),
        ("en", "31 ships"),
    ],
)
def test_what_is_no_date_gives_none(flat_tree, language, text):
    assert find_dates(flat_tree(language, text), load_lexicon(language), TUESDAY) == []


def test_adverb_is_no_month(tree_of):
    rows = [("mai", "mai", "ADV", 1, "advmod", ""), ("mulți", "mult", "ADJ", 1, "root", "")]
    assert find_dates(tree_of("ro", rows), load_lexicon("ro"), TUESDAY) == []


def test_relative_words_need_the_day_of_the_article(flat_tree):
    assert find_dates(flat_tree("en", "it came yesterday"), load_lexicon("en"), None) == []


def test_month_of_a_plan_lies_ahead(flat_tree):
    (found,) = find_dates(flat_tree("en", "it will come in March"), load_lexicon("en"), TUESDAY)
    assert found.interval.start == date(2025, 3, 1)
    assert found.upcoming.start == date(2026, 3, 1)


def test_date_that_no_month_has_is_none(flat_tree):
    assert find_dates(flat_tree("en", "on 31 February 2024"), load_lexicon("en"), TUESDAY) == []


def test_published_month_is_its_first_day():
    assert read_published("2025-06") == date(2025, 6, 1)
    assert read_published(None) is None
