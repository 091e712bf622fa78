"use strict";
// Light and dark, search, and marking the edges of a box. Every page reads and links without this script.
(function () {
  const root = document.currentScript.dataset.root;
  const page = document.documentElement;
  const most = 12;
  let entries = null;

  function remember(theme) {
    try { localStorage.setItem("gaic-theme", theme); } catch (refused) { /* pages from disk may not store anything */ }
  }
  function recall() {
    try { return localStorage.getItem("gaic-theme"); } catch (refused) { return null; }
  }
  const wanted = recall();
  if (wanted === "light" || wanted === "dark") page.dataset.theme = wanted;

  function switchTheme() {
    const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    page.dataset.theme = dark ? "light" : "dark";
    remember(page.dataset.theme);
  }

  function fetchIndex() {
    if (entries !== null) return;
    entries = [];
    const script = document.createElement("script");
    script.src = root + "search.js";
    document.head.append(script);
  }
  window.gaicIndex = function (list) {
    entries = list.map(function (entry) { return { entry: entry, text: (entry[0] + " " + entry[1]).toLowerCase() }; });
    const box = document.getElementById("page-search");
    if (box && box.value) box.dispatchEvent(new Event("input"));
  };

  function rank(text, path, words) {
    let place = 0;
    for (const word of words) {
      const at = text.indexOf(word);
      if (at < 0) return -1;
      place += at;
    }
    return place + path.length / 1000;
  }

  function search(query) {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length || !entries) return [];
    return entries
      .map(function (item) { return { entry: item.entry, rank: rank(item.text, item.entry[0], words) }; })
      .filter(function (item) { return item.rank >= 0; })
      .sort(function (a, b) { return a.rank - b.rank; });
  }

  function showFound(found, list, query) {
    list.replaceChildren();
    list.hidden = !query.trim();
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.textContent = found.length > most ? "First " + most + " of " + found.length : found.length + " found";
    list.append(status);
    for (const item of found.slice(0, most)) {
      const link = document.createElement("a");
      link.href = root + item.entry[2];
      const path = document.createElement("code");
      path.textContent = item.entry[0];
      const value = document.createElement("span");
      value.textContent = item.entry[3] || item.entry[1];
      link.append(path, " ", value);
      list.append(link);
    }
  }

  function moveIn(list, by) {
    const links = Array.from(list.querySelectorAll("a"));
    const next = links.indexOf(document.activeElement) + by;
    if (next < 0) document.getElementById("page-search").focus();
    else if (links[next]) links[next].focus();
  }

  function prepareSearch(form) {
    const box = form.querySelector("input");
    const list = form.querySelector(".found");
    form.hidden = false;
    box.addEventListener("focus", fetchIndex);
    box.addEventListener("input", function () { showFound(search(box.value), list, box.value); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    form.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { box.value = ""; list.hidden = true; box.focus(); }
      if (event.key === "ArrowDown") { event.preventDefault(); moveIn(list, 1); }
      if (event.key === "ArrowUp") { event.preventDefault(); moveIn(list, -1); }
    });
    form.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) list.hidden = true;
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && document.activeElement !== box) {
        event.preventDefault();
        box.focus();
      }
    });
  }

  function markEdges(event, on) {
    const node = event.target.closest && event.target.closest("a.node");
    if (!node) return;
    const graph = node.closest("svg");
    const number = String(Array.from(graph.querySelectorAll("a.node")).indexOf(node));
    for (const edge of graph.querySelectorAll(".edges path")) {
      edge.classList.toggle("lit", on && edge.dataset.e.split(" ").includes(number));
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    const button = document.querySelector("button.theme");
    button.hidden = false;
    button.addEventListener("click", switchTheme);
    prepareSearch(document.querySelector("form.search"));
    for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      document.addEventListener(name, function (event) { markEdges(event, on); });
    }
  });
})();
