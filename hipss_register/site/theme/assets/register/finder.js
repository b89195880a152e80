/*
 * Finds decisions by words and filters, in the address of the page: ?words=lighting&year=2022.
 *
 * It reads the static index that the build wrote (hipss_register/site/finder): index.json, and then only the columns,
 * words and cards that the question needs. Without this script the page shows the latest decisions and the ways to
 * all others. Nothing that it reads is ever taken for markup.
 */

import { useIndex, withWords } from "./finder-words.js";

const form = document.querySelector("form[data-find]");
const status = document.querySelector("[data-find-status]");
const chosen = document.querySelector("[data-find-chosen]");
const latest = document.querySelector("[data-find-latest]");
const found = document.querySelector("[data-find-found]");
const folder = new URL(".", new URL(form.dataset.find, location.href));
const site = new URL("..", folder);

const loading = new Map();
const index = await load("index.json", folder).catch((problem) => {
  failed();
  throw problem;
});
const here = new URL(`${index.edition}/`, folder);
const fields = [...form.elements].filter((field) => field.name);
const choices = Object.keys(index.choices);
const more = form.querySelector("details");
let turn = 0;
let counted = async () => {};
useIndex(index.words, load);

function load(name, base = here) {
  if (!loading.has(name)) {
    loading.set(name, fetch(new URL(name, base)).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    }));
    loading.get(name).catch(() => loading.delete(name));
  }
  return loading.get(name);
}


/* Filters */

const ids = (name) => index.choices[name].map(([id]) => id);
const has = (value, n) => value === n || (Array.isArray(value) && value.includes(n));
const dayNumber = (text) => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86400000);

/* For each filter in use, a test of a decision's place in the list. */
async function tests(asked) {
  const made = new Map();
  for (const name of choices.filter((choice) => asked.get(choice))) {
    const [column, place] = [await load(`${name}.json`), ids(name).indexOf(asked.get(name))];
    made.set(name, (n) => place >= 0 && has(column[n], place));
  }
  const [from, to] = [dayNumber(asked.get("from")), dayNumber(asked.get("to"))];
  if (from || to || from === 0 || to === 0) {
    const days = await load("days.json");
    made.set("days", (n) => {
      const [first, last] = [days[n]].flat().length === 1 ? [days[n], days[n]] : days[n];
      return !(last !== null && last < from) && !(first !== null && first > to);
    });
  }
  const [least, most] = ["min", "max"].map((name) => parseFloat(asked.get(name)));
  if (!Number.isNaN(least) || !Number.isNaN(most)) {
    const sums = await load("sums.json");
    made.set("sums", (n) => sums[n].some((sum) => !(sum < least) && !(sum > most)));
  }
  return made;
}

async function ordered(hits, scores, sort) {
  if (sort === "oldest") return hits.reverse();
  if (sort === "sum") {
    const sums = await load("sums.json");
    return hits.sort((a, b) => (sums[b][0] ?? -1) - (sums[a][0] ?? -1) || a - b);
  }
  return scores && sort !== "newest" ? hits.sort((a, b) => scores.get(b) - scores.get(a) || a - b) : hits;
}


/* What the reader sees */

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function card([id, name, day, words, kind, mark, standing, about]) {
  const address = new URL(index.link.replace("{}", id), site).href;
  const line = element("p", { class: "meta" }, day ? element("time", { datetime: day }, words) : words);
  line.append(kind ? ` · ${kind} · ` : " · ", element("strong", { class: `tag tag--${mark}` }, index.marks[mark]));
  if (standing) line.append(" ", element("strong", { class: "tag tag--plain" }, standing));
  const item = element("li", {}, element("h3", {}, element("a", { href: address }, name)), line);
  if (about) item.append(element("p", {}, about));
  return item;
}

async function cardOf(n) {
  return card((await load(`cards-${Math.floor(n / index.page)}.json`))[n % index.page]);
}

const count = (number) => `${number.toLocaleString("en-GB")} ${number === 1 ? "decision" : "decisions"}`;

function addressWith(asked, name, value) {
  const changed = new URLSearchParams(asked);
  if (name !== "page") changed.delete("page");
  if (value) changed.set(name, value); else changed.delete(name);
  return changed.size ? `?${changed}` : location.pathname;
}

/* The same as the pager of a static list. */
function pager(asked, page, pages) {
  const to = (number) => addressWith(asked, "page", number > 1 ? String(number) : "");
  const way = (rel, word, number) => (number < 1 || number > pages ? [] : [
    element("a", { rel, href: to(number) }, word, element("span", { class: "visually-hidden" }, " page")),
  ]);
  const numbers = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages).sort((a, b) => a - b);
  const items = numbers.flatMap((number, at) => {
    const here = number === page ? { "aria-current": "page" } : {};
    const link = element("a", { href: to(number), "aria-label": `Page ${number}`, ...here }, String(number));
    const left = at && number - numbers[at - 1] > 1 ? [element("li", { "aria-hidden": "true" }, "…")] : [];
    return [...left, element("li", {}, link)];
  });
  return element("nav", { class: "pager", "aria-label": "Pages of this list" },
    ...way("prev", "Previous", page - 1), element("ul", {}, ...items), ...way("next", "Next", page + 1));
}

