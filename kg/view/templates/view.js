// What the reader looks at, and how the address says it: after # stands all that isn't as at first.

const blank = () => ({
  language: data.language,
  reading: "states", // or "told"
  view: "graph", // or "table"
  query: "",
  types: new Set(), // empty: no condition; so for all that follow
  statuses: new Set(),
  publishers: new Set(),
  sources: new Set(), // languages of articles
  since: null, // days as 2025-06-17, both in
  until: null,
  confidence: 0, // hundredths
  least: 1, // statements of an edge
  focus: null, // id of a node
  steps: 1,
  between: [null, null],
  selection: null, // {kind: "node" | "edge" | "statement", id}; a statement's id is its row
});
const state = {};

const listed = { types: "type", statuses: "status", publishers: "publisher", sources: "in" };
const single = { language: "lang", reading: "reading", view: "view", query: "q", since: "since", until: "until", focus: "focus" };
const counted = { confidence: "confidence", least: "least", steps: "steps" };
const selectable = ["node", "edge", "statement"];

function fragment() {
  const first = blank();
  const parts = new URLSearchParams();
  for (const [name, key] of [...Object.entries(single), ...Object.entries(counted)]) {
    if (state[name] !== first[name]) parts.set(key, state[name]);
  }
  for (const [name, key] of Object.entries(listed)) {
    for (const value of state[name]) parts.append(key, value);
  }
  for (const end of state.between.filter(Boolean)) parts.append("between", end);
  if (state.selection) parts.set(state.selection.kind, idOf(state.selection));
  return parts.toString();
}

const idOf = ({ kind, id }) => (kind === "statement" ? data.ids[id] : id);

// Sets the state to what a fragment says; what it says wrongly is left as at first.
function readFragment(text) {
  const parts = new URLSearchParams(text);
  Object.assign(state, blank());
  for (const [name, key] of Object.entries(single)) state[name] = parts.get(key) ?? state[name];
  for (const [name, key] of Object.entries(counted)) {
    if (/^\d{1,6}$/.test(parts.get(key))) state[name] = Number(parts.get(key));
  }
  for (const [name, key] of Object.entries(listed)) state[name] = new Set(parts.getAll(key));
  const [first = null, second = null] = parts.getAll("between");
  state.between = [first, second];
  for (const [name, known] of Object.entries({ language: data.languages, reading: data.readings, view: { graph: 1, table: 1 } })) {
    if (!Object.hasOwn(known, state[name])) state[name] = blank()[name];
  }
  for (const name of ["since", "until"]) {
    if (!/^\d{4}-\d\d-\d\d$/.test(state[name]) || Number.isNaN(dayNumber(state[name]))) state[name] = null;
  }
  const kind = selectable.find((each) => parts.has(each));
  const selection = kind && { kind, id: kind === "statement" ? data.ids.indexOf(parts.get(kind)) : parts.get(kind) };
  state.selection = selection && isThere(selection) ? selection : null;
}

function isThere({ kind, id }) {
  if (kind === "statement") return id >= 0;
  return data.readings[state.reading][`${kind}s`].some((item) => item.id === id);
}

function writeFragment() {
  if (location.protocol === "about:") return; // a frame of a notebook has no address of its own
  const text = fragment();
  history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}

function isNarrowed() {
  const parts = new URLSearchParams(fragment());
  for (const key of ["lang", "reading", "view"]) parts.delete(key);
  return parts.size > 0;
}
