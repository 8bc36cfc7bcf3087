"""The query editor in a real browser."""

import json

import pytest
from selenium.webdriver import ActionChains, Keys

from kg.query import list_questions
from kg.serve import vendor

TABLE = "document.querySelectorAll('.tabPanel.active .yasr table tbody tr')"
ROWS = f"return [...{TABLE}].map((row) => row.innerText)"
RUN = "document.querySelector('.tabPanel.active .yasqe_queryButton').click()"
TEXT = "return document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()"
SET = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.setValue(arguments[0])"


@pytest.fixture
def editor(chromium, server):
    chromium.driver.get(server.url)
    chromium.run("localStorage.clear()")
    chromium.driver.get_log("performance")
    chromium.driver.get_log("browser")
    chromium.driver.get(server.url)
    chromium.wait("return document.querySelectorAll('#questions button').length")
    return chromium


def press(editor, name):
    editor.run("document.querySelector(`#questions button[title='${arguments[0]}']`).click()", name)
    editor.wait("return document.querySelector('.tab.active')?.innerText.includes(arguments[0])", name)


def test_vendored_editor_is_the_published_one():
    assert vendor.checksums() == vendor.SHA256


def test_a_saved_question_is_opened_and_its_rows_are_seen(editor, server):
    assert len(editor.find("#questions button")) == len(list_questions())
    press(editor, "who-aids-whom")
    assert "# Which state aids which" in editor.run(TEXT)
    editor.run(RUN)
    rows = editor.wait(f"{ROWS}.filter((text) => text.includes('ZZA'))")
    assert len(rows) == 3
    assert "actor:ZZB" in rows[0]
    assert "o mie de geniști" in rows[0]
    assert editor.find(".parseErrorIcon") == []
    here = [url for url in editor.requests() if not url.startswith((server.url, "data:", "chrome://"))]
    assert here == []
    assert editor.complaints() == []


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_every_saved_question_is_answered_as_a_tab_sends_it(server, question):
    offered = json.loads(server.request("GET", "/questions").body)
    (sparql,) = [each["sparql"] for each in offered if each["name"] == question.name]
    response = server.ask(sparql)
    assert response.status == 200, response.body


def test_a_question_that_is_opened_twice_has_one_tab(editor):
    for name in ("who-aids-whom", "latest", "who-aids-whom"):
        press(editor, name)
    names = [tab.text for tab in editor.find(".tab:not(.addTab)") if tab.text.strip()]
    assert sum("who-aids-whom" in name for name in names) == 1
    assert sum("latest" in name for name in names) == 1


def test_keys_run_a_query_and_a_cut_answer_is_told(editor):
    editor.run(SET, "SELECT * { ?s ?p ?o } LIMIT 60")
    editor.run("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.focus()")
    ActionChains(editor.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    editor.wait(f"{ROWS}.length")
    assert editor.text("#notice") == "Only the first 50 rows: the server cuts longer answers off."
    editor.run(SET, "SELECT * { ?s ?p ?o } LIMIT 5")
    editor.run(RUN)
    editor.wait("return document.getElementById('notice').hidden")


def test_an_error_is_shown_with_its_place(editor):
    editor.run(SET, "SELECT * {\n ?s no:such ?o }")
    editor.run(RUN)
    editor.wait("return document.querySelector('.tabPanel.active .errorResult')")
    assert "line 2, column" in editor.text(".tabPanel.active .errorResult")


def test_markup_in_an_answer_is_text(editor):
    editor.run(SET, "SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}")
    editor.run(RUN)
    (row,) = editor.wait(f"{ROWS}.filter((text) => text.includes('onerror'))")
    assert "<img src=x" in row
    assert editor.find(".yasr table img") == []


def test_the_policy_allows_nothing_from_elsewhere(server):
    policy = server.request("GET", "/").headers["Content-Security-Policy"]
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(policy.split("; "))
