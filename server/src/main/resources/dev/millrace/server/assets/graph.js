"use strict";
// The lineage graph: moving, zooming, what lies up and down of a node, and kinds that are shown.
(function () {
  const canvas = document.querySelector("[data-canvas]");
  if (!canvas) return;
  const svg = canvas.querySelector("[data-lineage]");
  const scene = svg.querySelector("[data-scene]");
  const width = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const brief = document.getElementById("brief");
  let x = 0;
  let y = 0;
  let scale = 1;

  svg.removeAttribute("viewBox");
  svg.removeAttribute("width");
  svg.removeAttribute("height");

  function show() {
    scene.setAttribute("transform", "translate(" + x + " " + y + ") scale(" + scale + ")");
  }

  function fit() {
    const box = canvas.getBoundingClientRect();
    scale = Math.min(1.1, box.width / width, (box.height - 48) / height);
    x = (box.width - width * scale) / 2;
    y = Math.max(0, (box.height - 48 - height * scale) / 2);
    show();
  }

  function zoom(factor, atX, atY) {
    const next = Math.min(3, Math.max(0.08, scale * factor));
    x = atX - (atX - x) * (next / scale);
    y = atY - (atY - y) * (next / scale);
    scale = next;
    show();
  }

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });

  let from = null;
  let moved = false;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX - x, y: event.clientY - y, startX: event.clientX, startY: event.clientY };
    moved = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    if (Math.abs(event.clientX - from.startX) + Math.abs(event.clientY - from.startY) > 4) moved = true;
    if (!moved) return;
    canvas.classList.add("moving");
    x = event.clientX - from.x;
    y = event.clientY - from.y;
    show();
  });
  window.addEventListener("pointerup", () => {
    from = null;
    canvas.classList.remove("moving");
  });
  canvas.addEventListener("dragstart", (event) => event.preventDefault());
  canvas.addEventListener("keydown", (event) => {
    const step = 60;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.target === canvas && moves[event.key]) {
      event.preventDefault();
      x += moves[event.key][0];
      y += moves[event.key][1];
      show();
    } else if (event.key === "+" || event.key === "-") {
      const box = canvas.getBoundingClientRect();
      zoom(event.key === "+" ? 1.25 : 0.8, box.width / 2, box.height / 2);
    }
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const box = canvas.getBoundingClientRect();
      if (button.dataset.zoom === "fit") fit();
      else zoom(button.dataset.zoom === "in" ? 1.3 : 0.77, box.width / 2, box.height / 2);
    });
  }

  const nodes = new Map();
  const up = new Map();
  const down = new Map();
  const edges = [...svg.querySelectorAll(".edge")];
  for (const node of svg.querySelectorAll("[data-node]")) nodes.set(node.dataset.node, node);
  for (const edge of edges) {
    if (!up.has(edge.dataset.to)) up.set(edge.dataset.to, []);
    if (!down.has(edge.dataset.from)) down.set(edge.dataset.from, []);
    up.get(edge.dataset.to).push(edge);
    down.get(edge.dataset.from).push(edge);
  }

  function walk(id, next, end) {
    const open = [id];
    const seen = new Set(open);
    while (open.length) {
      for (const edge of next.get(open.pop()) || []) {
        edge.classList.add("near");
        const other = edge.dataset[end];
        nodes.get(other).classList.add("near");
        if (!seen.has(other)) {
          seen.add(other);
          open.push(other);
        }
      }
    }
  }

  function dark() {
    svg.classList.remove("lit");
    for (const near of svg.querySelectorAll(".near")) near.classList.remove("near");
  }

  function light(id) {
    dark();
    nodes.get(id).classList.add("near");
    walk(id, up, "from");
    walk(id, down, "to");
    svg.classList.add("lit");
  }

  let chosen = null;
  async function choose(node) {
    if (chosen) chosen.classList.remove("chosen");
    chosen = node;
    if (!node) {
      brief.hidden = true;
      dark();
      return;
    }
    node.classList.add("chosen");
    light(node.dataset.node);
    brief.hidden = false;
    const covered = node.getBoundingClientRect().right - (brief.getBoundingClientRect().left - 24);
    if (covered > 0) {
      x -= covered;
      show();
    }
    await htmx.ajax("GET", "/nodes/" + encodeURIComponent(node.dataset.node) + "/brief", { target: brief, swap: "innerHTML" });
  }

  for (const [id, node] of nodes) {
    node.addEventListener("pointerenter", () => { if (!from && !chosen) light(id); });
    node.addEventListener("pointerleave", () => { if (!chosen) dark(); });
    node.addEventListener("focus", () => { if (!chosen) light(id); });
    node.addEventListener("blur", () => { if (!chosen) dark(); });
    node.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (!moved) choose(node);
    });
    node.addEventListener("dblclick", () => { location.href = node.getAttribute("href"); });
  }
  canvas.addEventListener("click", (event) => {
    if (!moved && !event.target.closest("[data-node]")) choose(null);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
  brief.addEventListener("click", (event) => { if (event.target.closest("[data-brief-close]")) choose(null); });

  for (const button of document.querySelectorAll("[data-family]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      for (const node of nodes.values()) {
        if (node.dataset.kind === button.dataset.family) node.classList.toggle("dim", !on);
      }
      for (const edge of edges) {
        const hidden = nodes.get(edge.dataset.from).classList.contains("dim") || nodes.get(edge.dataset.to).classList.contains("dim");
        edge.classList.toggle("dim", hidden);
      }
    });
  }
  window.addEventListener("resize", fit);
  fit();
})();
