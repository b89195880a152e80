/*
 * Looks words up in the static index: in any of their forms, misspelt or cut short; sums, dates and references too.
 * `terms` reads a question as hipss_register/site/finder/terms.py reads a record, by the patterns that it sends.
 */

let hints, load;

/* What the index says of its words, and how to fetch one of its files. */
export function useIndex(words, fetchFile) {
  [hints, load] = [words, fetchFile];
}

export function terms(text) {
  const plain = text.normalize("NFKD").replace(new RegExp(hints.dropped, "g"), "").toLowerCase();
  const folded = plain.split(/\s+/).filter(Boolean).join(" ");
  return [...folded.matchAll(new RegExp(hints.pattern, "g"))].map(({ groups }) => groups.word || figure(groups) || date(groups));
}

function date(g) {
  const month = g.month ? String(hints.months[g.month]) : g.isomonth || g.dmymonth;
  const [year, day] = [g.year || g.isoyear || g.dmyyear, g.day || g.isoday || g.dmyday];
  if (month < 1 || month > 12) return `${day}/${month}/${year}`;
  return [year, month.padStart(2, "0"), ...(day ? [day.padStart(2, "0")] : [])].join("-");
}

function figure(g) {
  if (!g.figure || !(g.scale || /[,.]/.test(g.figure))) return g.figure;
  const [whole, part = ""] = g.figure.replaceAll(",", "").split(".");
  const places = hints.scales[g.scale] || 0;
  const full = (whole + part.slice(0, places).padEnd(places, "0")).replace(/^0+/, "") || "0";
  const rest = part.slice(places).replace(/0+$/, "");
  return rest ? `${full}.${rest}` : full;
}

/* The last of a sorted list of first things that is not after this one. */
const before = (sorted, thing) => Math.max(0, sorted.findLastIndex((first) => first <= thing));

/* The words of the index that a reader may mean: the word itself, else those it begins, else the nearest in spelling. */
async function meant(term) {
  const file = await load(`words-${before(hints.words, term)}.json`);
  if (Object.hasOwn(file, term)) return { groups: [file[term]] };
  if (/\d/.test(term) || term.length < 3) return { groups: [] };
  const near = new Map();
  for (const letter of new Set(term.slice(0, 2))) {
    const last = before(hints.words, letter + "\uffff");
    for (let n = before(hints.words, letter); n <= last; n++) {
      for (const [word, group] of Object.entries(await load(`words-${n}.json`))) near.set(word, group);
    }
  }
  let best = [...near.keys()].filter((word) => word.startsWith(term));
  if (!best.length) {
    const most = term.length < 5 ? 1 : 2;
    const ranked = [...near.keys()].map((word) => [distance(term, word, most), word]).filter(([far]) => far <= most);
    const least = Math.min(...ranked.map(([far]) => far));
    best = ranked.filter(([far]) => far === least).map(([, word]) => word);
  }
  return { groups: [...new Set(best.map((word) => near.get(word)))], instead: best.slice(0, 3) };
}

/* How many letters to put in, take out, change or swap with the next; anything above `most` once it is passed. */
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [older, old] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[other.length];
}

async function listed(group) {
  const n = before(hints.lists, group);
  const lists = (await load(`lists-${n}.json`))[group - hints.lists[n]];
  return lists.map((steps) => {
    let at = 0;
    return steps.map((step) => (at += step));
  });
}

/* The decisions that have a word, each with 1 if its heading has it; and what was read otherwise. */
async function withWord(term) {
  const { groups, instead } = await meant(term);
  const read = instead?.length ? ` This looks for “${instead.join("” or “")}” instead.` : "";
  const having = new Map();
  for (const [heading, body] of await Promise.all(groups.map(listed))) {
    for (const n of body) if (!having.has(n)) having.set(n, 0);
    for (const n of heading) having.set(n, 1);
  }
  return { having, notes: read || !groups.length ? [`No record has “${term}”.${read}`] : [] };
}

/*
 * The decisions that have every word, else those that have the most of them, which is to have them partly, each with
 * how many of the words its heading has; and how words were read that no record has.
 */
export async function withWords(text) {
  const asked = [...new Set(terms(text))];
  const needed = asked.filter((term) => !hints.stop.includes(term));
  const words = await Promise.all((needed.length ? needed : asked).map(withWord));
  const notes = words.flatMap((word) => word.notes);
  const [number, scores] = [new Map(), new Map()];
  for (const { having } of words) {
    for (const [n, score] of having) {
      number.set(n, (number.get(n) || 0) + 1);
      scores.set(n, (scores.get(n) || 0) + score);
    }
  }
  const most = Math.max(0, ...new Set(number.values()));
  const partly = most > 0 && most < words.length;
  return { scores: new Map([...scores].filter(([n]) => number.get(n) === most)), notes, partly };
}
