// What is shown as a file: a picture, a table for spreadsheets, or RDF.

const cells = [
  "id", "source", "relation", "target", "event_type", "status", "polarity", "time_start", "time_end",
  "confidence", "attribution", "quote", "article", "title", "publisher", "published", "url",
];

function save(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

async function exportPicture() {
  const drawn = document.querySelector("#graph canvas");
  const picture = make("canvas", { width: drawn.width, height: drawn.height });
  const pen = picture.getContext("2d");
  pen.fillStyle = css("--paper");
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(drawn, 0, 0);
  save("graph.png", await new Promise((resolve) => picture.toBlob(resolve, "image/png")));
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
function csvCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const polarityOf = (row) => (columns.negative[row] ? "negative" : "positive");
const quoteText = ({ quote }) => quote.map(([text]) => text).join("");

function csvRow(evidence) {
  const { row, article, time } = evidence;
  return [
    evidence.id, sourceOf(row), relationOf(row), targetOf(row), eventOf(row), statusOf(row), polarityOf(row),
    time?.[0], time?.[1], columns.confidence[row] / 100, evidence.attribution.map(({ text }) => text).join("; "),
    quoteText(evidence), article.id, article.title, article.publisher, article.published, article.url,
  ].map(csvCell).join(",");
}

async function exportCsv() {
  const evidence = await evidenceOf(shown.rows);
  save("statements.csv", ["\ufeff" + cells.join(","), ...evidence.map(csvRow), ""].join("\r\n"), "text/csv");
}

// Turtle: IRIs and literals as kg/store/rdf.py writes them, without the places in the text.

const iri = (prefix, ...names) => `<${data.prefixes[prefix]}${names.map(percentEncoded).join("/")}>`;
const percentEncoded = (name) => encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const literal = (text, language) => JSON.stringify(text).replace(/[\u007f\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)
  + (/^[a-z]{2,3}$/.test(language) ? `@${language}` : "");

function turtleStatement(evidence) {
  const { row, article, time } = evidence;
  const actor = (code) => code && iri("actor", code);
  const event = statusOf(row) === "asserted" && polarityOf(row) === "positive";
  const facts = [
    ["a", `sr:Statement, ${event ? "sr:Event, " : ""}${data.event_types[eventOf(row)].id}`],
    ["sr:relation", relationOf(row)],
    ["sr:source", actor(sourceOf(row))],
    ["sr:target", actor(targetOf(row))],
    ["sr:status", `sr:${statusOf(row)}`],
    ["sr:polarity", `sr:${polarityOf(row)}`],
    ["sr:confidence", `"${columns.confidence[row] / 100}"^^xsd:double`],
    ["sr:begins", time && `"${time[0]}"^^xsd:date`],
    ["sr:ends", time && `"${time[1]}"^^xsd:date`],
    ["prov:wasQuotedFrom", iri("article", article.id)],
    ["sr:text", literal(quoteText(evidence), article.language)],
  ];
  return turtle(iri("statement", evidence.id), facts);
}

function turtleArticle(article) {
  return turtle(iri("article", article.id), [
    ["a", "sr:Article"],
    ["dcterms:identifier", literal(article.id)],
    ["dcterms:title", literal(article.title, article.language)],
    ["dc:publisher", article.publisher && literal(article.publisher)],
    ["dcterms:issued", article.published && literal(article.published)],
    ["schema:url", article.url && literal(article.url)],
  ]);
}

const turtle = (subject, facts) =>
  `${subject} ${facts.filter(([, object]) => object).map(([predicate, object]) => `${predicate} ${object}`).join(" ;\n    ")} .\n`;

async function exportTurtle() {
  const evidence = await evidenceOf(shown.rows);
  const prefixes = Object.entries(data.prefixes).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`);
  const articles = new Map(evidence.map(({ article }) => [article.id, article]));
  save("statements.ttl", [prefixes.join(""), ...evidence.map(turtleStatement), ...[...articles.values()].map(turtleArticle)].join("\n"), "text/turtle");
}

function listenToExports() {
  for (const [id, make_] of [["export-png", exportPicture], ["export-csv", exportCsv], ["export-ttl", exportTurtle]]) {
    byId(id).addEventListener("click", () => { byId("export").open = false; make_(); });
  }
}
