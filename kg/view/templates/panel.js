// The side panel: an overview, or the sentences of what is chosen.

const cardsAtOnce = 20;
let panels = 0; // how often the panel was drawn; what was read for an earlier drawing is dropped

function overview() {
  const articles = new Set(shown.rows.map((row) => columns.article[row]));
  const actors = new Set(shown.rows.flatMap((row) => [sourceOf(row), targetOf(row)]).filter(Boolean));
  const summary = [count("statement", shown.rows.length), count("article", articles.size), count("actor", actors.size)];
  const strongest = filledEdges("states").slice(0, 14);
  return [
    make("h2", {}, word("overview")),
    make("p", {}, summary.join(" · ")),
    make("p", {}, word("hint")),
    make("h3", {}, word("strongest")),
    make("ul", { class: "pairs" }, ...strongest.map(({ edge, rows }) => make("li", {},
      button("", () => { setReading("states"); select("edge", edge.id); },
        make("span", { class: "dot", color: scaleColor(edge.key) }),
        make("span", {}, ...ends(edge.from, edge.to, rows), " ", make("em", {}, relationOrType(edge, rows))),
        make("small", {}, rows.length.toLocaleString(state.language)))))),
  ];
}

const ends = (source, target, rows) => [foreign(actorName(source)), ` ${arrow(rows)} `, foreign(actorName(target))];

function relationOrType(edge, rows) {
  const relations = new Set(rows.map(relationOf));
  return relations.size === 1 ? relationLabel([...relations][0]) : eventLabel(edge.key);
}

function chosen({ kind, id }) {
  if (kind === "statement") return { title: ends(sourceOf(id), targetOf(id), [id]), rows: [id] };
  if (kind === "node") return { title: [foreign(labelOf(nodeOf(id).labels))], rows: passing(nodeOf(id).statements) };
  const edge = edgesOf(state.reading).find((one) => one.id === id);
  const rows = passing(edge.statements);
  const [source, target] = [edge.from, edge.to].map((end) => foreign(labelOf(nodeOf(end).labels)));
  return { title: state.reading === "states" ? [source, ` ${arrow(rows)} `, target] : [source, " → ", foreign(edge.key), " → ", target], rows };
}

function drawPanel() {
  const panel = byId("panel");
  panels += 1;
  if (!state.selection) return panel.replaceChildren(...overview());
  const { title, rows } = chosen(state.selection);
  const sorted = [...rows].sort((a, b) => rank(a) - rank(b) || columns.day[b] - columns.day[a] || a - b);
  const marks = ["subject", "relation", "object"].map((mark) => make("mark", { class: mark }, word(mark).toLowerCase()));
  const cards = make("div", { id: "cards" });
  panel.replaceChildren(
    button("quiet close", () => select(), word("close")),
    make("h2", {}, ...title),
    make("p", {}, count("statement", rows.length)),
    state.selection.kind === "node" ? neighbourhood(state.selection.id) : "",
    make("div", { class: "key" }, ...marks),
    cards);
  panel.scrollTop = 0;
  return addCards(cards, sorted, panels);
}

function neighbourhood(id) {
  const near = (steps) => button("chip", () => narrow({ focus: id, steps }), word(steps === 1 ? "one_step" : "two_steps"));
  const between = state.reading === "states" && button("chip", () => {
    byId("more").open = true;
    narrow({ between: [id, state.between[1] === id ? null : state.between[1]] });
    byId("between-1").focus();
  }, word("connect"));
  return make("div", { class: "near" }, near(1), near(2), between || "");
}

async function addCards(cards, rows, drawing) {
  const evidence = await evidenceOf(rows.slice(0, cardsAtOnce)).catch(() => null);
  if (drawing !== panels) return;
  if (evidence === null) cards.append(make("p", { role: "alert" }, word("no_answer")));
  else cards.append(...evidence.map(card));
  const rest = rows.slice(cardsAtOnce);
  if (evidence && rest.length) {
    const more = button("quiet more", () => { more.remove(); addCards(cards, rest, drawing); }, `${word("more")} (${rest.length})`);
    cards.append(more);
  }
}

