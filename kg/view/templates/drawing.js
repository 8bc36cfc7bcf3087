// The drawing: what of the graph is shown, and how each node and edge looks.

const mostEdges = 3000; // more are never drawn at once: those with most statements are
const dashes = [false, [9, 6], [2, 6], [1, 8]]; // by how firmly it is told
const firmness = { asserted: 0, planned: 1, hypothetical: 2, claimed: 2, denied: 3 };
const items = {}; // by reading: the DataSets that the network draws, and how each item last looked
let network = null;
let shownEdges = []; // of the reading: {edge, rows}, those with most statements first
let undrawn = 0; // edges with statements that are not drawn, being too many

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const edgesOf = (reading) => data.readings[reading].edges;
const nodeOf = (id) => data.readings[state.reading].nodes.find((node) => node.id === id);
const rank = (row) => (columns.negative[row] ? 3 : firmness[statusOf(row)]);
// vis-network keeps nodes by id in plain objects, in which names such as `__proto__` are taken.
const drawnId = (id) => (id in {} ? `\u0000${id}` : id);
const idOfDrawn = (id) => (id.startsWith("\u0000") ? id.slice(1) : id);
const scaleStep = (event) => [-8, -5, -1, 1, 4, 7].filter((limit) => (data.event_types[event]?.score ?? 0) > limit).length;
const scaleColor = (event) => `var(--scale-${scaleStep(event)})`;

function edgeLabel(edge, rows) {
  if (state.reading === "told") return shorten(edge.key);
  const relations = new Set(rows.map(relationOf));
  const label = relations.size === 1 ? relationLabel([...relations][0]) : eventLabel(edge.key);
  return rows.length > 1 ? `${label} · ${rows.length}` : label;
}

// The edges of a reading that have statements, with these; those with most first.
function filledEdges(reading) {
  return (shown.edges[reading] ??= edgesOf(reading)
    .map((edge) => ({ edge, rows: passing(edge.statements) }))
    .filter(({ rows }) => rows.length)
    .sort((a, b) => b.rows.length - a.rows.length));
}

const isNear = (id) => !state.selection || state.selection.kind === "statement" || state.selection.id === id;
const isNearEdge = ({ id, from, to }) => isNear(id) || (state.selection.kind === "node" && [from, to].includes(state.selection.id));

function drawnEdge({ edge, rows }, colors, few) {
  const near = isNearEdge(edge);
  const level = Math.min(...rows.map(rank));
  const color = colors.scale[scaleStep(eventOf(rows[0]))];
  return {
    id: edge.id,
    from: drawnId(edge.from),
    to: drawnId(edge.to),
    smooth: edge.smooth,
    selfReference: edge.selfReference,
    label: few ? edgeLabel(edge, rows) : " ",
    width: Math.min(1.6 + 1.3 * Math.log2(rows.length), 8) + (state.selection?.id === edge.id ? 1.5 : 0),
    dashes: dashes[level],
    arrows: { to: { enabled: state.reading === "told" || !isMutual(rows) } },
    color: { color, hover: color, highlight: color, opacity: (near ? 1 : 0.22) * (level === 3 ? 0.5 : 1) * (few ? 1 : 0.7) },
    font: {
      size: 12, strokeWidth: 5, align: "middle", face: colors.face,
      color: near ? colors.soft : "transparent", strokeColor: near ? colors.paper : "transparent",
    },
  };
}

function drawnNode(node, colors, neighbours) {
  const label = showControls(labelOf(node.labels));
  const looks = {
    state: { background: colors.node, border: colors.node, ink: colors.nodeInk, radius: 18 },
    organisation: { background: colors.group, border: colors.group, ink: colors.nodeInk, radius: 5 },
  };
  const look = looks[node.kind] || { background: colors.thing, border: colors.line, ink: colors.thingInk, radius: 5 };
  const color = { background: look.background, border: look.border };
  return {
    ...node,
    id: drawnId(node.id),
    label: node.kind === "organisation" && label.length > data.longest ? node.id : shorten(label),
    opacity: !neighbours || neighbours.has(node.id) ? 1 : 0.35,
    color: { ...color, hover: color, highlight: { background: look.background, border: colors.accent } },
    font: { ...node.font, color: look.ink, face: colors.face },
    borderWidth: 1,
    borderWidthSelected: 3,
    shapeProperties: { borderRadius: look.radius },
  };
}

