"use strict";

const endpoint = new URL("/query", location.href).href;
const notice = document.getElementById("notice");

const yasgui = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  yasqe: { autocompleters: ["variables"] }, // those for prefixes and properties ask other hosts
});

// A tab kept in the browser, or that of a shared link, may name another endpoint.
for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);

yasgui.on("tabSelect", () => {
  notice.hidden = true;
});

yasgui.on("queryBefore", (_, tab) => {
  notice.hidden = true;
  const yasqe = tab.getYasqe();
  yasqe.off("queryResponse", tellOfCut);
  yasqe.on("queryResponse", tellOfCut);
});

function tellOfCut(_, response) {
  const rows = response.headers?.get("X-SPARQL-MaxRows");
  notice.hidden = !rows;
  notice.textContent = `Only the first ${rows} rows: the server cuts longer answers off.`;
}

function open(question) {
  const name = question.name;
  const opened = Object.values(yasgui._tabs).find((tab) => tab.getName() === name);
  if (opened) yasgui.selectTabId(opened.getId());
  else yasgui.addTab(true, { name, yasqe: { value: question.sparql } });
}

async function listQuestions() {
  const questions = await (await fetch("/questions")).json();
  document.getElementById("questions").append(
    ...questions.map((question) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = question.text;
      button.title = question.name;
      button.addEventListener("click", () => open(question));
      item.append(button);
      return item;
    }),
  );
}

listQuestions();
