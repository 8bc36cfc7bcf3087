// The controls: what they say in the reader's language, and what they set.

function toggle(name, value) {
  const values = new Set(state[name]);
  if (!values.delete(value)) values.add(value);
  narrow({ [name]: values });
}

function tally(name) {
  const numbers = new Map();
  for (const number of columns[name]) numbers.set(number, (numbers.get(number) || 0) + 1);
  return numbers;
}

function drawChips(id, name, values, label, sample) {
  const container = byId(id);
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.value : null;
  container.classList.toggle("narrowed", state[name].size > 0);
  container.replaceChildren(...values.map(([value, number]) => {
    const chip = button("chip", () => toggle(name, value), sample?.(value), label(value), make("small", {}, number.toLocaleString(state.language)));
    chip.dataset.value = value;
    chip.setAttribute("aria-pressed", String(state[name].has(value)));
    return chip;
  }));
  if (focused !== null) container.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
}

// The values of a column that occur, as pairs with their numbers of rows.
const occurring = (name, values) => [...tally(name)].filter(([number]) => number >= 0).map(([number, rows]) => [values[number], rows]);

function drawFilters() {
  const score = (event) => data.event_types[event]?.score ?? 0;
  const types = occurring("event", data.events).sort(([a], [b]) => score(a) - score(b) || a.localeCompare(b));
  const firmest = (status) => data.statuses.indexOf(status);
  const statuses = occurring("status", data.statuses).sort(([a], [b]) => firmest(a) - firmest(b));
  const byNumber = ([a, m], [b, n]) => n - m || a.localeCompare(b);
  drawChips("types", "types", types, eventLabel, (type) => make("span", { class: "dot", color: scaleColor(type) }));
  drawChips("statuses", "statuses", statuses, statusLabel, (status) => make("span", { class: `stroke ${status}` }));
  drawChips("publishers", "publishers", occurring("publisher", data.publishers).sort(byNumber), (name) => foreign(name));
  drawChips("sources", "sources", occurring("language", data.article_languages).sort(byNumber), (code) => foreign(languageName(code)));
  byId("confidence").value = state.confidence;
  byId("confidence-value").textContent = (state.confidence / 100).toFixed(2);
  if (document.activeElement !== byId("least")) byId("least").value = state.least;
  for (const end of [0, 1]) {
    const field = byId(`between-${end}`);
    if (document.activeElement !== field) field.value = state.between[end] === null ? "" : actorName(state.between[end]);
  }
  const set = state.publishers.size + state.sources.size + (state.confidence > 0) + (state.least > 1) + (state.between[0] && state.between[1] ? 1 : 0);
  byId("more-number").textContent = set ? ` (${set})` : "";
  byId("focus").hidden = state.focus === null;
  byId("reset").hidden = !isNarrowed();
}

function drawFocus() {
  if (state.focus === null) return;
  const node = [...data.readings.states.nodes, ...data.readings.told.nodes].find(({ id }) => id === state.focus);
  const steps = [1, 2].map((number) => {
    const step = button("", () => narrow({ steps: number }), word(number === 1 ? "one_step" : "two_steps"));
    step.setAttribute("aria-pressed", String(state.steps === number));
    return step;
  });
  byId("focus").replaceChildren(make("b", {}, foreign(node ? labelOf(node.labels) : state.focus)), ...steps, button("", () => narrow({ focus: null }), word("close")));
}

function drawControls() {
  document.documentElement.lang = state.language;
  document.title = byId("title").textContent = showControls(data.title || interfaceOf().title);
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
  for (const name of ["reading", "view", "language"]) {
    for (const each of document.querySelectorAll(`[data-${name}]`)) {
      each.setAttribute("aria-pressed", String(each.dataset[name] === state[name]));
    }
  }
  byId("search").placeholder = word("search");
  if (document.activeElement !== byId("search")) byId("search").value = state.query;
  drawFilters();
  drawFocus();
}

function fillControls() {
  for (const [code, { name }] of Object.entries(data.languages)) {
    byId("languages").append(make("button", { type: "button", lang: code, title: name, "data-language": code }, code.toUpperCase()));
  }
  const names = (actors) => [...new Set(actors.flatMap(({ labels }) => Object.values(labels)))].sort();
  const options = (actors) => names(actors).map((name) => make("option", { value: name }));
  const inGraph = new Set(data.readings.states.nodes.map(({ id }) => id));
  byId("names").append(...options(data.actors));
  byId("states").append(...options(data.actors.filter(({ id }) => inGraph.has(id))));
}

function listenToControls() {
  document.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-reading], [data-view], [data-language], [data-zoom]");
    const { reading, view, language, zoom } = pressed?.dataset || {};
    if (reading) setReading(reading);
    if (view && view !== state.view) { state.view = view; render(); }
    if (language) { state.language = language; render(); }
    if (zoom) network.moveTo({ scale: network.getScale() * Number(zoom), animation: { duration: 150 } });
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target) && document.contains(target)) menu.open = false;
    }
  });
  byId("fit").addEventListener("click", () => fit({ duration: 200 }));
  byId("reset").addEventListener("click", reset);
  byId("search").addEventListener("input", ({ target }) => lookFor(target.value.trim()));
  byId("confidence").addEventListener("input", ({ target }) => narrow({ confidence: Number(target.value) }));
  byId("least").addEventListener("input", ({ target }) => narrow({ least: Math.max(Number(target.value) || 1, 1) }));
  for (const end of [0, 1]) {
    byId(`between-${end}`).addEventListener("change", ({ target }) => {
      narrow({ between: state.between.map((other, index) => (index === end ? actorNamed(target.value) : other)) });
    });
  }
}

// Keys: / searches, Escape lets go, and in the graph arrows go from node to node, + and - zoom.
function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input")) return;
    if (event.key === "Escape" && state.selection) select();
    if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
  });
  byId("graph").addEventListener("keydown", (event) => {
    const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const zoom = { "+": 1.3, "-": 0.77 }[event.key];
    if (zoom) network.moveTo({ scale: network.getScale() * zoom });
    if (!directions[event.key]) return;
    event.preventDefault();
    const next = nodeTowards(directions[event.key]);
    if (next === null) return;
    select("node", next);
    network.moveTo({ position: network.getPosition(drawnId(next)) });
  }, true);
}

// The nearest node in a direction from the chosen one; the one with most statements where none is chosen.
function nodeTowards([right, down]) {
  const ids = items[state.reading].nodes.getIds().map(idOfDrawn);
  if (state.selection?.kind !== "node") {
    const told = (id) => nodeOf(id).statements.length;
    return ids.sort((a, b) => told(b) - told(a))[0] ?? null;
  }
  const places = new Map(ids.map((id) => [id, network.getPosition(drawnId(id))]));
  const here = places.get(state.selection.id);
  const far = ({ x, y }) => {
    const [ahead, aside] = [(x - here.x) * right + (y - here.y) * down, Math.abs((x - here.x) * down) + Math.abs((y - here.y) * right)];
    return ahead > aside / 2 && ahead > 0 ? ahead + 2 * aside : Infinity;
  };
  const next = ids.filter((id) => far(places.get(id)) < Infinity).sort((a, b) => far(places.get(a)) - far(places.get(b)));
  return next[0] ?? null;
}
