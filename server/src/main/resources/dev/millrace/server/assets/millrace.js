"use strict";
// What the pages do in the browser: times, refreshing, the live log, dialogs. No page needs it to be read.
(function () {
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

  function ago(seconds) {
    if (Math.abs(seconds) < 5) return "now";
    for (const [unit, size] of units) {
      if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
    }
    return "now";
  }

  function elapsed(millis) {
    const s = Math.max(0, Math.floor(millis / 1000));
    if (s < 60) return s + " s";
    if (s < 3600) return Math.floor(s / 60) + " min " + String(s % 60).padStart(2, "0") + " s";
    return Math.floor(s / 3600) + " h " + String(Math.floor((s % 3600) / 60)).padStart(2, "0") + " min";
  }

  function times(root) {
    for (const time of root.querySelectorAll("time[data-ago]")) {
      const at = new Date(time.dateTime);
      time.textContent = ago((at - Date.now()) / 1000);
      if (!time.title) time.title = full.format(at);
    }
    for (const span of root.querySelectorAll("[data-since]")) {
      span.textContent = elapsed(Date.now() - new Date(span.dataset.since));
    }
  }

  // Parts of a page that follow what happens: the page is asked for again, and a part that is another now is replaced.
  const sources = new Map();

  async function refresh() {
    const parts = [...document.querySelectorAll("[data-refresh]")];
    if (!parts.length || document.hidden || document.querySelector("dialog[open]")) return;
    let text;
    try {
      const answer = await fetch(location.href, { headers: { "X-Millrace-Refresh": "1" }, cache: "no-store" });
      if (!answer.ok || answer.redirected) return;
      text = await answer.text();
    } catch (e) {
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const part of parts) {
      const next = page.getElementById(part.id);
      if (!next || sources.get(part.id) === next.outerHTML) continue;
      sources.set(part.id, next.outerHTML);
      const focused = part.contains(document.activeElement) ? document.activeElement : null;
      const path = focused && (focused.getAttribute("href") || focused.getAttribute("aria-label"));
      const fresh = document.importNode(next, true);
      times(fresh);
      // What was opened or closed by hand stays so.
      for (const details of fresh.querySelectorAll("details[id]")) {
        const before = document.getElementById(details.id);
        if (before) details.open = before.open;
      }
      part.replaceWith(fresh);
      if (path) {
        const again = fresh.querySelector('[href="' + CSS.escape(path) + '"], [aria-label="' + CSS.escape(path) + '"]');
        if (again) again.focus({ preventScroll: true });
      }
    }
  }

  function toast(text, good) {
    const box = document.createElement("div");
    box.className = good ? "toast ok" : "toast";
    box.textContent = text;
    document.getElementById("toasts").append(box);
    setTimeout(() => box.remove(), 6000);
  }

  // The theme: as the system has it, light, dark.
  function theme() {
    const button = document.querySelector("[data-theme-toggle]");
    if (!button) return;
    const label = button.querySelector("[data-theme-label]");
    const show = () => {
      const now = document.documentElement.dataset.theme || "system";
      label.textContent = "Theme: " + now;
    };
    button.addEventListener("click", () => {
      const now = document.documentElement.dataset.theme || "system";
      const next = { system: "light", light: "dark", dark: "system" }[now];
      if (next === "system") {
        delete document.documentElement.dataset.theme;
        localStorage.removeItem("millrace-theme");
      } else {
        document.documentElement.dataset.theme = next;
        localStorage.setItem("millrace-theme", next);
      }
      show();
    });
    show();
  }

  // The live log of a run, from server-sent events; the browser comes back by itself and asks for what it missed.
  function log() {
    const list = document.querySelector("[data-log]");
    if (!list) return;
    const live = document.querySelector("[data-log-live]");
    const follow = document.querySelector("[data-log-follow]");
    const level = document.querySelector("[data-log-level]");
    const most = 5000;
    let waiting = [];
    let planned = false;
    let refreshing = null;

    list.dataset.level = level.value;
    level.addEventListener("change", () => { list.dataset.level = level.value; });
    list.addEventListener("scroll", () => {
      const end = list.scrollHeight - list.scrollTop - list.clientHeight < 24;
      if (!end && follow.checked && list.matches(":hover")) follow.checked = false;
    });
    follow.addEventListener("change", () => { if (follow.checked) list.scrollTop = list.scrollHeight; });

    function state(css, text) {
      live.className = "live " + css;
      live.lastElementChild.textContent = text;
    }

    function line(at, grave, node, text) {
      const item = document.createElement("li");
      item.className = grave;
      const time = document.createElement("span");
      time.className = "at";
      const date = new Date(at);
      time.textContent = date.toLocaleTimeString("en-GB") + "." + String(date.getMilliseconds()).padStart(3, "0");
      const how = document.createElement("span");
      how.className = "level";
      how.textContent = grave;
      const body = document.createElement("span");
      body.className = "text";
      if (node) {
        const name = document.createElement("b");
        name.textContent = node + "  ";
        body.append(name);
      }
      body.append(text);
      item.append(time, how, body);
      return item;
    }

    function add(item) {
      waiting.push(item);
      if (!planned) {
        planned = true;
        requestAnimationFrame(() => {
          list.append(...waiting.slice(-most));
          waiting = [];
          planned = false;
          while (list.childElementCount > most) list.firstElementChild.remove();
          if (follow.checked) list.scrollTop = list.scrollHeight;
        });
      }
    }

    function words(name, event) {
      const data = event.data || {};
      switch (name) {
        case "RunStarted": return data.command + " started: " + data.total + " nodes, " + data.threads + " threads";
        case "NodeStarted": return "started (" + data.index + " of " + data.total + ")";
        case "NodeFinished": {
          let text = data.status + (data.message ? ": " + data.message : "") + " in " + data.execution_time.toFixed(2) + " s";
          if (data.error && data.error.hint) text += "\n" + data.error.hint;
          return text;
        }
        case "NodeRetrying": return "attempt " + data.attempt + " of " + data.attempts + " failed, again in " + data.delay + " s: " + event.info.msg;
        case "RunFinished": return event.info.msg + " in " + data.elapsed.toFixed(2) + " s";
        default: return event.info.msg;
      }
    }

    function soon() {
      if (!refreshing) refreshing = setTimeout(() => { refreshing = null; refresh(); }, 300);
    }

    const source = new EventSource(list.dataset.log);
    const names = ["RunStarted", "NodeStarted", "NodeFinished", "NodeRetrying", "Logged", "RunFinished", "Error", "Cancelling"];
    for (const name of names) {
      source.addEventListener(name, (message) => {
        const event = JSON.parse(message.data);
        const node = event.data && event.data.node_info ? event.data.node_info.node_name : "";
        add(line(event.info.ts, event.info.level, node, words(name, event)));
        if (name !== "Logged") soon();
      });
    }
    source.addEventListener("open", () => state("on", "live"));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CONNECTING) state("lost", "connecting again");
      else state("lost", "not connected");
    });
    source.addEventListener("end", () => {
      source.close();
      state("off", "ended");
      if (!list.childElementCount && !waiting.length) {
        const none = document.createElement("li");
        none.className = "none";
        none.textContent = "Nothing was logged.";
        list.append(none);
      }
      setTimeout(refresh, 150);
    });
  }

  function query() {
    const form = document.getElementById("query-form");
    if (!form) return;
    const text = form.querySelector("textarea");
    text.value = text.value || sessionStorage.getItem("millrace-query") || "";
    text.addEventListener("input", () => sessionStorage.setItem("millrace-query", text.value));
    text.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        event.preventDefault();
        htmx.trigger(form, "submit");
      }
    });
    for (const button of document.querySelectorAll("[data-insert]")) {
      button.addEventListener("click", () => {
        const name = button.dataset.insert;
        if (!text.value.trim()) {
          text.value = "select *\nfrom " + name + "\nlimit 100";
          htmx.trigger(form, "submit");
        } else {
          text.setRangeText(name, text.selectionStart, text.selectionEnd, "end");
        }
        text.focus();
        sessionStorage.setItem("millrace-query", text.value);
      });
    }
    if (form.dataset.autorun === "true") htmx.trigger(form, "submit");
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent)
        .then(() => { copy.textContent = "Copied"; setTimeout(() => { copy.textContent = "Copy"; }, 1500); });
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.submit();
    if (event.target.matches("[data-requery]")) htmx.trigger(document.getElementById("query-form"), "submit");
  });
  document.addEventListener("htmx:afterSwap", (event) => times(event.target));
  document.addEventListener("htmx:responseError", () => toast("The server refused this."));
  document.addEventListener("htmx:sendError", () => toast("The server cannot be reached."));

  times(document);
  setInterval(() => times(document), 1000);
  theme();
  log();
  query();
  const slow = document.querySelector("[data-refresh]:not([data-refresh='run'])");
  const open = document.querySelector("[data-open='true']");
  if (slow) setInterval(refresh, Number(slow.dataset.refresh) || 4000);
  else if (open) setInterval(() => { if (document.querySelector("[data-open='true']")) refresh(); }, 2000);
  document.documentElement.dataset.ready = "true";
})();
