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