/* Each filter in use, as a link to the list without it. */
function showChosen(asked) {
  const links = fields.filter((field) => asked.get(field.name) && field.name !== "sort").map((field) => {
    const value = index.choices[field.name]?.find(([id]) => id === asked.get(field.name))?.[1] ?? asked.get(field.name);
    const label = `${field.labels[0].textContent.trim()}: ${value}`;
    const remove = element("span", { class: "visually-hidden" }, "Remove ");
    return element("li", {}, element("a", { href: addressWith(asked, field.name, "") }, remove, label));
  });
  chosen.replaceChildren(...links);
  chosen.hidden = !links.length;
}

/* The choices of a filter, each with the decisions that it would leave beside the other filters. */
function showChoices(field, counts) {
  const options = index.choices[field.name].map(([id, name], place) => [id, name, counts[place] || 0]);
  const kept = options.filter(([id, , left]) => left || id === field.value);
  const made = kept.map(([id, name, left]) => element("option", { value: id }, `${name} (${left.toLocaleString("en-GB")})`));
  const value = field.value;
  field.replaceChildren(field.options[0], ...made);
  field.value = value;
}

/* What would be left with each choice of each filter. It needs every column, so it waits until the filters are in view. */
async function recount(made, scores) {
  const columns = await Promise.all(choices.map((name) => load(`${name}.json`)));
  return choices.map((name, place) => {
    const others = [...made].filter(([other]) => other !== name).map(([, test]) => test);
    const counts = [];
    columns[place].forEach((value, n) => {
      if ((scores && !scores.has(n)) || !others.every((test) => test(n))) return;
      for (const choice of [value].flat()) counts[choice] = (counts[choice] || 0) + 1;
    });
    return counts;
  });
}

function showAll(counts) {
  choices.forEach((name, place) => showChoices(form.elements[name], counts[place]));
}

function fill(asked) {
  showAll(choices.map((name) => index.choices[name].map(([, , number]) => number)));
  for (const field of fields) field.value = asked.get(field.name) ?? "";
}

async function show() {
  const mine = ++turn;
  counted = async () => {};
  const asked = new URLSearchParams(location.search);
  const plain = ![...fields.map((field) => field.name), "page"].some((name) => asked.get(name));
  fill(asked);
  showChosen(asked);
  [latest.hidden, found.hidden] = [!plain, plain];
  if (plain) return void (status.textContent = "");
  const { scores, notes } = asked.get("words")?.trim() ? await withWords(asked.get("words")) : { scores: null, notes: [] };
  const made = await tests(asked);
  const all = scores ? [...scores.keys()].sort((a, b) => a - b) : [...Array(index.total).keys()];
  const hits = await ordered(all.filter((n) => [...made.values()].every((test) => test(n))), scores, asked.get("sort"));
  const pages = Math.max(1, Math.ceil(hits.length / index.page));
  const page = Math.min(pages, Math.max(1, parseInt(asked.get("page"), 10) || 1));
  const cards = await Promise.all(hits.slice((page - 1) * index.page, page * index.page).map(cardOf));
  if (mine !== turn) return;
  const heading = element("h2", {}, hits.length ? "Decisions found" : "Nothing found");
  found.replaceChildren(heading, ...(hits.length ? [element("ul", { class: "res" }, ...cards)] : []),
    ...(pages > 1 ? [pager(asked, page, pages)] : []));
  const none = "No decision matches. Remove a filter, or use other words.";
  status.textContent = [...notes, hits.length ? `${count(hits.length)} found.` : none].join(" ");
  if (pages > 1) status.append(` Page ${page} of ${pages}.`);
  counted = async () => {
    const counts = await recount(made, scores);
    if (mine === turn) showAll(counts);
  };
  if (more.open) await counted();
}

function failed() {
  [latest.hidden, found.hidden] = [false, true];
  status.textContent = "The list could not be fetched. Load this page again, or browse below.";
}

function attempt() {
  show().catch(failed);
}

function go(address) {
  history.pushState(null, "", address);
  attempt();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  go(asked.size ? `?${asked}` : location.pathname);
  status.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-find-chosen] a, [data-find-found] .pager a, a[data-find-clear]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href);
  (link.closest(".pager") ? document.querySelector("h1") : status).focus();
});

more.addEventListener("toggle", () => {
  if (more.open) counted().catch(failed);
});

addEventListener("popstate", attempt);
attempt();
