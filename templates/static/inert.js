/* HTML that libraries and maps make from text stays inert: handlers, scripts and frames are left
   out, and styles are set one by one, as a policy without 'unsafe-inline' allows. */
(function () {
  "use strict";
  const LEFT_OUT = "script,iframe,frame,object,embed,base,meta,link";
  const LINK = /^(href|src|action|formaction|xlink:href|data)$/i;
  const CODE = /^[\s\u0000-\u0020]*(javascript|vbscript|data\s*:\s*text\/html)/i;
  const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, PART = /"[^"]*"|'[^']*'|\bstyle(?=\s*=)|\bon\w+(?=\s*=)/gi;
  const inner = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  const setAttribute = Element.prototype.setAttribute;
  const elsewhere = document.implementation.createHTMLDocument("");

  function isCode(name, value) {
    return /^on/i.test(name) || /^srcdoc$/i.test(name) ||
      (LINK.test(name) && CODE.test(String(value).replace(/[\t\n\r]/g, "")));
  }

  /** The HTML with styles and handlers under other names: a browser complains while it parses. */
  function rename(html) {
    return html.replace(TAG, function (tag) {
      return tag.replace(PART, function (part, at) {
        return /["']/.test(part[0]) || !/[\s"'\/]/.test(tag[at - 1]) ? part : "data-inert-" + part;
      });
    });
  }

  /** Parse `html` as it would stand in `parent`, where nothing runs and nothing is loaded. */
  function parse(parent, html) {
    const box = elsewhere.createElementNS(parent.namespaceURI, parent.localName), styles = [];
    inner.set.call(box, rename(html));
    box.querySelectorAll(LEFT_OUT).forEach(function (node) { node.remove(); });
    box.querySelectorAll("*").forEach(function (node) {
      Array.from(node.attributes).forEach(function (one) {
        const renamed = one.name.indexOf("data-inert-") === 0;
        if (one.name === "data-inert-style") { styles.push([node, one.value]); }
        if (renamed || isCode(one.name, one.value)) { node.removeAttribute(one.name); }
      });
    });
    const nodes = Array.from(box.childNodes);
    return { nodes: nodes, dress: function () {
      styles.forEach(function (pair) { pair[0].style.cssText = pair[1]; });
    } };
  }

  function isPlain(node, html) {
    return html.indexOf("<") < 0 || /^(template|script|style|textarea|title)$/.test(node.localName);
  }

  Object.defineProperty(Element.prototype, "innerHTML", {
    configurable: true, enumerable: true, get: inner.get,
    set: function (value) {
      const html = value === null ? "" : String(value);
      if (isPlain(this, html)) { inner.set.call(this, html); return; }
      const parsed = parse(this, html);
      this.replaceChildren.apply(this, parsed.nodes);
      parsed.dress();
    }
  });

  const PLACES = { beforebegin: "before", afterbegin: "prepend", beforeend: "append", afterend: "after" };
  Element.prototype.insertAdjacentHTML = function (where, html) {
    const place = PLACES[String(where).toLowerCase()], inside = /end|begin/.test(place) ? this.parentNode : this;
    const parsed = parse(/^(before|after)$/.test(place) ? this.parentNode : inside, String(html));
    this[place].apply(this, parsed.nodes);
    parsed.dress();
  };

  Element.prototype.setAttribute = function (name, value) {
    if (String(name).toLowerCase() === "style") { this.style.cssText = value; return; }
    if (!isCode(String(name), value)) { setAttribute.call(this, name, value); }
  };

  /* A style element that a library makes becomes a sheet: a policy allows those. */
  function adopt(style) {
    const sheet = new CSSStyleSheet();
    function read() { sheet.replaceSync(style.textContent); }
    document.adoptedStyleSheets.push(sheet);
    new MutationObserver(read).observe(style, { childList: true, characterData: true, subtree: true });
    read();
    return style;
  }
  ["appendChild", "insertBefore"].forEach(function (name) {
    const own = Node.prototype[name];
    Node.prototype[name] = function (node) {
      return node instanceof HTMLStyleElement && !node.parentNode ? adopt(node) : own.apply(this, arguments);
    };
  });

  window.geomapInert = {
    /** The one element that `html` is, or a box with all that it says. */
    node: function (html) {
      const box = document.createElement("div");
      box.innerHTML = html;
      return box.children.length === 1 && box.childNodes.length === 1 ? box.firstChild : box;
    }
  };
})();
