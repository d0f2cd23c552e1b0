/* The report's page. The data came packed with it; texts go into the page as text nodes only. */
"use strict";
(async () => {
  const byId = (id) => document.getElementById(id);
  const collator = new Intl.Collator("ru");
  const plain = (text) => text.toLowerCase().replaceAll("ё", "е");
  const number = new Intl.NumberFormat("en");

  /* An element with attributes and children; strings become text. */
  function make(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  async function unpacked(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }

  const data = await unpacked(byId("table").textContent);
  const { kinds, columns, values } = data;
  const count = columns.text.length;
  const packs = [...document.querySelectorAll("script.pack")];
  const opened = new Map();

  /* The text around a quote: [text, marks, cut before, cut after]. */
  async function context(i) {
    const pack = Math.floor(i / data.packed);
    if (!opened.has(pack)) opened.set(pack, unpacked(packs[pack].textContent));
    return (await opened.get(pack))[i % data.packed];
  }

  const speaker = (i) => values.speaker[columns.speaker[i]] ?? { name: "—", type: null, gender: null };
  const cell = (name, i) => values[name][columns[name][i]] ?? "";

  /* Place of each value in the order of the alphabet, so that sorting compares numbers; nothing comes last. */
  function ranks(listed, written = (value) => value) {
    const order = listed.map((_, k) => k).sort((a, b) => collator.compare(written(listed[a]), written(listed[b])));
    const places = new Int32Array(listed.length);
    order.forEach((k, place) => (places[k] = place));
    return (k) => (k < 0 ? listed.length : places[k]);
  }
  const rankOf = {
    speaker: ranks(values.speaker, (value) => value.name),
    outlet: ranks(values.outlet),
    date: ranks(values.date),
  };
  const rows = Array.from({ length: count }, (_, i) => ({
    i,
    speaker: rankOf.speaker(columns.speaker[i]),
    outlet: rankOf.outlet(columns.outlet[i]),
    date: rankOf.date(columns.date[i]),
    kind: columns.kind[i],
    length: columns.text[i].length,
    confidence: columns.confidence[i],
  }));

  /* Filters: each answers by number of the quote; what depends on a column of few values is decided once a value. */
  const form = byId("filters");
  let haystacks = null;
  const haystack = (i) => plain([columns.text[i], speaker(i).name, cell("cue", i), cell("role", i), cell("relay", i)].join("\n"));

  function chosen() {
    const wanted = Object.fromEntries(new FormData(form));
    const tests = [];
    const among = (name, test) => {
      const allowed = values[name].map(test);
      tests.push((i) => allowed[columns[name][i]] === true);
    };
    const words = plain(wanted.words).split(/\s+/).filter(Boolean);
    if (wanted.speaker) among("speaker", (value) => plain(value.name).includes(plain(wanted.speaker)));
    if (wanted.gender) among("speaker", (value) => value.gender === wanted.gender);
    if (wanted.outlet) among("outlet", (value) => value === wanted.outlet);
    if (wanted.stance) among("stance", (value) => value === wanted.stance);
    if (wanted.since) among("date", (value) => value >= wanted.since);
    if (wanted.until) among("date", (value) => value <= wanted.until);
    if (wanted.kind) tests.push((i) => kinds[columns.kind[i]] === wanted.kind);
    if (words.length) {
      haystacks ??= rows.map((row) => haystack(row.i));
      tests.push((i) => words.every((word) => haystacks[i].includes(word)));
    }
    return tests;
  }

  let shown = new Uint8Array(count).fill(1);
  let shownCount = count;

  function filter() {
    const tests = chosen();
    shownCount = 0;
    for (let i = 0; i < count; i++) shownCount += shown[i] = tests.every((test) => test(i)) ? 1 : 0;
    if (tests.length) table.setFilter((row) => shown[row.i] === 1);
    else table.clearFilter();
    sort();
    byId("status").textContent =
      shownCount === count ? `${number.format(count)} quotes` : `${number.format(shownCount)} of ${number.format(count)} quotes`;
    requestAnimationFrame(() => setTimeout(draw));
  }

  function sort() {
    const wanted = form.elements.sort.value;
    if (!wanted) table.clearSort();
    else table.setSort([{ column: wanted.replace("-", ""), dir: wanted.startsWith("-") ? "desc" : "asc" }]);
  }

  /* The table. */
  const narrow = matchMedia("(max-width: 44rem)");

  function speakerCell(i) {
    const role = cell("role", i);
    return make("div", { class: "cell-clip", lang: "ru" }, make("b", {}, speaker(i).name), ...(role ? [make("span", { class: "faint" }, `, ${role}`)] : []));
  }

  function openButton(i, ...above) {
    const button = make("button", { type: "button", class: "open", lang: "ru" }, ...above, make("span", { class: "cell-clip" }, columns.text[i]));
    button.addEventListener("click", () => open(i));
    return button;
  }

  function card(i) {
    const notes = [kinds[columns.kind[i]], cell("outlet", i), cell("date", i)].filter(Boolean).join(" · ");
    return openButton(i, make("b", {}, speaker(i).name), " ", make("span", { class: "faint" }, notes));
  }

  const kindBadge = (i) => make("span", { class: `kind ${kinds[columns.kind[i]]}` }, kinds[columns.kind[i]]);
  const column = (title, field, formatter, more) => ({ title, field, sorter: "number", formatter: (at) => formatter(at.getData().i), ...more });
  const hidden = (field) => ({ title: field, field, sorter: "number", visible: false });

  function tableColumns() {
    if (narrow.matches) return [column("Quote", "length", card), hidden("speaker"), hidden("outlet"), hidden("date"), hidden("confidence")];
    return [
      column("Speaker", "speaker", speakerCell, { width: "21%" }),
      column("Quote", "length", (i) => openButton(i), { widthGrow: 1 }),
      column("Kind", "kind", kindBadge, { width: 95 }),
      column("Outlet", "outlet", (i) => make("span", { lang: "ru" }, cell("outlet", i)), { width: "14%", visible: values.outlet.length > 0 }),
      column("Date", "date", (i) => cell("date", i), { width: 105, visible: values.date.length > 0 }),
      column("Sure", "confidence", (i) => columns.confidence[i].toFixed(2), { width: 75 }),
    ];
  }

  function build() {
    return new Promise((resolve) => {
      const made = new Tabulator("#grid", {
        data: rows,
        columns: tableColumns(),
        layout: "fitColumns",
        height: "75vh",
        rowHeight: narrow.matches ? 128 : 56,
        placeholder: "No quote is like that.",
        // Tabulator lays all rows anew when the table scrolls into view, and a quote reached by keyboard loses the focus.
        autoResize: false,
        columnDefaults: { resizable: false, headerSortStartingDir: "asc" },
      });
      made.on("tableBuilt", () => {
        const holder = made.element.querySelector(".tabulator-tableholder");
        holder.setAttribute("role", "rowgroup");
        holder.querySelector(".tabulator-table").setAttribute("role", "none");
        resolve(made);
      });
    });
  }

  /* A quote, with the text around it. */
  const dialog = byId("quote");
  let current = -1;

  async function open(i) {
    current = i;
    const [text, marks, before, after] = await context(i);
    byId("quote-speaker").replaceChildren(speaker(i).name);
    const relay = cell("relay", i);
    const notes = [cell("role", i), kinds[columns.kind[i]], relay && `via ${relay}`, `confidence ${columns.confidence[i].toFixed(2)}`];
    byId("quote-notes").replaceChildren(notes.filter(Boolean).join(" · "));
    byId("quote-context").replaceChildren(...(before ? ["… "] : []), ...marked(text, marks), ...(after ? [" …"] : []));
    byId("quote-source").replaceChildren(...source(i));
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  function marked(text, marks) {
    const edges = [...new Set([0, text.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
    return edges.slice(1).map((end, k) => {
      const start = edges[k];
      const names = marks.filter((mark) => mark[0] <= start && end <= mark[1]).map((mark) => mark[2]);
      return names.reduce((inner, name) => (name === "quote" ? make("mark", {}, inner) : make("span", { class: name }, inner)), text.slice(start, end));
    });
  }

  function source(i) {
    const { title, url, id } = cell("document", i);
    const named = url ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, title || id) : title || id;
    return [named, ...[cell("outlet", i), cell("date", i)].filter(Boolean).map((note) => ` · ${note}`)];
  }

  function step(by) {
    const order = table.getRows("active").map((row) => row.getData().i);
    const next = order[order.indexOf(current) + by];
    if (next !== undefined) open(next);
  }
  byId("close").addEventListener("click", () => dialog.close());
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  /* Charts of the quotes shown. */
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  /* Sums of the quotes shown by one or two keys: [[key, …, count], …]. */
  function counted(...keys) {
    const sums = new Map();
    for (let i = 0; i < count; i++) {
      if (!shown[i]) continue;
      const key = keys.map((one) => one(i));
      if (key.some((part) => part === null || part === "" || part < 0)) continue;
      const joint = key.join("\t");
      sums.set(joint, (sums.get(joint) ?? 0) + 1);
    }
    return [...sums].map(([joint, sum]) => [...joint.split("\t"), sum]);
  }
  const kindOf = (i) => kinds[columns.kind[i]];

  /* A plot as an image with a name; what its parts are called is told by the table below it. */
  function picture(name, options) {
    const plot = Plot.plot(options);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", name);
    for (const part of plot.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    return plot;
  }

  function figure(title, content, table, name = "") {
    const figure = make("figure", { class: name }, make("h2", {}, title), ...content);
    if (table) figure.append(make("details", {}, make("summary", {}, "as a table"), make("div", {}, numbers(...table))));
    return figure;
  }

  function numbers(heads, lines) {
    const line = (cells, tag) => make("tr", {}, ...cells.map((text) => make(tag, tag === "th" ? { scope: "col" } : {}, String(text))));
    return make("table", {}, make("thead", {}, line(heads, "th")), make("tbody", {}, ...lines.map((cells) => line(cells, "td"))));
  }

  function legend() {
    return make("ul", { class: "legend" }, ...kinds.map((kind) => {
      const patch = make("i", { "aria-hidden": "true" });
      patch.style.background = `var(--${kind})`;
      return make("li", {}, patch, kind);
    }));
  }

  /* Bars that are buttons: a press filters by the value. */
  function bars(name, sums, most, pick, label = (key) => key) {
    const totals = new Map();
    for (const [key, kind, sum] of sums) {
      const parts = totals.get(key) ?? { total: 0 };
      parts[kind] = sum;
      parts.total += sum;
      totals.set(key, parts);
    }
    const top = [...totals].sort((a, b) => b[1].total - a[1].total).slice(0, most);
    const longest = Math.max(1, ...top.map(([, parts]) => parts.total));
    const items = top.map(([key, parts]) => {
      const strip = make("span", { class: "bar-parts", "aria-hidden": "true" });
      for (const kind of kinds) {
        const part = make("span");
        part.style.width = `${(100 * (parts[kind] ?? 0)) / longest}%`;
        part.style.background = `var(--${kind})`;
        strip.append(part);
      }
      const button = make("button", { type: "button", title: label(key) }, make("span", { class: "name", lang: "ru" }, label(key)), strip, make("span", { class: "number" }, number.format(parts.total)));
      button.addEventListener("click", () => pick(key));
      return make("li", {}, button);
    });
    return make("ul", { class: "bars", "aria-label": name }, ...items);
  }

  function pick(name, value) {
    form.elements[name].value = form.elements[name].value === value ? "" : value;
    filter();
  }

  function overTime() {
    const days = counted((i) => cell("date", i), kindOf);
    const all = [...new Set(days.map(([day]) => day))].sort();
    const span = all.length ? (new Date(all.at(-1)) - new Date(all[0])) / 864e5 : 0;
    const interval = span > 1500 ? "year" : span > 150 ? "month" : span > 45 ? "week" : "day";
    const points = days.map(([day, kind, sum]) => ({ day: new Date(day), kind, sum })).filter(({ day }) => !isNaN(day));
    return figure(`Quotes by ${interval}`, [legend(), picture("Quotes over time", {
      ...frame(330), y: { grid: true, label: null }, x: { label: null }, color: kindColours(),
      marks: [Plot.rectY(points, Plot.binX({ y: "sum" }, { x: "day", y: "sum", fill: "kind", interval, insetLeft: 1, order: kinds })), Plot.ruleY([0])],
    })], [["day", "kind", "quotes"], days.sort()]);
  }

  function quotedBy() {
    const pairs = counted((i) => columns.outlet[i], (i) => columns.speaker[i]).map(([outlet, who, sum]) => ({ outlet: values.outlet[outlet], who: values.speaker[who].name, sum }));
    const top = (name, most) => d3.rollups(pairs, (group) => d3.sum(group, (pair) => pair.sum), (pair) => pair[name]).sort((a, b) => b[1] - a[1]).slice(0, most).map(([key]) => key);
    const outlets = top("outlet", 8), people = top("who", 10);
    const cells = pairs.filter((pair) => outlets.includes(pair.outlet) && people.includes(pair.who));
    const short = (text) => (text.length > 22 ? `${text.slice(0, 21)}…` : text);
    return figure("Who quotes whom", [picture("Who quotes whom", {
      ...frame(340), width: 860, marginLeft: 150, marginTop: 8, marginBottom: 40, x: { domain: outlets, label: null, tickFormat: (text) => short(text).replace(" ", "\n") }, y: { domain: people, label: null, tickFormat: short },
      color: { type: "sqrt", range: [colour("raised"), colour("direct")] },
      marks: [Plot.cell(cells, { x: "outlet", y: "who", fill: "sum", inset: 0.5, title: (pair) => `${pair.who} in ${pair.outlet}: ${pair.sum}` }), Plot.text(cells, { x: "outlet", y: "who", text: "sum", fontSize: 12 })],
    })], [["speaker", "outlet", "quotes"], cells.sort((a, b) => b.sum - a.sum).map((pair) => [pair.who, pair.outlet, pair.sum])], "wide");
  }

  const frame = (height) => ({ width: 520, height, style: { background: "transparent", fontSize: "13px" } });
  const kindColours = () => ({ domain: kinds, range: kinds.map(colour) });
  const genders = { fem: "women", masc: "men" };

  function draw() {
    const people = counted((i) => columns.speaker[i], kindOf).map(([who, kind, sum]) => [values.speaker[who].name, kind, sum]);
    const figures = [figure("Most quoted", [legend(), bars("Most quoted", people, 10, (name) => pick("speaker", name))])];
    if (values.date.length) figures.push(overTime());
    if (values.outlet.length) {
      figures.push(figure("Outlets", [legend(), bars("Outlets", counted((i) => cell("outlet", i), kindOf), 10, (name) => pick("outlet", name))]));
      figures.push(quotedBy());
    }
    const byGender = bars("Women and men", counted((i) => speaker(i).gender, kindOf), 2, (name) => pick("gender", name), (key) => genders[key]);
    const stances = counted((i) => cell("stance", i), kindOf);
    const byStance = stances.length ? [make("h2", {}, "What the cues say of the words"), bars("Cues", stances, 7, (name) => pick("stance", name))] : [];
    figures.push(figure("Women and men", [legend(), byGender, ...byStance]));
    byId("charts").replaceChildren(...figures);
  }

  /* Choices of the filters, then everything is shown. */
  const option = (value) => make("option", { value }, value);
  form.elements.outlet.append(...[...values.outlet].sort(collator.compare).map(option));
  form.elements.kind.append(...kinds.map(option));
  form.elements.stance.append(...[...values.stance].sort().map(option));
  const often = d3.rollups(columns.speaker.filter((who) => who >= 0), (group) => group.length, (who) => values.speaker[who].name).sort((a, b) => b[1] - a[1]);
  byId("speakers").append(...often.slice(0, 300).map(([name]) => option(name)));
  if (!values.date.length) for (const name of ["since", "until"]) form.elements[name].parentElement.hidden = true;
  if (!values.stance.length) form.elements.stance.parentElement.hidden = true;
  if (!values.outlet.length) form.elements.outlet.parentElement.hidden = true;

  let table = await build();
  filter();
  let width = byId("grid").clientWidth;
  new ResizeObserver(([{ target }]) => {
    if (target.clientWidth !== width) table.redraw();
    width = target.clientWidth;
  }).observe(byId("grid"));
  let typing;
  form.addEventListener("input", (event) => {
    clearTimeout(typing);
    if (event.target.name === "sort") sort();
    else typing = setTimeout(filter, event.target.name === "words" || event.target.name === "speaker" ? 120 : 0);
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow.addEventListener("change", async () => {
    table.destroy();
    table = await build();
    filter();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  document.body.dataset.ready = "true";
  (window.requestIdleCallback ?? setTimeout)(() => (haystacks ??= rows.map((row) => haystack(row.i))));
})();
