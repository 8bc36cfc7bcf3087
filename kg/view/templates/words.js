// Words: of the interface, of the ontology, names, numbers and dates, all in the reader's language.

const interfaceOf = () => data.languages[state.language];
const word = (key) => interfaceOf().words[key];
const labelOf = (labels) => labels[state.language] || Object.values(labels)[0];
const eventLabel = (event) => labelOf(data.event_types[event]?.labels || { "": event });
const statusLabel = (status) => interfaceOf().status[status] || status;
const relationLabel = (relation) => labelOf(data.relation_types[relation].labels);
const languageName = (code) => (Object.hasOwn(data.languages, code) ? data.languages[code].name : code);
const isMutual = (rows) => rows.every((row) => data.relation_types[relationOf(row)].symmetric);
const arrow = (rows) => (isMutual(rows) ? "↔" : "→");
const mentionName = (mention) => (mention.labels ? labelOf(mention.labels) : mention.text);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function count(kind, number) {
  const forms = interfaceOf().counts[kind];
  const form = new Intl.PluralRules(state.language).select(number);
  return (forms[form] || forms.other).replace("{}", number.toLocaleString(state.language));
}

const numberOf = new Map(); // the number of an actor in `data.actors` by its id

function actorName(code) {
  return code === null ? "–" : labelOf(data.actors[numberOf.get(code)]?.labels || { "": code });
}

// The actor that has this name in either language, or as its code; `null` where there is none.
function actorNamed(name) {
  const wanted = fold(name.trim());
  const found = data.actors.find(({ id, labels }) => [id, ...Object.values(labels)].some((each) => fold(each) === wanted));
  return wanted && found ? found.id : null;
}

// A day, a month (2025-06) or a year as words.
function day(text) {
  const options = { year: "numeric", month: text.length > 4 ? "short" : undefined, day: text.length > 7 ? "numeric" : undefined };
  const date = new Date(`${text}${"-01-01".slice(text.length - 10)}`.slice(0, 10) + "T00:00:00Z");
  return new Intl.DateTimeFormat(state.language, { ...options, timeZone: "UTC" }).format(date);
}

function interval([start, end]) {
  const last = isoDay(dayNumber(end) - 1);
  return last <= start ? day(start) : `${day(start)} – ${day(last)}`;
}

// Foreign text: names, titles and sentences of articles. None may change what stands beside it.

// With control characters by their codes, and no heap of marks on a letter: kg/view/writing.py.
const showControls = (text) => text
  .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`)
  .replace(/([\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu, "$1");
const foreign = (text, attributes = {}) => make("bdi", attributes, showControls(text));

function shorten(text) {
  const letters = [...showControls(text)];
  return letters.length > data.longest ? `${letters.slice(0, data.longest - 1).join("").trimEnd()}…` : letters.join("");
}

function hostOf(url) {
  try { return new URL(url).host; } catch { return url; }
}

// Building elements

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "color") element.style.setProperty("--color", value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const button = (name, onclick, ...children) => make("button", { type: "button", class: name, onclick }, ...children);
