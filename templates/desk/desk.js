/* The desk's pages work without this: here files may be dropped, and what is typed is kept. */
"use strict";
const TOKEN = document.querySelector('meta[name="desk-token"]').content;

/** Tell the server something; what the page shows does not depend on it. */
function send(path, fields) {
  const body = new URLSearchParams(fields);
  return fetch(path, { method: "POST", body: body, keepalive: true, headers: { "X-Desk-Token": TOKEN } });
}

document.querySelectorAll("nav a").forEach(function (link) {
  if (link.pathname === location.pathname) { link.setAttribute("aria-current", "page"); }
});

document.querySelectorAll("form.drop").forEach(function (form) {
  const files = form.querySelector('input[type="file"]');
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    window.addEventListener(kind, function (event) {
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
    });
  });
  window.addEventListener("drop", function (event) {
    if (event.dataTransfer.files.length) { files.files = event.dataTransfer.files; form.requestSubmit(); }
  });
});

/* What is typed is kept while it is typed, so that a closed window loses nothing. */
document.querySelectorAll("form[data-draft]").forEach(function (form) {
  let waiting = 0, isSent = false;
  function keep() {
    clearTimeout(waiting);
    waiting = 0;
    const fields = new FormData(form);
    const texts = Array.from(fields.entries()).filter(function (one) { return typeof one[1] === "string"; });
    if (!isSent) { send("/draft/" + encodeURIComponent(form.dataset.draft), texts); }
  }
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(keep, 400); });
  form.addEventListener("submit", function () { isSent = true; clearTimeout(waiting); waiting = 0; });
  window.addEventListener("pagehide", function () { if (waiting) { keep(); } });
});

document.querySelectorAll("button[data-fill]").forEach(function (button) {
  button.addEventListener("click", function () {
    const field = document.getElementById(button.dataset.fill);
    field.value = button.dataset.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
});

/* Hours are said back in words while they are typed. */
(function () {
  const field = document.getElementById("opening_hours"), said = document.getElementById("hours-read");
  if (!field) { return; }
  let waiting = 0;
  async function look() {
    if (!field.value.trim()) { said.textContent = ""; return; }
    const read = await (await send("/hours", { hours: field.value })).json();
    said.textContent = read.fault || "→ " + read.words;
    said.className = read.fault ? "fault" : "quiet";
  }
  field.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(look, 250); });
  if (field.value) { look(); }
})();
