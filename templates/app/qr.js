/* A QR code on a canvas: ISO/IEC 18004, bytes, error correction L, versions 1 to 20. Made in the
   browser because a report's text is made there; loaded with the page because it must work offline. */
(function (g) {
  "use strict";
  const ECC = [0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
  const BLOCKS = [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

  /** Modules that carry bits: all but the patterns and the format and version fields. */
  function rawBits(version) {
    let bits = (16 * version + 128) * version + 64;
    if (version >= 2) {
      const marks = Math.floor(version / 7) + 2;
      bits -= (25 * marks - 10) * marks - 55;
      if (version >= 7) { bits -= 36; }
    }
    return bits;
  }

  function capacity(version) { return Math.floor(rawBits(version) / 8) - ECC[version] * BLOCKS[version]; }

  /* Arithmetic of GF(256) with the polynomial 0x11d. */
  function multiply(a, b) {
    let product = 0;
    for (let i = 7; i >= 0; i--) {
      product = (product << 1) ^ ((product >>> 7) * 0x11d);
      product ^= ((b >>> i) & 1) * a;
    }
    return product;
  }

  function divisor(degree) {
    const found = new Array(degree).fill(0);
    found[degree - 1] = 1;
    let root = 1;
    for (let i = 0; i < degree; i++) {
      for (let j = 0; j < degree; j++) {
        found[j] = multiply(found[j], root);
        if (j + 1 < degree) { found[j] ^= found[j + 1]; }
      }
      root = multiply(root, 2);
    }
    return found;
  }

  function remainder(bytes, by) {
    const found = new Array(by.length).fill(0);
    bytes.forEach(function (byte) {
      const factor = byte ^ found.shift();
      found.push(0);
      by.forEach(function (value, i) { found[i] ^= multiply(value, factor); });
    });
    return found;
  }

  /** Bytes with their header, filled up to the version's capacity. */
  function frameBytes(bytes, version) {
    const bits = [];
    function put(value, length) { for (let i = length - 1; i >= 0; i--) { bits.push((value >>> i) & 1); } }
    put(4, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach(function (byte) { put(byte, 8); });
    const room = capacity(version) * 8;
    put(0, Math.min(4, room - bits.length));
    put(0, (8 - bits.length % 8) % 8);
    for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) { put(pad, 8); }
    const framed = [];
    for (let i = 0; i < bits.length; i += 8) { framed.push(parseInt(bits.slice(i, i + 8).join(""), 2)); }
    return framed;
  }

  /** Blocks with their correction bytes, interleaved. */
  function interleave(framed, version) {
    const count = BLOCKS[version], ecc = ECC[version], raw = Math.floor(rawBits(version) / 8);
    const shorts = count - raw % count, length = Math.floor(raw / count), by = divisor(ecc);
    const blocks = [], out = [];
    for (let i = 0, at = 0; i < count; i++) {
      const part = framed.slice(at, at + length - ecc + (i < shorts ? 0 : 1));
      at += part.length;
      blocks.push([part, remainder(part, by)]);
    }
    for (let i = 0; i <= length - ecc; i++) {
      blocks.forEach(function (block) { if (i < block[0].length) { out.push(block[0][i]); } });
    }
    for (let i = 0; i < ecc; i++) { blocks.forEach(function (block) { out.push(block[1][i]); }); }
    return out;
  }

  function positions(version, size) {
    if (version === 1) { return []; }
    const count = Math.floor(version / 7) + 2, step = Math.ceil((size - 13) / (2 * count - 2)) * 2, found = [6];
    for (let i = 0, at = size - 7; i < count - 1; i++, at -= step) { found.splice(1, 0, at); }
    return found;
  }

  function Grid(version) {
    const size = version * 4 + 17;
    const dark = [], fixed = [];
    for (let y = 0; y < size; y++) { dark.push(new Array(size).fill(false)); fixed.push(new Array(size).fill(false)); }
    function set(x, y, isDark) {
      if (x < 0 || y < 0 || x >= size || y >= size) { return; }
      dark[y][x] = isDark;
      fixed[y][x] = true;
    }
    return { size: size, dark: dark, fixed: fixed, set: set, version: version };
  }

  function drawPatterns(grid) {
    const size = grid.size, set = grid.set;
    for (let i = 0; i < size; i++) { set(6, i, i % 2 === 0); set(i, 6, i % 2 === 0); }
    [[3, 3], [size - 4, 3], [3, size - 4]].forEach(function (at) {
      for (let dy = -4; dy <= 4; dy++) {
        for (let dx = -4; dx <= 4; dx++) {
          const far = Math.max(Math.abs(dx), Math.abs(dy));
          set(at[0] + dx, at[1] + dy, far !== 2 && far !== 4);
        }
      }
    });
    const marks = positions(grid.version, size), last = marks.length - 1;
    marks.forEach(function (x, i) {
      marks.forEach(function (y, j) {
        if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) { return; }
        for (let dy = -2; dy <= 2; dy++) {
          for (let dx = -2; dx <= 2; dx++) { set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1); }
        }
      });
    });
    drawFormat(grid, 0);
    drawVersion(grid);
  }

  function drawFormat(grid, mask) {
    const value = (1 << 3) | mask, size = grid.size, set = grid.set;
    let rest = value;
    for (let i = 0; i < 10; i++) { rest = (rest << 1) ^ ((rest >>> 9) * 0x537); }
    const bits = ((value << 10) | rest) ^ 0x5412;
    function bit(i) { return ((bits >>> i) & 1) === 1; }
    for (let i = 0; i <= 5; i++) { set(8, i, bit(i)); }
    set(8, 7, bit(6));
    set(8, 8, bit(7));
    set(7, 8, bit(8));
    for (let i = 9; i < 15; i++) { set(14 - i, 8, bit(i)); }
    for (let i = 0; i < 8; i++) { set(size - 1 - i, 8, bit(i)); }
    for (let i = 8; i < 15; i++) { set(8, size - 15 + i, bit(i)); }
    set(8, size - 8, true);
  }

  function drawVersion(grid) {
    if (grid.version < 7) { return; }
    let rest = grid.version;
    for (let i = 0; i < 12; i++) { rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25); }
    const bits = (grid.version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const isDark = ((bits >>> i) & 1) === 1, a = grid.size - 11 + i % 3, b = Math.floor(i / 3);
      grid.set(a, b, isDark);
      grid.set(b, a, isDark);
    }
  }

  function drawBytes(grid, bytes) {
    let i = 0;
    for (let right = grid.size - 1; right >= 1; right -= 2) {
      if (right === 6) { right = 5; }
      for (let step = 0; step < grid.size; step++) {
        for (let j = 0; j < 2; j++) {
          const x = right - j, up = ((right + 1) & 2) === 0, y = up ? grid.size - 1 - step : step;
          if (!grid.fixed[y][x] && i < bytes.length * 8) {
            grid.dark[y][x] = ((bytes[i >>> 3] >>> (7 - (i & 7))) & 1) === 1;
            i += 1;
          }
        }
      }
    }
  }

  const MASKS = [
    function (x, y) { return (x + y) % 2; }, function (x, y) { return y % 2; },
    function (x) { return x % 3; }, function (x, y) { return (x + y) % 3; },
    function (x, y) { return (Math.floor(x / 3) + Math.floor(y / 2)) % 2; },
    function (x, y) { return (x * y) % 2 + (x * y) % 3; },
    function (x, y) { return ((x * y) % 2 + (x * y) % 3) % 2; },
    function (x, y) { return ((x + y) % 2 + (x * y) % 3) % 2; }
  ];

  function applyMask(grid, mask) {
    for (let y = 0; y < grid.size; y++) {
      for (let x = 0; x < grid.size; x++) {
        if (!grid.fixed[y][x] && MASKS[mask](x, y) === 0) { grid.dark[y][x] = !grid.dark[y][x]; }
      }
    }
  }

  /** Rows of dark modules for a text; `mask` 0 to 7, any of which a reader accepts. */
  function encode(text, mask) {
    const bytes = Array.from(new TextEncoder().encode(text));
    let version = 1;
    while (version < 20 && bytes.length + (version < 10 ? 2 : 3) > capacity(version)) { version += 1; }
    if (bytes.length + 3 > capacity(version) && version === 20) { throw new RangeError("too long for a code"); }
    const grid = Grid(version);
    drawPatterns(grid);
    drawBytes(grid, interleave(frameBytes(bytes, version), version));
    applyMask(grid, mask);
    drawFormat(grid, mask);
    return grid.dark;
  }

  /** Put the code of a text behind `box`'s content. */
  function show(box, text) {
    const rows = encode(text, 3), size = rows.length + 8, scale = Math.max(3, Math.floor(280 / size));
    const canvas = g.el("canvas", { width: size * scale, height: size * scale, "class": "qr", role: "img",
      "aria-label": g.t("二维码，内容同上面的文字", "QR code with the text above") });
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = "#000000";
    rows.forEach(function (row, y) {
      row.forEach(function (dark, x) { if (dark) { context.fillRect((x + 4) * scale, (y + 4) * scale, scale, scale); } });
    });
    box.querySelectorAll(".qr").forEach(function (old) { old.remove(); });
    box.append(canvas);
    canvas.scrollIntoView({ block: "nearest" });
  }

  g.qr = { encode: encode, show: show };
})(window.geomap);