// One statement: its sentence, who says so, and where it stands

const line = (name, ...parts) =>
  make("p", { class: name }, ...parts.filter(Boolean).flatMap((part, index) => (index ? [" · ", part] : [part])));

function quoteOf(evidence) {
  const pieces = evidence.quote.map(([text, mark]) => (mark ? make("mark", { class: mark, title: word(mark) || null }, showControls(text)) : showControls(text)));
  return make("blockquote", { lang: evidence.article.language }, ...pieces);
}

function sayer({ attribution }) {
  return attribution.length > 0 && make("span", { class: "sayer" },
    ...attribution.flatMap((mention, index) => [index ? `, ${word("according")} ` : "", foreign(mentionName(mention))]));
}

function articleLine({ article }) {
  const title = article.url
    ? make("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, foreign(article.title))
    : foreign(article.title);
  return line("from", title, article.publisher && foreign(article.publisher), article.published && make("span", {}, day(article.published)),
    article.url && foreign(hostOf(article.url), { class: "host" }));
}

function tags(row) {
  return [
    make("span", { class: `tag ${statusOf(row)}` }, statusLabel(statusOf(row))),
    columns.negative[row] ? make("span", { class: "tag negative" }, word("negative")) : "",
  ];
}

function toldLine(triples) {
  return triples.flatMap(([subject, link, object], index) => {
    const joined = index > 0 && triples[index - 1][2] === subject;
    return [...(joined ? [] : [index ? "; " : "", foreign(subject)]), " → ", foreign(link), " → ", foreign(object)];
  });
}

function card(evidence) {
  const { row } = evidence;
  const confidence = columns.confidence[row] / 100;
  const { same, contrary } = relatives(row);
  const sure = make("span", { title: word("confidence") },
    make("meter", { min: 0, max: 1, value: confidence, "aria-label": word("confidence") }), ` ${confidence.toFixed(2)}`);
  const told = make("div", { class: "side" },
    make("div", { class: "facts" },
      make("span", { class: "dot", color: scaleColor(eventOf(row)) }),
      make("b", {}, ...ends(sourceOf(row), targetOf(row), [row])),
      make("span", {}, relationLabel(relationOf(row))),
      ...tags(row)),
    quoteOf(evidence),
    evidence.told.length ? make("p", { class: "told" }, ...toldLine(evidence.told)) : "",
    line("from", sayer(evidence), evidence.time && make("span", {}, interval(evidence.time)), sure),
    articleLine(evidence));
  if (contrary.length) setBeside(told, contrary.slice(0, 3));
  return make("article", { class: "card", "data-statement": evidence.id }, told, same.length ? elsewhere(same) : "");
}

// Statements of the same fact: those of other articles, and those that say that it isn't so

function relatives(row) {
  const others = factRows.get(columns.fact[row]).filter((other) => other !== row);
  const contrary = others.filter((other) => columns.stance[other] * columns.stance[row] < 0);
  return { contrary, same: others.filter((other) => !contrary.includes(other) && columns.article[other] !== columns.article[row]) };
}

function elsewhere(rows) {
  const list = make("ul", {});
  const open = async () => {
    if (list.childElementCount) return;
    const evidence = await evidenceOf(rows.slice(0, cardsAtOnce));
    list.replaceChildren(...evidence.map((each) => make("li", {},
      button("quiet", () => select("statement", each.row), word("read")), articleLine(each))));
  };
  return make("details", { class: "elsewhere", ontoggle: open }, make("summary", {}, `${word("elsewhere")} (${rows.length})`), list);
}

async function setBeside(told, rows) {
  const evidence = await evidenceOf(rows);
  const contrary = evidence.map((each) => make("div", { class: "side" },
    make("div", { class: "facts" }, ...tags(each.row)), quoteOf(each), line("from", sayer(each)), articleLine(each)));
  const sides = make("div", { class: "sides" });
  told.replaceWith(make("h3", {}, word("contradicted")), sides);
  sides.append(told, ...contrary);
}
