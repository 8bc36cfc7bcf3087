// The same statements as a table, for the keyboard and for screen readers.

const rowsAtOnce = 200;
let tables = 0;

async function drawTable() {
  tables += 1;
  const names = ["source", "relation", "target", "status", "date", "sentence", "article"];
  const body = make("tbody", {});
  byId("table").replaceChildren(make("table", {},
    make("caption", {}, count("statement", shown.rows.length)),
    make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, word(name))))),
    body));
  await addRows(body, shown.rows, tables);
}

async function addRows(body, rows, drawing) {
  const evidence = await evidenceOf(rows.slice(0, rowsAtOnce));
  if (drawing !== tables) return;
  body.append(...evidence.map(tableRow));
  const rest = rows.slice(rowsAtOnce);
  if (!rest.length) return;
  const more = button("quiet more", () => { more.remove(); addRows(body, rest, drawing); }, `${word("more")} (${rest.length})`);
  byId("table").append(more);
}

function tableRow(evidence) {
  const { row, article } = evidence;
  const status = statusLabel(statusOf(row)) + (columns.negative[row] ? `, ${word("negative")}` : "");
  return make("tr", {},
    make("td", {}, foreign(actorName(sourceOf(row)))),
    make("td", {}, button("", () => select("statement", row), relationLabel(relationOf(row)))),
    make("td", {}, foreign(actorName(targetOf(row)))),
    make("td", {}, status),
    make("td", {}, evidence.time ? interval(evidence.time) : article.published ? day(article.published) : ""),
    make("td", {}, make("q", { lang: article.language }, showControls(evidence.quote.map(([text]) => text).join("")))),
    make("td", {}, foreign(article.title)));
}
