"use strict";
// What the page was given. The page's scripts are one script: what a file declares, those after it may use.
// Everything from an article reaches the document as text (textContent, canvas), never as markup.

const byId = (id) => document.getElementById(id);
const askedAtOnce = 40; // statements whose evidence a server is asked for in one request

let data = null; // what `describe` of kg/view/page.py gave; set by `load`
let columns = null; // of it, the columns: a number for each row, a row being a statement
let rowCount = 0;
const groups = []; // by row: a number that the rows of one source, target and event type share
const factRows = new Map(); // by number of a fact: the rows that tell it

async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

async function load() {
  data = await unpack(byId("data").textContent);
  columns = data.columns;
  rowCount = data.ids.length;
  const same = (row, other) => ["source", "target", "event"].every((name) => columns[name][row] === columns[name][other]);
  for (let row = 0; row < rowCount; row += 1) {
    groups.push(row && same(row, row - 1) ? groups[row - 1] : row);
    const fact = columns.fact[row];
    if (factRows.has(fact)) factRows.get(fact).push(row);
    else factRows.set(fact, [row]);
  }
}

const codeOf = (number) => (number < 0 ? null : data.actors[number].id);
const sourceOf = (row) => codeOf(columns.source[row]);
const targetOf = (row) => codeOf(columns.target[row]);
const eventOf = (row) => data.events[columns.event[row]];
const statusOf = (row) => data.statuses[columns.status[row]];
const relationOf = (row) => data.relations[columns.relation[row]];
const isoDay = (number) => new Date(number * 864e5).toISOString().slice(0, 10);
const dayNumber = (text) => Math.floor(Date.parse(`${text}T00:00:00Z`) / 864e5);

// Evidence: the sentence of a statement, who says so, and its article. It is read when somebody asks for it.

const unpacked = new Map(); // by number of a chunk: the promise of its evidence
const answered = new Map(); // by row: what the server said

function join({ articles, statements }) {
  return statements.map((each) => ({ ...each, article: { id: each.article, ...articles[each.article] } }));
}

function chunk(number) {
  if (!unpacked.has(number)) {
    const packed = document.querySelector(`script[data-chunk="${number}"]`).textContent;
    unpacked.set(number, unpack(packed).then(join));
  }
  return unpacked.get(number);
}

async function ask(rows) {
  const missing = rows.filter((row) => !answered.has(row));
  for (let start = 0; start < missing.length; start += askedAtOnce) {
    const some = missing.slice(start, start + askedAtOnce);
    const query = new URLSearchParams(some.map((row) => ["id", data.ids[row]]));
    const answer = await fetch(`${data.evidence_url}?${query}`);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const found = new Map(join(await answer.json()).map((each) => [each.id, each]));
    for (const row of some) answered.set(row, found.get(data.ids[row]));
  }
  return rows.map((row) => answered.get(row));
}

// The evidence of rows, in their order, each with its `row`; what a server no longer has is left out.
async function evidenceOf(rows) {
  const found = data.evidence_url
    ? await ask(rows)
    : await Promise.all(rows.map(async (row) => (await chunk(Math.floor(row / data.chunk)))[row % data.chunk]));
  return found.map((each, index) => each && { ...each, row: rows[index], id: data.ids[rows[index]] }).filter(Boolean);
}
