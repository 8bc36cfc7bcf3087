"""Files, folders, patterns and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SENTENCE, only_failure, read, write

from kg.articles import Failure, Place, count_articles, other_ids
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
    assert ids(tree) == ["a", "b/a.html", "e", "c"]
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


def test_files_of_one_stem_have_as_much_of_their_paths_as_tells_them_apart(tmp_path):
    for folder in ("x/y", "y", "y/2025"):
        (tmp_path / folder).mkdir(parents=True)
        write(tmp_path / folder, "1.txt", SENTENCE)
    write(tmp_path / "y", "1.html", f"<html><body><p>{SENTENCE}</p></body></html>")
    given = [tmp_path / name for name in ("y/1.txt", "x/y/1.txt", "y/1.html", "y/2025")]
    assert ids(*given) == ["1", "y/1.txt", "y/1.html", "2025/1.txt"]
    assert len(set(ids(tmp_path, tmp_path / "y"))) == len(ids(tmp_path, tmp_path / "y")) == 4


def test_a_file_given_twice_is_read_once(tmp_path, monkeypatch):
    folder = tmp_path / "news"
    folder.mkdir()
    path = write(folder, "a.txt", SENTENCE)
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    assert ids(folder, path, "news/a.txt", "./news/../news/a.txt", "link/a.txt", "news/*.txt") == ["a"]


PARTS = st.tuples(*map(st.sampled_from, ("ab", "ab", ("1.txt", "1.txt.gz"))))


@given(st.lists(PARTS))
def test_no_two_places_share_an_id(chosen):
    taken = {}
    for parts in chosen:
        place = Place("/".join(parts), "/".join(("", *parts)))
        name = next(id_ for id_ in ("1", *other_ids("1", place)) if taken.get(id_, place.key) == place.key)
        taken[name] = place.key
    assert len(set(taken.values())) == len(set(chosen))
