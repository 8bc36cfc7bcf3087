"use strict";
// The page's behaviour. Everything from an article reaches the document as text only (textContent, canvas).

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const state = {
    language: data.language,
    reading: "states",
    view: "graph",
    query: "",
    events: new Set(), // empty: no filter
    statuses: new Set(),
    selection: null, // {kind: "node" | "edge" | "statement", id}
  };
  const certainty = { asserted: 0, planned: 1, hypothetical: 2, claimed: 2, denied: 3 };
  const dashes = [false, [9, 6], [2, 6], [1, 8]];
  const labelLimit = 150; // of more edges than that none shows its label until some are chosen
  const network = new vis.Network(byId("graph"), {}, data.readings.states.options);
  const items = {}; // by reading: the DataSets that the network draws

  // Words

  const interfaceOf = () => data.languages[state.language];
  const word = (key) => interfaceOf().words[key];
  const eventLabel = (event) => labelOf(data.events[event]?.labels || { "": event });
  const statusLabel = (status) => interfaceOf().status[status] || status;
  const labelOf = (labels) => labels[state.language] || Object.values(labels)[0];
  const shorten = (text) => (text.length > data.longest ? `${text.slice(0, data.longest - 1).trimEnd()}…` : text);
  const relationLabel = (relation) => labelOf(data.relations[relation].labels);
  const isMutual = (statements) => statements.every(({ relation }) => data.relations[relation].symmetric);
  const count = (kind, number) => {
    const forms = interfaceOf().counts[kind];
    const form = new Intl.PluralRules(state.language).select(number);
    return (forms[form] || forms.other).replace("{}", number);
  };
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const names = {}; // codes and ids → labels, from the nodes of both readings
  for (const reading of Object.values(data.readings)) {
    for (const node of reading.nodes) names[node.id] ??= node.labels;
  }
  const arrow = (statements) => (isMutual(statements) ? "↔" : "→");
  const actorName = (code) => (code ? labelOf(names[code] || { "": code }) : "–");
  const mentionName = (mention) => (mention.labels ? labelOf(mention.labels) : mention.text);

  function day(text) {
    const options = { year: "numeric", month: "short", day: text.length > 7 ? "numeric" : undefined };
    const date = new Date(`${text.padEnd(10, "-01")}T00:00:00Z`);
    return new Intl.DateTimeFormat(state.language, { ...options, timeZone: "UTC" }).format(date);
  }

  function interval([start, end]) {
    const last = new Date(Date.parse(end) - 864e5).toISOString().slice(0, 10);
    return last <= start ? day(start) : `${day(start)} – ${day(last)}`;
  }

  // Which statements are shown

  data.statements.forEach((statement, number) => {
    const actors = [statement.source, statement.target].flatMap((code) => [code, ...Object.values(names[code] || {})]);
    const mentions = [statement.subject, statement.object, ...statement.attribution].filter(Boolean);
    const labels = mentions.flatMap((mention) => [mention.text, ...Object.values(mention.labels || {})]);
    const quote = statement.quote.map(([text]) => text).join("");
    statement.number = number;
    statement.haystack = fold([...actors, ...labels, quote].filter(Boolean).join("\n"));
  });

  const passes = (statement) =>
    (!state.events.size || state.events.has(statement.event)) &&
    (!state.statuses.size || state.statuses.has(statement.status)) &&
    (!state.query || statement.haystack.includes(fold(state.query)));
  const shown = (numbers) => numbers.map((number) => data.statements[number]).filter(passes);
  const rank = (statement) => (statement.polarity === "negative" ? 3 : certainty[statement.status]);
  const firmest = (statements) => Math.min(...statements.map(rank));

  // Drawing

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const scaleStep = (event) => {
    const score = data.events[event]?.score ?? 0;
    return [-8, -5, -1, 1, 4, 7].filter((limit) => score > limit).length;
  };
  const scaleColor = (event) => `var(--scale-${scaleStep(event)})`;

  function edgeLabel(edge, statements) {
    if (edge.told !== null) return shorten(edge.told);
    const relations = new Set(statements.map((statement) => statement.relation));
    const label = relations.size === 1 ? relationLabel([...relations][0]) : eventLabel(statements[0].event);
    return statements.length > 1 ? `${label} · ${statements.length}` : label;
  }

  const isNear = (item, edge) => {
    const selection = state.selection;
    if (!selection || selection.kind === "statement") return true;
    if (edge) return selection.id === item.id || (selection.kind === "node" && [item.from, item.to].includes(selection.id));
    if (selection.kind === "node" && selection.id === item.id) return true;
    return data.readings[state.reading].edges.some((other) => isNear(other, true) && [other.from, other.to].includes(item.id));
  };

  function drawnEdge(edge, colors) {
    const statements = shown(edge.statements);
    if (!statements.length) return { id: edge.id, hidden: true };
    const near = isNear(edge, true);
    const step = scaleStep(statements[0].event);
    const level = firmest(statements);
    const color = colors.scale[step];
    return {
      id: edge.id,
      hidden: false,
      label: edgeLabel(edge, statements),
      width: Math.min(1.6 + 1.3 * Math.log2(statements.length), 8) + (state.selection?.id === edge.id ? 1.5 : 0),
      dashes: dashes[level],
      arrows: { to: { enabled: edge.told !== null || !isMutual(statements) } },
      color: { color, hover: color, highlight: color, opacity: (near ? 1 : 0.22) * (level === 3 ? 0.5 : 1) },
      font: { color: near ? colors.soft : "transparent", strokeColor: near ? colors.paper : "transparent" },
    };
  }

  function drawnNode(node, colors) {
    const hidden = !shown(node.statements).length;
    const label = labelOf(node.labels);
    const looks = {
      state: { background: colors.node, border: colors.node, ink: colors.nodeInk, radius: 18 },
      organisation: { background: colors.group, border: colors.group, ink: colors.nodeInk, radius: 5 },
    };
    const other = { background: colors.thing, border: colors.line, ink: colors.thingInk, radius: 5 };
    const look = looks[node.kind] || other;
    const color = { background: look.background, border: look.border };
    return {
      id: node.id,
      hidden,
      label: node.kind === "organisation" && label.length > data.longest ? node.id : shorten(label),
      opacity: isNear(node, false) ? 1 : 0.35,
      color: { ...color, hover: color, highlight: { background: look.background, border: colors.accent } },
      font: { color: look.ink, face: colors.face },
      borderWidth: 1,
      borderWidthSelected: 3,
      shapeProperties: { borderRadius: look.radius },
    };
  }

  function palette() {
    const scale = [0, 1, 2, 3, 4, 5, 6].map((step) => css(`--scale-${step}`));
    const [paper, soft, line, node, nodeInk, group, thing, thingInk, accent, face] =
      ["paper", "soft", "line", "node", "node-ink", "group", "thing", "thing-ink", "accent", "sans"].map((name) => css(`--${name}`));
    return { scale, paper, soft, line, node, nodeInk, group, thing, thingInk, accent, face };
  }

  function merge(item, drawn) {
    return { ...item, ...drawn, font: { ...item.font, ...drawn.font } };
  }

  function drawGraph() {
    const colors = palette();
    const reading = data.readings[state.reading];
    const nodes = reading.nodes.map((node) => merge(node, drawnNode(node, colors)));
    const edges = reading.edges.map((edge) => merge({ ...edge, font: { size: 12, strokeWidth: 5, align: "middle", face: colors.face } }, drawnEdge(edge, colors)));
    if (items[state.reading]) {
      items[state.reading].nodes.update(nodes);
      items[state.reading].edges.update(edges);
    } else {
      items[state.reading] = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges) };
    }
    if (network.drawn !== state.reading) {
      network.drawn = state.reading;
      network.setData(items[state.reading]);
      fit();
    }
    network.redraw(); // boxes and curves are known once they were drawn
    hideCrowdedLabels(edges.filter((edge) => !edge.hidden));
    byId("nothing").hidden = nodes.some((node) => !node.hidden);
  }

  function boxOf(id) {
    const { x, y, shape } = network.body.nodes[id];
    const [wide, high] = [shape.width / 2 + 4, shape.height / 2 + 6];
    return { left: x - wide, right: x + wide, top: y - high, bottom: y + high };
  }

  // A label that would lie on a node, or on the label of an edge with more statements, is shortened, else hidden.
  function hideCrowdedLabels(edges) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `12px ${css("--sans")}`;
    const taken = [];
    const boxes = items[state.reading].nodes.getIds({ filter: (node) => !node.hidden && isNear(node, false) }).map(boxOf);
    const near = edges.filter((edge) => isNear(edge, true));
    const order = near.sort((a, b) => b.statements.length - a.statements.length);
    const labels = order.map((edge) => {
      const candidates = edge.told === null ? [edge.label, eventLabel(data.statements[edge.statements[0]].event)] : [edge.label];
      const free = (label) => {
        const points = pointsUnder(edge, pen.measureText(label).width / 2);
        const blocked = points.some(({ x, y }) =>
          taken.some((other) => Math.hypot(other.x - x, other.y - y) < 14) ||
          boxes.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom));
        if (!blocked) taken.push(...points);
        return !blocked;
      };
      const wanted = near.length <= labelLimit && edge.from !== edge.to;
      return { id: edge.id, label: (wanted && candidates.find(free)) || " " };
    });
    items[state.reading].edges.update(labels);
  }

  // Points every 7 pixels along a label that is written on the middle of its edge.
  function pointsUnder(edge, half) {
    const drawn = network.body.edges[edge.id];
    const middle = drawn.edgeType.getPoint(0.5);
    const angle = Math.atan2(drawn.to.y - drawn.from.y, drawn.to.x - drawn.from.x);
    const points = [];
    for (let along = -half; along <= half; along += 7) {
      points.push({ x: middle.x + along * Math.cos(angle), y: middle.y + along * Math.sin(angle) });
    }
    return points;
  }

  function fit(animation = false) {
    const nodes = items[state.reading].nodes.getIds({ filter: (node) => !node.hidden });
    if (!nodes.length) return;
    network.fit({ nodes, animation, maxZoomLevel: 1.15 });
    if (byId("graph").clientWidth < 600 && network.getScale() < 0.55) {
      // A phone: rather the most told part at a size that can be read, and the rest by dragging.
      const told = (node) => shown(node.statements).length;
      const [most] = [...data.readings[state.reading].nodes].sort((a, b) => told(b) - told(a));
      network.moveTo({ position: network.getPosition(most.id), scale: 0.55 });
    }
  }

  // Building elements

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (name === "color") element.style.setProperty("--color", value);
      else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  const line = (name, ...parts) => {
    const given = parts.filter((part) => part !== null);
    return make("p", { class: name }, ...given.flatMap((part, index) => (index ? [" · ", part] : [part])));
  };

  function sayer(attribution) {
    return attribution.map(mentionName).join(`, ${word("according")} `);
  }

  function toldLine(triples) {
    return triples.map(([subject, link, object], index) => {
      const joined = index > 0 && triples[index - 1][2] === subject;
      return `${joined ? "" : (index ? "; " : "") + subject} → ${link} → ${object}`;
    }).join("");
  }

  function card(statement) {
    const article = data.articles[statement.article];
    const quote = statement.quote.map(([text, mark]) => (mark ? make("mark", { class: mark, title: word(mark) || null }, text) : text));
    const link = article.url ? make("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.title) : make("span", {}, article.title);
    const sure = make("span", { title: word("confidence") },
      make("meter", { min: 0, max: 1, value: statement.confidence, "aria-label": word("confidence") }), ` ${statement.confidence.toFixed(2)}`);
    return make("article", { class: "card", "data-statement": statement.id },
      make("div", { class: "facts" },
        make("span", { class: "dot", color: scaleColor(statement.event) }),
        make("b", {}, `${actorName(statement.source)} ${arrow([statement])} ${actorName(statement.target)}`),
        make("span", {}, relationLabel(statement.relation)),
        make("span", { class: `tag ${statement.status}` }, statusLabel(statement.status)),
        statement.polarity === "negative" ? make("span", { class: "tag negative" }, word("negative")) : null),
      make("blockquote", { lang: article.language }, ...quote),
      statement.told.length ? make("p", { class: "told" }, toldLine(statement.told)) : null,
      line("from",
        statement.attribution.length ? make("span", { class: "sayer" }, sayer(statement.attribution)) : null,
        statement.time ? make("span", {}, interval(statement.time)) : null,
        sure),
      line("from", link,
        article.publisher ? make("span", {}, article.publisher) : null,
        article.published ? make("span", {}, day(article.published)) : null));
  }

  // The panel

  const edgesOf = (reading) => data.readings[reading].edges;
  const nodeOf = (id) => data.readings[state.reading].nodes.find((node) => node.id === id);

  function overview() {
    const statements = data.statements.filter(passes);
    const actors = new Set(statements.flatMap(({ source, target }) => [source, target]).filter(Boolean));
    const articles = new Set(statements.map(({ article }) => article));
    const pairs = edgesOf("states")
      .map((edge) => ({ edge, statements: shown(edge.statements) }))
      .filter((pair) => pair.statements.length)
      .sort((a, b) => b.statements.length - a.statements.length)
      .slice(0, 14);
    const summary = [count("statement", statements.length), count("article", articles.size), count("actor", actors.size)];
    return [
      make("h2", {}, word("overview")),
      make("p", {}, summary.join(" · ")),
      make("p", {}, word("hint")),
      make("h3", {}, word("strongest")),
      make("ul", { class: "pairs" }, ...pairs.map(({ edge, statements: of }) => make("li", {},
        make("button", { type: "button", onclick: () => { setReading("states"); select("edge", edge.id); } },
          make("span", { class: "dot", color: scaleColor(of[0].event) }),
          make("span", {}, `${actorName(edge.from)} ${arrow(of)} ${actorName(edge.to)} `, make("em", {}, edgeLabel(edge, of).replace(/ · \d+$/, ""))),
          make("small", {}, String(of.length)))))),
    ];
  }

  function chosen({ kind, id }) {
    if (kind === "statement") return { title: "", statements: [data.statements[id]] };
    if (kind === "node") return { title: labelOf(nodeOf(id).labels), statements: shown(nodeOf(id).statements) };
    const edge = edgesOf(state.reading).find((one) => one.id === id);
    const ends = [edge.from, edge.to].map((end) => labelOf(nodeOf(end).labels));
    const title = edge.told === null ? ends.join(` ${arrow(shown(edge.statements))} `) : `${ends[0]} → ${edge.told} → ${ends[1]}`;
    return { title, statements: shown(edge.statements) };
  }

  function drawPanel() {
    const panel = byId("panel");
    if (!state.selection) return panel.replaceChildren(...overview());
    const { title, statements } = chosen(state.selection);
    const published = (statement) => data.articles[statement.article].published || "";
    const sorted = [...statements].sort((a, b) => rank(a) - rank(b) || published(b).localeCompare(published(a)) || a.number - b.number);
    const key = ["subject", "relation", "object"].map((mark) => make("mark", { class: mark }, word(mark).toLowerCase()));
    panel.replaceChildren(
      make("button", { type: "button", class: "quiet close", onclick: () => select() }, word("close")),
      make("h2", {}, title || actorName(statements[0].source)),
      make("p", {}, count("statement", statements.length)),
      make("div", { class: "key" }, ...key),
      ...sorted.map(card));
    panel.scrollTop = 0;
  }

  function drawTable() {
    const columns = ["source", "relation", "target", "status", "date", "sentence", "article"];
    const rows = data.statements.filter(passes).map((statement) => {
      const article = data.articles[statement.article];
      const status = statusLabel(statement.status) + (statement.polarity === "negative" ? `, ${word("negative")}` : "");
      return make("tr", {},
        make("td", {}, actorName(statement.source)),
        make("td", {}, make("button", { type: "button", onclick: () => select("statement", statement.number) }, relationLabel(statement.relation))),
        make("td", {}, actorName(statement.target)),
        make("td", {}, status),
        make("td", {}, statement.time ? interval(statement.time) : article.published ? day(article.published) : ""),
        make("td", {}, make("q", { lang: article.language }, statement.quote.map(([text]) => text).join(""))),
        make("td", {}, article.title));
    });
    byId("table").replaceChildren(make("table", {},
      make("thead", {}, make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, word(column))))),
      make("tbody", {}, ...rows)));
  }

  // Controls

  function toggle(set, value) {
    if (!set.delete(value)) set.add(value);
    state.selection = null;
    render();
  }

  function chip(set, value, label, sample, number) {
    return make("button", { type: "button", class: "chip", "aria-pressed": String(set.has(value)), "data-value": value, onclick: () => toggle(set, value) },
      sample, label, make("small", {}, String(number)));
  }

  function drawChips(container, set, values, key, label, sample) {
    const focused = container.contains(document.activeElement) ? document.activeElement.dataset.value : null;
    const numbers = values.map((value) => data.statements.filter((statement) => statement[key] === value).length);
    container.classList.toggle("narrowed", set.size > 0);
    container.replaceChildren(...values.map((value, at) => numbers[at] && chip(set, value, label(value), sample(value), numbers[at])).filter(Boolean));
    if (focused) container.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
  }

  function drawControls() {
    document.documentElement.lang = state.language;
    document.title = byId("title").textContent = data.title || interfaceOf().title;
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", word(element.dataset.label));
      if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
    }
    for (const name of ["reading", "view", "language"]) {
      for (const button of document.querySelectorAll(`[data-${name}]`)) {
        button.setAttribute("aria-pressed", String(button.dataset[name] === state[name]));
      }
    }
    byId("search").placeholder = word("search");
    byId("search").setAttribute("aria-label", word("search"));
    byId("reset").hidden = !(state.events.size || state.statuses.size || state.query || state.selection);
    const events = [...new Set(data.statements.map(({ event }) => event))];
    events.sort((a, b) => (data.events[a]?.score ?? 0) - (data.events[b]?.score ?? 0) || a.localeCompare(b));
    drawChips(byId("events"), state.events, events, "event", eventLabel, (event) => make("span", { class: "dot", color: scaleColor(event) }));
    drawChips(byId("statuses"), state.statuses, data.statuses, "status", statusLabel, (status) => make("span", { class: `stroke ${status}` }));
  }

  function render() {
    drawControls();
    byId("stage").hidden = state.view !== "graph";
    byId("table").hidden = state.view !== "table";
    if (state.view === "table") drawTable();
    else drawGraph();
    drawPanel();
  }

  function select(kind = null, id = null) {
    state.selection = kind === null ? null : { kind, id };
    if (kind === null) network.unselectAll();
    render();
    if (kind === "edge") network.selectEdges([id]);
    if (kind === "node") network.selectNodes([id], false);
    if (kind !== null && matchMedia("(max-width: 820px)").matches) byId("panel").scrollIntoView({ behavior: "smooth" });
  }

  function setReading(reading) {
    if (reading === state.reading && state.view === "graph") return;
    Object.assign(state, { reading, view: "graph", selection: null });
    render();
  }

  for (const [code, { name }] of Object.entries(data.languages)) {
    byId("languages").append(make("button", { type: "button", lang: code, title: name, "data-language": code }, code.toUpperCase()));
  }
  const completions = new Set(Object.values(names).flatMap((labels) => Object.entries(labels).filter(([code]) => code).map(([, name]) => name)));
  byId("names").append(...[...completions].sort().map((name) => make("option", { value: name })));

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-reading], [data-view], [data-language], [data-zoom]");
    if (!button) return;
    const { reading, view, language, zoom } = button.dataset;
    if (reading) setReading(reading);
    if (view && view !== state.view) { state.view = view; render(); }
    if (language) { state.language = language; render(); }
    if (zoom) network.moveTo({ scale: network.getScale() * Number(zoom), animation: { duration: 150 } });
  });
  byId("fit").addEventListener("click", () => fit({ duration: 200 }));
  byId("reset").addEventListener("click", () => {
    state.events.clear();
    state.statuses.clear();
    state.query = byId("search").value = "";
    select();
    fit({ duration: 200 });
  });
  byId("search").addEventListener("input", ({ target }) => {
    state.query = target.value.trim();
    state.selection = null;
    render();
    if (state.view === "graph") fit({ duration: 200 });
  });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && state.selection) select(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select("node", nodes[0]);
    else if (edges.length) select("edge", edges[0]);
    else if (state.selection) select();
  });

  window.stateRelations = { network, state, select };
  render();
})();
