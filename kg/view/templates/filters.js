// Which rows are shown. The conditions are those of kg/view/filters.py, in the same order.

const shown = { passes: new Uint8Array(0), undated: new Uint8Array(0), rows: [] }; // by row; the numbers of those that pass
let hits = null; // by row: whether it has what is searched; `null` where nothing is
let searches = 0;

function allows(row) {
  return (
    (!state.types.size || state.types.has(eventOf(row))) &&
    (!state.statuses.size || state.statuses.has(statusOf(row))) &&
    (!state.publishers.size || state.publishers.has(data.publishers[columns.publisher[row]])) &&
    (!state.sources.size || state.sources.has(data.article_languages[columns.language[row]])) &&
    columns.confidence[row] >= state.confidence &&
    (!hits || hits[row])
  );
}

function filterRows() {
  const since = state.since ? dayNumber(state.since) : -Infinity;
  const until = state.until ? dayNumber(state.until) : Infinity;
  const dated = state.since || state.until;
  const passes = new Uint8Array(rowCount);
  shown.undated = new Uint8Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    if (!allows(row)) continue;
    shown.undated[row] = 1;
    const day = columns.day[row];
    passes[row] = !dated || (day >= 0 && day >= since && day <= until) ? 1 : 0;
  }
  if (state.least > 1) dropRare(passes);
  if (state.focus !== null) keepNear(passes, state.focus, state.steps);
  if (state.between[0] && state.between[1]) keepBetween(passes, ...state.between);
  shown.passes = passes;
  shown.rows = [];
  for (let row = 0; row < rowCount; row += 1) if (passes[row]) shown.rows.push(row);
}

const passing = (rows) => rows.filter((row) => shown.passes[row]);

function dropRare(passes) {
  const numbers = new Map();
  passes.forEach((pass, row) => pass && numbers.set(groups[row], (numbers.get(groups[row]) || 0) + 1));
  passes.forEach((pass, row) => { if (pass && numbers.get(groups[row]) < state.least) passes[row] = 0; });
}

// Ways

const pairsOfRows = (passes) => {
  const pairs = new Map();
  passes.forEach((pass, row) => {
    if (pass && !pairs.has(groups[row])) pairs.set(groups[row], [sourceOf(row), targetOf(row)]);
  });
  return [...pairs.values()];
};

function countSteps(pairs, start) {
  const neighbours = new Map();
  const link = (one, other) => (neighbours.get(one) || neighbours.set(one, []).get(one)).push(other);
  for (const [one, other] of pairs) {
    if (one === null || other === null) continue;
    link(one, other);
    link(other, one);
  }
  const away = new Map([[start, 0]]);
  for (const node of away.keys()) { // a Map gives those that are added meanwhile too
    for (const next of neighbours.get(node) || []) if (!away.has(next)) away.set(next, away.get(node) + 1);
  }
  return (node) => away.get(node) ?? Infinity;
}

function keepNear(passes, focus, steps) {
  if (data.readings.states.nodes.some(({ id }) => id === focus)) {
    const away = countSteps(pairsOfRows(passes), focus);
    passes.forEach((_, row) => { if (Math.min(away(sourceOf(row)), away(targetOf(row))) >= steps) passes[row] = 0; });
    return;
  }
  const edges = data.readings.told.edges.filter(({ statements }) => statements.some((row) => passes[row]));
  const away = countSteps(edges.map(({ from, to }) => [from, to]), focus);
  const near = new Set(edges.filter(({ from, to }) => Math.min(away(from), away(to)) < steps).flatMap(({ statements }) => statements));
  passes.forEach((_, row) => { if (!near.has(row)) passes[row] = 0; });
}

function keepBetween(passes, first, second) {
  const pairs = pairsOfRows(passes);
  const [fromFirst, fromSecond] = [countSteps(pairs, first), countSteps(pairs, second)];
  const direct = fromFirst(second);
  const longest = Math.max(2, Number.isFinite(direct) ? direct : 0);
  passes.forEach((_, row) => {
    const [source, target] = [sourceOf(row), targetOf(row)];
    const way = 1 + Math.min(fromFirst(source) + fromSecond(target), fromFirst(target) + fromSecond(source));
    if (way > longest) passes[row] = 0;
  });
}

// Search: a name in any language; where there is none, the words of the sentences.

async function search(query) {
  const mine = (searches += 1);
  const found = query ? await matches(fold(query)) : null;
  if (mine !== searches) return false; // the reader has typed on
  hits = found;
  return true;
}

async function matches(wanted) {
  const named = new Set();
  data.actors.forEach(({ id, labels }, number) => {
    if ([id, ...Object.values(labels)].some((name) => fold(name).includes(wanted))) named.add(number);
  });
  const found = new Uint8Array(rowCount);
  if (named.size) {
    const isNamed = (row) => named.has(columns.source[row]) || named.has(columns.target[row]) || columns.names[row].some((name) => named.has(name));
    return found.map((_, row) => Number(isNamed(row)));
  }
  if (data.evidence_url) return found; // the sentences are on the server
  for (let number = 0; number * data.chunk < rowCount; number += 1) {
    (await chunk(number)).forEach(({ quote, attribution }, index) => {
      const text = [...quote.map(([piece]) => piece), ...attribution.map(({ text: said }) => `\n${said}`)].join("");
      found[number * data.chunk + index] = Number(fold(text).includes(wanted));
    });
  }
  return found;
}
