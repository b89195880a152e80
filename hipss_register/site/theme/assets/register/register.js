/*
 * A button after each element with data-copy, which copies the element's words.
 *
 *   <p class="cite" data-copy="Copy this citation">…</p>
 *
 * The words are on the page without it. Where the browser cannot copy, there is no button.
 */
(() => {
  "use strict";

  if (!navigator.clipboard) return;

  for (const source of document.querySelectorAll("[data-copy]")) {
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
})();
