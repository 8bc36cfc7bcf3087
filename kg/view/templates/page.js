// The page: what happens when, from loading on.

// Draws all of it from the state.
function render() {
  filterRows();
  drawTimeline();
  return show();
}

// Draws what depends on more than the filters: the language, the reading, what is chosen.
function show() {
  if (state.selection && !isThere(state.selection)) state.selection = null;
  drawControls();
  byId("stage").hidden = byId("legend").hidden = state.view !== "graph";
  byId("table").hidden = state.view !== "table";
  if (state.view === "graph") drawGraph();
  const drawing = [drawPanel(), state.view === "table" && drawTable()];
  writeFragment();
  return Promise.all(drawing);
}

// Sets conditions; what was chosen stays only where they leave it statements.
function narrow(conditions) {
  Object.assign(state, conditions);
  filterRows();
  drawTimeline();
  if (state.selection && !chosen(state.selection).rows.some((row) => shown.passes[row])) state.selection = null;
  show();
  if (state.view === "graph" && ("focus" in conditions || "between" in conditions)) fit({ duration: 200 });
}

async function lookFor(query) {
  document.body.setAttribute("aria-busy", "true");
  if (!(await search(query))) return;
  document.body.removeAttribute("aria-busy");
  Object.assign(state, { query, selection: null });
  render();
  if (state.view === "graph") fit({ duration: 200 });
}

function select(kind = null, id = null) {
  state.selection = kind === null ? null : { kind, id };
  const drawn = show();
  network.unselectAll();
  if (state.view === "graph" && kind === "edge" && items[state.reading].edges.get(id)) network.selectEdges([id]);
  if (state.view === "graph" && kind === "node" && items[state.reading].nodes.get(drawnId(id))) network.selectNodes([drawnId(id)], false);
  if (kind !== null && matchMedia("(max-width: 820px)").matches) drawn.then(() => byId("panel").scrollIntoView());
  return drawn;
}

function setReading(reading) {
  if (reading === state.reading && state.view === "graph") return;
  const focus = data.readings[reading].nodes.some(({ id }) => id === state.focus) ? state.focus : null;
  Object.assign(state, { reading, view: "graph", selection: null, focus });
  render();
}

async function reset() {
  const { language, reading, view } = state;
  Object.assign(state, blank(), { language, reading, view });
  await search("");
  byId("search").value = "";
  await render();
  network.unselectAll();
  if (view === "graph") fit({ duration: 200 });
}

// Goes to what the address says.
async function follow() {
  readFragment(location.hash.slice(1));
  await search(state.query);
  filterRows();
  drawTimeline();
  await select(state.selection?.kind, state.selection?.id);
}

async function start() {
  await load();
  data.actors.forEach(({ id }, number) => numberOf.set(id, number));
  Object.assign(state, blank());
  network = new vis.Network(byId("graph"), {}, data.readings.states.options);
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) select("node", idOfDrawn(nodes[0]));
    else if (edges.length) select("edge", edges[0]);
    else if (state.selection) select();
  });
  setBars();
  fillControls();
  listenToControls();
  listenToTimeline();
  listenToKeys();
  listenToExports();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  addEventListener("hashchange", follow);
  await follow();
  window.stateRelations = { network, state, select, data, shown };
}

start();