function palette() {
  const names = ["paper", "soft", "line", "node", "node-ink", "group", "thing", "thing-ink", "accent"];
  const [paper, soft, line, node, nodeInk, group, thing, thingInk, accent] = names.map((name) => css(`--${name}`));
  const scale = [0, 1, 2, 3, 4, 5, 6].map((step) => css(`--scale-${step}`));
  return { scale, paper, soft, line, node, nodeInk, group, thing, thingInk, accent, face: css("--sans") };
}

// The nodes that stand out beside the chosen node or edge; `null` where all do.
function neighboursOfSelection() {
  if (!state.selection || state.selection.kind === "statement") return null;
  const near = shownEdges.filter(({ edge }) => isNearEdge(edge)).flatMap(({ edge }) => [edge.from, edge.to]);
  return new Set([...near, state.selection.id]);
}

// Only what looks other than before is given to the network.
function change(set, looks, drawn) {
  const wanted = new Map(drawn.map((item) => [item.id, item]));
  const gone = [...looks.keys()].filter((id) => !wanted.has(id));
  const changed = [];
  for (const [id, item] of wanted) {
    const look = JSON.stringify(item);
    if (looks.get(id) !== look) changed.push(item);
    looks.set(id, look);
  }
  for (const id of gone) looks.delete(id);
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
}

function drawGraph() {
  const colors = palette();
  const reading = (items[state.reading] ??= { nodes: new vis.DataSet(), edges: new vis.DataSet(), nodeLooks: new Map(), edgeLooks: new Map() });
  const filled = filledEdges(state.reading);
  shownEdges = filled.slice(0, mostEdges);
  undrawn = filled.length - shownEdges.length;
  const few = shownEdges.length <= mostLabels;
  const neighbours = neighboursOfSelection();
  const nodes = data.readings[state.reading].nodes.filter(({ statements }) => statements.some((row) => shown.passes[row]));
  network.setOptions({ interaction: { hideEdgesOnDrag: shownEdges.length > 1000, hideEdgesOnZoom: shownEdges.length > 1000 } });
  change(reading.nodes, reading.nodeLooks, nodes.map((node) => drawnNode(node, colors, neighbours)));
  change(reading.edges, reading.edgeLooks, shownEdges.map((each) => drawnEdge(each, colors, few)));
  if (network.drawn !== state.reading) {
    network.drawn = state.reading;
    network.setData({ nodes: reading.nodes, edges: reading.edges });
    fit();
  }
  if (few) hideCrowdedLabels(reading);
  byId("nothing").hidden = nodes.length > 0;
  const counts = undrawn && [shownEdges.length, filled.length].map((number) => number.toLocaleString(state.language));
  byId("undrawn").textContent = undrawn ? word("undrawn").replace("{}", counts[0]).replace("{}", counts[1]) : toldNote();
}

function toldNote() {
  const told = data.told_rows;
  if (state.reading !== "told" || told >= rowCount) return "";
  return word("latest").replace("{}", told.toLocaleString(state.language)).replace("{}", rowCount.toLocaleString(state.language));
}

function fit(animation = false) {
  const nodes = items[state.reading].nodes.getIds();
  if (!nodes.length) return;
  network.fit({ nodes, animation, maxZoomLevel: 1.15 });
  if (byId("graph").clientWidth < 600 && network.getScale() < 0.55) {
    // A phone: rather the most told part at a size that can be read, and the rest by dragging.
    const told = ({ statements }) => passing(statements).length;
    const [most] = data.readings[state.reading].nodes.filter(({ id }) => nodes.includes(drawnId(id))).sort((a, b) => told(b) - told(a));
    network.moveTo({ position: network.getPosition(drawnId(most.id)), scale: 0.55 });
  }
}
