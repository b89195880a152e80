/*
 * Finds decisions by words and filters, in the address of the page: ?words=lighting&year=2022.
 *
 * It reads the static index that the build wrote (hipss_register/site/finder): index.json, and then only the columns,
 * words and cards that the question needs. Without this script the page shows the latest decisions and the ways to
 * all others. Nothing that it reads is ever taken for markup.
 */

import { asked as askedByForm, fill, inUse, names, showCounts, suggests, tests, useForm } from "./finder-filters.js";
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
const more = form.querySelector("details");
let turn = 0;
let counted = async () => {};
useForm(form, index, load);
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

const linkTo = (pattern, id, name) => element("a", { href: new URL(pattern.replace("{}", id), site).href }, name);

/* The same as a decision in a static list. */
function card([id, name, day, words, kind, mark, standing, makers, contracts]) {
  const line = element("p", { class: "meta" }, day ? element("time", { datetime: day }, words) : words);
  line.append(kind ? ` · ${kind} ` : " ", element("strong", { class: `tag tag--${mark}` }, index.marks[mark]));
  if (standing) line.append(" ", element("strong", { class: "tag tag--plain" }, standing));
  const item = element("li", {}, element("h3", {}, linkTo(index.link, id, name)), line);
  const links = contracts.flatMap(([contract, called], n) => [n ? ", " : "Contract: ", linkTo(index.contract, contract, called)]);
  const about = [makers, makers && links.length ? ". " : "", ...links].filter(Boolean);
  if (about.length) item.append(element("p", {}, ...about));
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
async function showChosen(asked) {
  const links = (await inUse(asked)).map(([name, label, value]) => {
    const remove = element("span", { class: "visually-hidden" }, "Remove ");
    return element("li", {}, element("a", { href: addressWith(asked, name, "") }, remove, `${label}: ${value}`));
  });
  chosen.replaceChildren(...links);
  chosen.hidden = !links.length;
}

/* The tests of the filters, how well each decision fits the words, and the decisions found, the newest first. */
async function answer(asked) {
  const words = asked.get("words")?.trim();
  const [{ scores, notes, partly }, made] = await Promise.all([words ? withWords(words) : { scores: null, notes: [] }, tests(asked)]);
  const all = scores ? [...scores.keys()].sort((a, b) => a - b) : [...Array(index.total).keys()];
  const hits = all.filter((n) => [...made.values()].every((test) => test(n)));
  if (partly) notes.push(`No decision has all of these words.${hits.length ? " These have the most of them." : ""}`);
  return { scores, notes, made, hits };
}

async function show() {
  const mine = ++turn;
  const current = () => mine === turn;
  counted = async () => {};
  const asked = new URLSearchParams(location.search);
  const plain = ![...names(), "page"].some((name) => asked.get(name));
  latest.classList.toggle("waiting", !plain); // it keeps its place, so that nothing below jumps up and down again
  const [{ scores, notes, made, hits }] = await Promise.all([answer(asked), fill(asked)]);
  const sorted = plain ? [] : await ordered(hits, scores, asked.get("sort"));
  const pages = Math.max(1, Math.ceil(sorted.length / index.page));
  const page = Math.min(pages, Math.max(1, parseInt(asked.get("page"), 10) || 1));
  const cards = await Promise.all(sorted.slice((page - 1) * index.page, page * index.page).map(cardOf));
  if (!current()) return;
  await showChosen(asked);
  [latest.hidden, found.hidden] = [!plain, plain];
  found.replaceChildren(...(plain ? [] : [element("h2", {}, cards.length ? "Decisions found" : "Nothing found")]),
    ...(cards.length ? [element("ul", { class: "res" }, ...cards)] : []), ...(pages > 1 ? [pager(asked, page, pages)] : []));
  status.textContent = plain ? "" : told(notes, sorted.length, page, pages);
  counted = (only) => showCounts(made, scores, current, only);
  if (more.open) await counted();
}

function told(notes, number, page, pages) {
  const none = "No decision matches. Remove a filter, or use other words.";
  const where = pages > 1 ? [`Page ${page} of ${pages}.`] : [];
  return [...notes, number ? `${count(number)} found.` : none, ...where].join(" ");
}

function failed() {
  latest.classList.remove("waiting");
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

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = await askedByForm().catch(failed);
  if (!asked) return;
  go(asked.size ? `?${asked}` : location.pathname);
  status.focus();
});

form.addEventListener("focusin", (event) => {
  if (suggests(event.target.name)) counted(event.target.name).catch(failed);
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
