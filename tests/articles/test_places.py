"""Files, folders, patterns and links."""

import pytest
from samples import SENTENCE, only_failure, read, write

from kg.articles import Failure, count_articles
from kg.articles.places import SUFFIXES, split_name


@pytest.fixture
def tree(tmp_path):
    """Files at several depths, one of an unknown suffix and one compressed."""
    for name in ("c.txt", "b/a.html", "b/d/e.txt.gz", "b/notes.md", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body><p>{SENTENCE}</p></body></html>" if "html" in name else SENTENCE)
    return tmp_path


def ids(*paths):
    return [item if isinstance(item, Failure) else item.id for item in read(*paths)]


def test_folder_gives_known_suffixes_sorted(tree):
    page, taken = str(tree / "b/a.html"), str(tree / "a.txt")
    again = Failure(page, f"the id 'a' is taken by {taken}; ids must differ")
    assert ids(tree) == ["a", again, "e", "c"]
    assert count_articles([tree, tree / "missing"]) == 5


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["a", "c"]),
        ("**/*.txt*", ["a", "e", "c"]),
        ("?.txt", ["a", "c"]),
        ("[bc].txt", ["c"]),
        ("b/d*", ["e"]),
        ("**/*.md", ["notes"]),
    ],
)
def test_pattern(tree, pattern, expected):
    assert ids(f"{tree}/{pattern}") == expected


def test_pattern_in_the_working_folder(tree, monkeypatch):
    monkeypatch.chdir(tree)
    assert ids("*.txt") == ["a", "c"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("*.csv", "no file fits"), ("nowhere/*.txt", "no file fits"), ("a**/b", "no pattern")],
)
def test_pattern_that_fits_nothing(tree, pattern, reason):
    failure = only_failure(read(f"{tree}/{pattern}"))
    assert failure.where == f"{tree}/{pattern}"
    assert reason in failure.reason


def test_file_whose_name_looks_like_a_pattern(tmp_path):
    assert ids(write(tmp_path, "a[1].txt", SENTENCE)) == ["a[1]"]


def test_links_in_circles_are_read_once(tmp_path):
    (tmp_path / "b").mkdir()
    write(tmp_path / "b", "a.txt", SENTENCE)
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "other").symlink_to(tmp_path / "b")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    article, dead, itself = read(tmp_path)
    assert article.id == "a"
    assert dead == Failure(str(tmp_path / "dead.txt"), "no such file or folder")
    assert itself.reason.startswith("can't be read: Too many levels of symbolic links")
    assert ids(f"{tmp_path}/**/a.txt") == ["a"]


@pytest.mark.parametrize("name", ["a\0b.txt", "\ud800.txt", "", "a" * 5_000])
def test_impossible_names(name):
    assert read(name)[0].where == name


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_suffixes_in_capitals(suffix):
    assert split_name(f"News/A.B{suffix.upper()}.GZ") == ("A.B", suffix)
