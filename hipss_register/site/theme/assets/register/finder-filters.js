/*
 * The filters of the list of decisions: the fields of the form, what each asks of a decision, and how many decisions
 * each choice would leave. A filter with few choices is a list to choose from; one with many is a box to type in, with
 * suggestions that are fetched when a reader comes to it.
 */

let form, index, load;

/* The form, what the index says of its filters, and how to fetch one of its files. */
export function useForm(shown, contents, fetchFile) {
  [form, index, load] = [shown, contents, fetchFile];
}

export const names = () => [...form.elements].map((field) => field.name).filter(Boolean);

const choices = () => Object.keys(index.choices);
const isLong = (name) => index.choices[name] === null;
const listOf = (name) => (isLong(name) ? form.elements[name].list : form.elements[name]);

/* Every choice of a filter: its id, its name, and how many decisions it has in the whole register. */
async function valuesOf(name) {
  return index.choices[name] ?? load(`${name}-names.json`);
}


/* What the filters ask */

const has = (value, n) => value === n || (Array.isArray(value) && value.includes(n));
const dayNumber = (text) => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86400000);

/* For each filter in use, a test of a decision's place in the list. */
export async function tests(asked) {
  const made = new Map();
  for (const name of choices().filter((choice) => asked.get(choice))) {
    const [column, values] = await Promise.all([load(`${name}.json`), valuesOf(name)]);
    const place = values.findIndex(([id]) => id === asked.get(name));
    made.set(name, (n) => place >= 0 && has(column[n], place));
  }
  const [from, to] = [dayNumber(asked.get("from")), dayNumber(asked.get("to"))];
  if (!Number.isNaN(from) || !Number.isNaN(to)) {
    const days = await load("days.json");
    made.set("days", (n) => {
      const [first, last] = Array.isArray(days[n]) ? days[n] : [days[n], days[n]];
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


/* The form and the address */

const find = (values, id) => values.find(([known]) => known === id)?.[1] ?? id;

/* Put what is asked into the form. Choices are filled in when a reader comes to them. */
export async function fill(asked) {
  for (const name of names()) {
    const [field, value] = [form.elements[name], asked.get(name) ?? ""];
    const label = value && name in index.choices ? find(await valuesOf(name), value) : value;
    if (name in index.choices && !isLong(name)) {
      field.replaceChildren(field.options[0], ...(value ? [option(value, label)] : []));
      field.value = value;
    } else {
      field.value = label;
    }
  }
}

/* What the form asks, without the fields left empty; a typed name as the id of what it names. */
export async function asked() {
  const said = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  return new URLSearchParams(await Promise.all(said.map(async ([name, value]) => (
    [name, name in index.choices && isLong(name) ? named(await valuesOf(name), value) : value]
  ))));
}

/* The id of the choice with that name, or of the only one that has the words in its name; else the words. */
function named(values, words) {
  const small = words.toLowerCase();
  const same = values.find(([, name]) => name.toLowerCase() === small);
  const like = same ? [same] : values.filter(([, name]) => name.toLowerCase().includes(small));
  return like.length === 1 ? like[0][0] : words;
}

/* A day and a sum as the pages write them, if they are such; else as they were asked. */
const written = {
  date: (text) => (Number.isNaN(dayNumber(text)) ? text
    : new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })),
  number: (text) => (Number.isNaN(Number(text)) ? text : `£${Number(text).toLocaleString("en-GB")}`),
};

/* Each filter in use: the name of its field, its label, and its value in words. */
export async function inUse(question) {
  const used = names().filter((name) => question.get(name) && name !== "sort");
  return Promise.all(used.map(async (name) => {
    const value = question.get(name);
    const { labels, type } = form.elements[name];
    const words = name in index.choices ? find(await valuesOf(name), value) : written[type]?.(value) ?? value;
    return [name, labels[0].textContent.replace("(£)", "").trim(), words];
  }));
}


/* How many decisions each choice would leave */

function option(value, label) {
  const made = document.createElement("option");
  made.value = value;
  made.append(label);
  return made;
}

function counted(name, id, label, number) {
  const words = number.toLocaleString("en-GB");
  if (!isLong(name)) return option(id, `${label} (${words})`);
  const made = option(label, "");
  made.label = `${words} ${number === 1 ? "decision" : "decisions"}`;
  return made;
}

async function showChoices(name, counts) {
  const list = listOf(name);
  const value = form.elements[name].value;
  const options = (await valuesOf(name)).map(([id, label, number], place) => [id, label, counts ? counts[place] || 0 : number]);
  const kept = options.filter(([id, , left]) => left || id === value);
  const any = isLong(name) ? [] : [list.options[0]];
  list.replaceChildren(...any, ...kept.map(([id, label, left]) => counted(name, id, label, left)));
  form.elements[name].value = value;
}

/* What each choice of a filter would leave beside the other filters and the words; null where nothing else is asked. */
async function count(name, made, scores) {
  const others = [...made].filter(([other]) => other !== name).map(([, test]) => test);
  if (!others.length && !scores) return null;
  const counts = [];
  (await load(`${name}.json`)).forEach((value, n) => {
    if ((scores && !scores.has(n)) || !others.every((test) => test(n))) return;
    for (const choice of [value].flat()) counts[choice] = (counts[choice] || 0) + 1;
  });
  return counts;
}

/* Show the choices of every short list, or of one filter. `current` says whether the question is still the same. */
export async function showCounts(made, scores, current, only) {
  const wanted = only ? [only] : choices().filter((name) => !isLong(name));
  const counts = await Promise.all(wanted.map((name) => count(name, made, scores)));
  if (current()) await Promise.all(wanted.map((name, place) => showChoices(name, counts[place])));
}

/* Whether a field is a box with suggestions. */
export const suggests = (name) => name in index.choices && isLong(name);
