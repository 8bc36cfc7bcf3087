"""Pictures without a browser."""

import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from synthetic import generate, statement

from kg.errors import KGError
from kg.view.picture import draw_picture, render_svg

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ro", {"Coreea de Nord", "Rusia", "trimite personal către"}),
        ("en", {"North Korea", "Russia", "sends personnel to"}),
    ],
)
def test_picture_names_states_and_relations_in_the_language(language, expected):
    assert set(texts(render_svg([statement("a", "PRK", "RUS")], language=language))) == expected


def test_every_state_and_edge_is_drawn_inside_the_picture():
    statements, _ = generate(100, 20)
    picture = ET.fromstring(render_svg(statements))
    pairs = {(each.source, each.target, each.event_type) for each in statements}
    paths = list(picture.iter(f"{SVG}path"))
    assert len(paths) == len(pairs)
    left, top, width, height = map(float, picture.get("viewBox").split())
    for path in paths:
        for point in path.get("d").lstrip("M").split(" L"):
            x, y = map(float, point.split())
            assert left <= x <= left + width
            assert top <= y <= top + height
    boxes = [
        [float(rect.get(name)) for name in ("x", "y", "width", "height")]
        for rect in list(picture.iter(f"{SVG}rect"))[1:]
    ]
    assert len(boxes) == 20
    for (x, y, wide, high), (u, v, broad, tall) in combinations(boxes, 2):
        assert x + wide <= u or u + broad <= x or y + high <= v or v + tall <= y


def test_words_in_a_picture_are_text():
    svg = render_svg([statement("a", "PRK", "RUS")], title="<script>alert(1)</script>")
    assert "<script" not in svg
    assert ET.fromstring(svg).find(f"{SVG}title").text == "<script>alert(1)</script>"


def test_nothing_is_a_picture_too():
    assert texts(render_svg([])) == []


def test_png_is_written(tmp_path):
    path = draw_picture([statement("a", "PRK", "RUS")], tmp_path / "new" / "graph.png")
    assert path.read_bytes().startswith(b"\x89PNG")


def test_other_suffix_is_named(tmp_path):
    with pytest.raises(KGError, match=r"graph\.pdf: a picture is \.svg or \.png"):
        draw_picture([], tmp_path / "graph.pdf")
