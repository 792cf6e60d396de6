// The page's script: hover on charts, filters, dates, levers. It asks for nothing over a network,
// keeps what is chosen in the address, and computes by the same formulas as the program.
"use strict";
(function () {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  root.classList.add("scripted");
  const by = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const svg = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  };

  // --- What is chosen, in the address ------------------------------------------------
  const state = new Map();
  function readState() {
    state.clear();
    for (const pair of location.hash.slice(1).split("&")) {
      const at = pair.indexOf("=");
      if (at < 1) continue;
      try {
        state.set(decodeURIComponent(pair.slice(0, at)), decodeURIComponent(pair.slice(at + 1)));
      } catch (error) { /* A broken address chooses nothing. */ }
    }
  }
  let timer = 0;
  function keep(key, value) {
    if (value === null || value === "") state.delete(key);
    else state.set(key, value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const parts = [];
      for (const [name, chosen] of state) {
        parts.push(encodeURIComponent(name) + "=" + encodeURIComponent(chosen));
      }
      history.replaceState(null, "", "#" + parts.join("&"));
    }, 120);
  }

  // --- Theme and print ------------------------------------------------------------------
  function theme(name) {
    if (name === "dark" || name === "light") root.dataset.theme = name;
    else delete root.dataset.theme;
  }
  by("theme").addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    theme(next);
    keep("theme", next);
  });
  by("print").addEventListener("click", () => print());
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.story:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  // --- What is wider than the screen fades where it goes on ------------------------------
  for (const box of document.querySelectorAll(".scroll")) {
    const fade = () => {
      box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
    };
    box.addEventListener("scroll", fade, { passive: true });
    new ResizeObserver(fade).observe(box);
  }

  // --- Values of charts at a place ---------------------------------------------------------
  for (const chart of data.figures) {
    const figure = by(chart.id);
    const drawing = figure && figure.querySelector(".plot svg");
    if (!drawing) continue;
    const plot = figure.querySelector(".plot");
    const readout = figure.querySelector(".readout");
    const [left, right, top, bottom] = chart.frame;
    const says = chart.says;
    const units = drawing.viewBox.baseVal.width / chart.size[0];
    let cursor = null;
    let at = -1;
    const show = (index) => {
      at = Math.max(0, Math.min(says.at.length - 1, index));
      const x = (left + says.at[at] * (right - left)) * units;
      if (!cursor) {
        cursor = svg("line", { class: "cursor", y1: top * units, y2: bottom * units });
        drawing.append(cursor);
      }
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
      readout.replaceChildren(says.places[at]);
      says.names.forEach((name, which) => {
        const value = says.values[which][at];
        if (value === null) return;
        const word = document.createElement("b");
        word.textContent = name;
        readout.append("; ", word, ": " + value);
      });
    };
    const point = (event) => {
      const box = drawing.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * chart.size[0];
      const part = (x - left) / (right - left);
      let best = 0;
      for (let i = 1; i < says.at.length; i++) {
        if (Math.abs(says.at[i] - part) < Math.abs(says.at[best] - part)) best = i;
      }
      show(best);
    };
    // A finger that taps does not move.
    for (const kind of ["pointermove", "pointerdown"]) drawing.addEventListener(kind, point);
    plot.addEventListener("focus", () => show(at < 0 ? says.at.length - 1 : at));
    plot.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 };
      if (event.key in steps) show(at + steps[event.key]);
      else if (event.key === "Home") show(0);
      else if (event.key === "End") show(says.at.length - 1);
      else return;
      event.preventDefault();
    });
  }

  // --- Over time: places, countries and segments ---------------------------------------
  const over = data.over_time;
  const dated = [];
  function dateSlider(id, update) {
    const input = by(id);
    if (!input) return;
    const change = () => {
      const index = Number(input.value);
      by(id + "-at").textContent = over.dates[index];
      input.setAttribute("aria-valuetext", over.dates[index]);
      update(index);
    };
    input.addEventListener("input", () => {
      keep(id, input.value === input.max ? null : input.value);
      change();
    });
    dated.push(() => {
      const chosen = Number(state.get(id));
      input.value = state.has(id) && Number.isFinite(chosen) ? String(chosen) : input.max;
      change();
    });
  }
  const percent = (share) => (share / 100).toFixed(1) + " %";
  dateSlider("place-date", (index) => {
    by("place-head").textContent = "chosen: " + over.dates[index];
    const rows = by("place-table").tBodies[0].rows;
    over.places.forEach((shares, row) => {
      rows[row].querySelector(".at").textContent = percent(shares[index]);
      rows[row].querySelector(".bar").style.width = shares[index] / 100 + "%";
    });
  });

  const number = (tenths) => (tenths === null ? "–" : (tenths / 10).toFixed(1));
  const filters = ["f-metric", "f-whose", "f-country", "f-segment"].map(by).filter(Boolean);
  let levelAt = 0;
  let drawnRow = -1;
  const rowName = (level) => level.of.join("|");
  function levels() {
    if (!filters.length) return;
    const wanted = filters.map((choice) => choice.value);
    const rows = by("levels").tBodies[0].rows;
    let first = -1;
    over.levels.forEach((level, row) => {
      const shown = wanted.every((word, part) => word === "" || word === level.of[part]);
      rows[row].hidden = !shown;
      if (shown && first < 0) first = row;
      const cells = rows[row].cells;
      const unit = level.unit === "%" ? " %" : "";
      cells[4].textContent = number(level.tenths[1][levelAt]) + unit;
      cells[5].textContent =
        "[" + number(level.tenths[0][levelAt]) + " to " + number(level.tenths[2][levelAt]) + "]";
    });
    by("level-head").textContent = "median, " + over.dates[levelAt];
    drawLevel(drawnRow >= 0 && !rows[drawnRow].hidden ? drawnRow : first);
  }
  function drawLevel(row) {
    drawnRow = row;
    const place = by("level-chart");
    place.replaceChildren();
    const rows = by("levels").tBodies[0].rows;
    for (let i = 0; i < rows.length; i++) {
      rows[i].classList.toggle("chosen", i === row);
      rows[i].querySelector("button").setAttribute("aria-pressed", String(i === row));
    }
    if (row < 0) return;
    const level = over.levels[row];
    const [low, middle, high] = level.tenths;
    const known = low.concat(high).filter((value) => value !== null);
    if (!known.length) return;
    const from = Math.min(...known);
    const to = Math.max(...known, from + 10);
    const [w, h, l, r, t, b] = [640, 220, 44, 12, 28, 26];
    const count = over.dates.length;
    const x = (i) => l + ((w - l - r) * i) / Math.max(1, count - 1);
    const y = (value) => h - b - ((h - t - b) * (value - from)) / (to - from);
    const chart = svg("svg", { viewBox: "0 0 " + w + " " + h, role: "img" });
    const title = svg("title", {});
    title.textContent = level.of.join(", ");
    const head = svg("text", { x: 0, y: 14 });
    head.textContent = level.of.join(", ") + ": median and 8 in 10";
    chart.append(title, head);
    for (const value of [from, (from + to) / 2, to]) {
      chart.append(svg("line", { x1: l, x2: w - r, y1: y(value), y2: y(value) }));
      const label = svg("text", { x: l - 6, y: y(value) + 4, "text-anchor": "end" });
      label.textContent = (value / 10).toFixed(to - from < 50 ? 1 : 0);
      chart.append(label);
    }
    const points = [];
    for (let i = 0; i < count; i++) if (high[i] !== null) points.push(x(i) + "," + y(high[i]));
    for (let i = count - 1; i >= 0; i--) if (low[i] !== null) points.push(x(i) + "," + y(low[i]));
    chart.append(svg("polygon", { class: "band", points: points.join(" ") }));
    const line = [];
    for (let i = 0; i < count; i++) if (middle[i] !== null) line.push(x(i) + "," + y(middle[i]));
    chart.append(svg("polyline", { class: "middle", points: line.join(" ") }));
    chart.append(svg("line", { class: "now", x1: x(levelAt), x2: x(levelAt), y1: t, y2: h - b }));
    for (const [i, anchor] of [[0, "start"], [count - 1, "end"]]) {
      const label = svg("text", { x: x(i), y: h - 8, "text-anchor": anchor });
      label.textContent = over.dates[i];
      chart.append(label);
    }
    place.append(chart);
  }
  dateSlider("level-date", (index) => {
    levelAt = index;
    levels();
  });
  for (const choice of filters) {
    choice.addEventListener("change", () => {
      keep(choice.id, choice.value);
      keep("row", null);
      drawnRow = -1;
      levels();
    });
  }
  const table = by("levels");
  if (table) {
    for (const row of table.tBodies[0].rows) {
      row.addEventListener("click", () => {
        keep("row", rowName(over.levels[row.sectionRowIndex]));
        drawLevel(row.sectionRowIndex);
      });
    }
  }

  // --- Levers: the stored futures weighed ------------------------------------------------
  function numbers(text) {
    const bytes = atob(text);
    const view = new DataView(new ArrayBuffer(bytes.length));
    for (let i = 0; i < bytes.length; i++) view.setUint8(i, bytes.charCodeAt(i));
    const out = new Float64Array(bytes.length / 8);
    for (let i = 0; i < out.length; i++) out[i] = view.getFloat64(8 * i, true);
    return out;
  }
  const LEAST = 1e-300;
  const tilted = (change, share) =>
    change * (Math.log(Math.max(share, LEAST)) - Math.log(Math.max(1 - share, LEAST)));
  function tent(x, low, mode, high) {
    const height = x < mode ? (x - low) / (mode - low) : high > mode ? (high - x) / (high - mode) : 1;
    return Math.max(height, LEAST);
  }
  // ln q(x)/p(x) but for a constant.
  function logRatio(is, held, to) {
    switch (is.family) {
      case "normal": return ((to - is.centre) / is.spread) * held;
      case "lognormal": return ((Math.log(to) - Math.log(is.centre)) / is.spread) * held;
      case "beta": return tilted((to - is.centre) * is.strength, held);
      case "pert": {
        const width = is.high - is.low;
        return tilted((4 * (to - is.centre)) / width, (held - is.low) / width);
      }
      case "gamma": return -held * is.shape * (1 / to - 1 / is.centre);
      case "weibull": return Math.pow(held / is.centre, is.shape) - Math.pow(held / to, is.shape);
      case "triangular":
        return Math.log(tent(held, is.low, to, is.high)) -
          Math.log(tent(held, is.low, is.centre, is.high));
      default: return Math.log(tent(held, is.low, to, is.high));
    }
  }
  function written(is, to) {
    const table = (parts) => "{ dist = " + parts + " }";
    switch (is.family) {
      case "normal": return table('"normal", mean = ' + to + ", sd = " + is.spread);
      case "lognormal": return table('"lognormal", median = ' + to + ", sigma = " + is.spread);
      case "beta": return table('"beta", mean = ' + to + ", strength = " + is.strength);
      case "gamma": return table('"gamma", mean = ' + to + ", sd = " + to / Math.sqrt(is.shape));
      case "weibull": return table('"weibull", shape = ' + is.shape + ", scale = " + to);
      case "pert": return table('"pert", low = ' + is.low + ", mode = " + to + ", high = " + is.high);
      default:
        return table('"triangular", low = ' + is.low + ", mode = " + to + ", high = " + is.high);
    }
  }
  function weigh(live, moved) {
    const logs = new Float64Array(live.futures);
    for (const [lever, to] of moved) {
      for (let i = 0; i < logs.length; i++) logs[i] += logRatio(lever.is, lever.numbers[i], to);
    }
    let most = -Infinity;
    for (const log of logs) if (log > most) most = log;
    let sum = 0;
    for (let i = 0; i < logs.length; i++) sum += logs[i] = Math.exp(logs[i] - most);
    let squares = 0;
    for (let i = 0; i < logs.length; i++) {
      logs[i] /= sum;
      squares += logs[i] * logs[i];
    }
    return { of: logs, effective: squares > 0 ? 1 / squares : 0 };
  }
  function estimate(values, weights) {
    const pairs = [];
    for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) pairs.push([values[i], weights[i]]);
    let sum = 0;
    for (const pair of pairs) sum += pair[1];
    if (!(sum > 0)) return null;
    let mean = 0;
    for (const pair of pairs) mean += pair[0] * (pair[1] /= sum);
    let variance = 0;
    for (const [value, weight] of pairs) variance += weight * weight * (value - mean) * (value - mean);
    pairs.sort((a, b) => a[0] - b[0]);
    const quantile = (share) => {
      let below = 0;
      for (const [value, weight] of pairs) if ((below += weight) >= share - 1e-12) return value;
      return pairs[pairs.length - 1][0];
    };
    return {
      futures: pairs.length, mean, error: 1.959963984540054 * Math.sqrt(variance),
      p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9),
    };
  }
  function judge(live, weights) {
    const whole = [];
    let sum = 0;
    for (let i = 0; i < live.futures; i++) {
      if (live.outputs.some((output) => Number.isNaN(output.numbers[i]))) continue;
      whole.push(i);
      sum += weights[i];
    }
    const shares = whole.map((i) => weights[i] / sum);
    const sign = live.judged.less_is_better ? -1 : 1;
    const best = live.outputs.map(() => 0);
    whole.forEach((i, at) => {
      const gains = live.outputs.map((output) => sign * output.numbers[i]);
      const most = Math.max(...gains);
      const equals = gains.filter((gain) => gain === most).length;
      gains.forEach((gain, option) => { if (gain === most) best[option] += shares[at] / equals; });
    });
    const reference = live.outputs[live.judged.reference].numbers;
    return live.outputs.map((output, option) => ({
      estimate: estimate(whole.map((i) => output.numbers[i]), shares),
      against: option === live.judged.reference ? null
        : estimate(whole.map((i) => output.numbers[i] - reference[i]), shares),
      best: best[option],
    }));
  }

  function figure(value, digits) {
    const step = 10 ** -digits;
    const text = digits > 0 ? Math.abs(value).toFixed(Math.min(digits, 12))
      : String(Math.round(Math.abs(value) / step) * step);
    const [units, rest] = text.split(".");
    const grouped = units.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
    return (value < 0 && /[1-9]/.test(text) ? "−" : "") + grouped;
  }
  const signed = (value, digits, plus) => {
    const text = figure(value, digits);
    return plus && value > 0 && /[1-9]/.test(text) ? "+" + text : text;
  };
  // As the program has it: digits that the error allows, at most two significant ones.
  const leading = (size) => Number(size.toExponential(1).split("e")[1]);
  const two = (size) => (size !== 0 && Number.isFinite(size) ? 1 - leading(size) : 0);
  function decimals(size, error) {
    if (!(error > 0 && Number.isFinite(error))) return two(size);
    const [digits, power] = error.toExponential(2).split("e");
    const allowed = (Number(digits) <= 3.54 ? 1 : 0) - Number(power);
    return size === 0 ? allowed : Math.min(two(size), allowed);
  }
  function worded(found, scale) {
    if (!found) return "no value";
    const [mean, error] = [found.mean / scale.divisor, found.error / scale.divisor];
    const digits = decimals(scale.signed ? Math.max(Math.abs(mean), error) : mean, error);
    const off = error > 0 ? " ± " + figure(Math.max(error, 10 ** -digits), digits) : "";
    return scale.before + signed(mean, digits, scale.signed) + off + scale.after;
  }
  function ranged(found, scale) {
    if (!found || scale.divisor === 0.01) return "";
    const [mean, error] = [found.mean / scale.divisor, found.error / scale.divisor];
    const digits = decimals(scale.signed ? Math.max(Math.abs(mean), error) : mean, error);
    const ends = [found.p10 / scale.divisor, found.p90 / scale.divisor];
    const common = Math.min(digits, ...ends.map((end) => Math.max(two(end), Math.min(digits, 0))));
    const words = ends.map((end) => {
      const own = end !== 0 && -leading(end) > common ? Math.min(digits, -leading(end)) : common;
      return signed(end, own, scale.signed);
    });
    return words[0] === words[1] ? "[" + words[0] + "]" : "[" + words.join(" to ") + "]";
  }
  const put = (cell, text, found) => {
    cell.textContent = text;
    for (const key in found) cell.dataset[key] = String(found[key]);
  };

  const levers = new Map();
  for (const live of data.live) {
    live.box = by("live-" + live.kind);
    for (const output of live.outputs) output.numbers = numbers(output.values);
    for (const lever of live.levers) if (lever.held) lever.numbers = numbers(lever.held);
    live.rows = live.box ? [...live.box.querySelectorAll("tbody tr")] : [];
  }
  for (const input of document.querySelectorAll("input[data-lever]")) {
    levers.set(input.dataset.lever, { input, to: null, centre: null });
  }
  if (data.live.length) {
    for (const lever of data.live[0].levers) {
      const known = levers.get(lever.name);
      if (known) known.centre = lever.is.centre;
    }
  }
  function answer(live) {
    if (!live.box) return;
    const moved = [];
    const elsewhere = [];
    let command = live.command;
    for (const [name, { to }] of levers) {
      if (to === null) continue;
      const lever = live.levers.find((one) => one.name === name);
      if (!lever || !lever.held) {
        elsewhere.push(name);
        continue;
      }
      moved.push([lever, to]);
      command += " -s '" + lever.path + "=" + written(lever.is, to) + "'";
    }
    const weights = weigh(live, moved);
    // What is simulated stands, however few the futures are.
    const atRest = !moved.length;
    const tooFew = weights.effective < data.few;
    live.box.classList.toggle("few", tooFew && !atRest);
    const status = live.box.querySelector(".effective");
    status.dataset.effective = String(weights.effective);
    status.textContent = figure(weights.effective, 0) + " effective futures of " +
      figure(live.futures, 0) + (atRest ? ", as simulated" : "") +
      (!tooFew ? "" : atRest ? "; too few to move a lever by, of which only a simulation tells"
        : ": too few to say anything by; " +
          (live.futures < data.few ? "simulate it" : "move less, or simulate it")) +
      (elsewhere.length ? " (not moved here: " + elsewhere.join(", ") + ")" : "");
    live.box.querySelector(".command code").textContent = command;
    const judged = live.judged ? judge(live, weights.of) : null;
    live.outputs.forEach((output, which) => {
      const row = live.rows[which];
      const found = judged ? judged[which].estimate : estimate(output.numbers, weights.of);
      put(row.querySelector(".mean"), worded(found, output.scale), found);
      if (judged) {
        const { against, best } = judged[which];
        put(row.querySelector(".against"),
          against ? worded(against, live.apart) : "the reference", against || {});
        put(row.querySelector(".best"), figure(100 * best, 0) + " %", { share: best });
      } else {
        row.querySelector(".spread").textContent = ranged(found, output.scale);
      }
    });
  }
  // Four digits are as many as a person moves by.
  const short = (value) => Number(Number(value).toPrecision(4));
  function move(name, to) {
    const lever = levers.get(name);
    if (!lever) return;
    lever.to = to;
    const output = lever.input.parentElement.querySelector("output");
    if (to === null) lever.input.value = String(lever.centre);
    output.textContent = to === null ? short(lever.centre) + " as simulated"
      : to + ", from " + short(lever.centre);
    lever.input.setAttribute("aria-valuetext", output.textContent);
    lever.input.dataset.to = to === null ? "" : String(to);
  }
  for (const [name, { input }] of levers) {
    const step = (Number(input.max) - Number(input.min)) / 100;
    const chosen = (value) => {
      const to = Math.max(Number(input.min), Math.min(Number(input.max), short(value)));
      move(name, to);
      keep("lever." + name, String(to));
      data.live.forEach(answer);
    };
    input.addEventListener("input", () => chosen(input.value));
    input.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      input.value = String(Number(input.value) + steps[event.key] * step);
      chosen(input.value);
    });
  }
  const rest = by("rest");
  if (rest) {
    rest.addEventListener("click", () => {
      for (const name of levers.keys()) {
        move(name, null);
        keep("lever." + name, null);
      }
      data.live.forEach(answer);
    });
  }

  // --- Begin as the address says, else as the page was made -----------------------------
  function begin() {
    readState();
    const chosen = [...state.keys()].some((key) => key.startsWith("lever."));
    for (const name of levers.keys()) {
      const text = state.get("lever." + name);
      const { input } = levers.get(name);
      const to = text === undefined ? NaN : Number(text);
      const fits = to >= Number(input.min) && to <= Number(input.max);
      if (fits) input.value = String(to);
      move(name, fits ? to : null);
    }
    if (!chosen) {
      for (const [name, to] of data.at) {
        if (!levers.has(name)) continue;
        levers.get(name).input.value = String(to);
        move(name, to);
      }
    }
    theme(state.get("theme"));
    for (const choice of filters) {
      choice.value = state.get(choice.id) || "";
      if (choice.selectedIndex < 0) choice.value = "";
    }
    if (table) drawnRow = over.levels.findIndex((level) => rowName(level) === state.get("row"));
    for (const restore of dated) restore();
    levels();
    data.live.forEach(answer);
  }
  addEventListener("hashchange", begin);
  begin();
})();
