/* Text to copy: by the clipboard where the page may use it, else selected for the rider's own hand. */
(function (g) {
  "use strict";

  async function copy(field) {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch (error) { /* not allowed: the old way */ }
    }
    field.focus();
    field.select();
    return document.execCommand && document.execCommand("copy");
  }

  /** A field with the text and a button that copies it. */
  function box(text, rows) {
    const field = g.el(rows ? "textarea" : "input", { readonly: true, rows: rows, "aria-label": g.t("可复制的文字", "Text to copy") });
    field.value = text;
    const said = g.el("span", { role: "status" });
    const button = g.el("button", { type: "button", "data-action": "copy", onclick: async function () {
      const done = await copy(field);
      said.textContent = done ? g.t("已复制", "Copied") : g.t("已选中，请长按复制", "Selected: copy it by hand");
    } }, g.t("复制", "Copy"));
    return g.el("div", { "class": "copy" }, field, button, said);
  }

  g.copy = { box: box };
})(window.geomap);
