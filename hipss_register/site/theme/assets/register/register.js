/*
 * What a page has besides when scripts run: nothing here is needed to read it.
 */
(() => {
  "use strict";

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"]; // asking the browser for them takes a phone a twentieth of a second

  /*
   * A button after each element with data-copy, which copies the element's words. Where the browser cannot copy, there
   * is no button.
   *
   *   <p class="cite" data-copy="Copy this citation">…</p>
   */
  function offerCopy(source) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--2";
    button.textContent = source.dataset.copy || "Copy";

    const status = document.createElement("span");
    status.className = "small";
    status.setAttribute("role", "status");

    const row = document.createElement("span");
    row.className = "copy no-print";
    row.append(button, status);
    source.after(row);

    button.addEventListener("click", async () => {
      const words = source.tagName === "PRE"
        ? source.textContent
        : source.textContent.trim().replace(/\s+/g, " ");
      try {
        await navigator.clipboard.writeText(words);
        status.textContent = "Copied";
      } catch {
        status.textContent = "Your browser did not allow this. Select the words and copy them.";
      }
    });
  }

  /*
   * Today on a drawing of a term, in the reader's own calendar: the build knows no today, so that it stays the same.
   * The drawing says which days it spans and between which points (data-first-day, data-left …). Gives -1 or 1 where
   * today is before or after all of them.
   */
  function markToday(drawing, now) {
    const { firstDay, lastDay, left, right, top } = drawing.dataset;
    const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const [first, end] = [Date.parse(firstDay), Date.parse(lastDay) + 86400000];
    if (day < first || day >= end) return day < first ? -1 : 1;

    const x = Number(left) + ((day - first) / (end - first)) * (right - left);
    const make = (name, attributes, ...content) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      made.append(...content);
      return made;
    };
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    const middle = Math.min(Math.max(x, 24), width - 24);
    drawing.setAttribute("viewBox", `0 0 ${width} ${height + 20}`);
    // Below the years and behind the words, so that it strikes none of them through.
    const line = make("path", { class: "g-today", d: `M${x.toFixed(1)} ${Number(top) + 23}V${height + 2}` });
    drawing.insertBefore(line, drawing.querySelector(".g-on, .g-halo"));
    drawing.append(
      make("text", { class: "g-t g-halo", x: middle, y: height + 16, "text-anchor": "middle" }, "Today"),
    );
    return 0;
  }

  const now = new Date();
  for (const figure of document.querySelectorAll("figure.pic")) {
    const [place] = [...figure.querySelectorAll("svg[data-first-day]")].map((drawing) => markToday(drawing, now));
    if (place === undefined) continue;
    const today = [now.getDate(), MONTHS[now.getMonth()], now.getFullYear()].join("\u00a0"); // no line ends within it
    const where = { "-1": "is before the first year shown", 0: "is the thick line", 1: "is after the last year shown" };
    figure.querySelector("figcaption").append(` Today, ${today}, ${where[place]}.`);
  }

  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(offerCopy);
})();
