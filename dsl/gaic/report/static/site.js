"use strict";
// Light and dark, search, and marking the edges of a box. Every page reads and links without this script.
(function () {
  const root = document.currentScript.dataset.root;
  const page = document.documentElement;
  const most = 12;
  let entries = null;
  let alike = [];

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
  // Entries are [path, words, address, value, values of an object as [name, value, anchor, words]].
  window.gaicIndex = function (index) {
    alike = index.alike;
    entries = [];
    function add(path, words, href, value) {
      entries.push({ path: path, words: words, href: href, value: value, name: path.toLowerCase(), text: (path + " " + words).toLowerCase() });
    }
    for (const [path, words, href, value, values] of index.entries) {
      add(path, words, href, value);
      for (const [name, shown, anchor, label] of values || []) {
        const place = anchor || name.replace(/\[(.*)\]$/, ".$1");
        add(path + "." + name, label || name.replace(/_/g, " "), href.replace(/#.*/, "") + "#" + place, shown || "");
      }
    }
    const box = document.getElementById("page-search");
    if (box && box.value) box.dispatchEvent(new Event("input"));
  };

  // A word stands for itself and, once three letters of it are there, for words that mean the same.
  function widen(word) {
    const same = alike.filter(function (group) { return word.length > 2 && group.some(function (other) { return other.startsWith(word); }); });
    return [word].concat(...same);
  }

  // The very path first, then its last name, then its beginning, then where the words stand; synonyms last.
  function rank(item, query, words) {
    let place = 0;
    for (const same of words) {
      const at = item.text.indexOf(same[0]);
      if (at >= 0) place += at / 1000;
      else if (same.some(function (word) { return item.text.includes(word); })) place += 9;
      else return -1;
    }
    const last = item.name.slice(item.name.lastIndexOf(".") + 1);
    const exact = item.name === query ? 0 : last === query ? 1 : item.name.startsWith(query) ? 2 : 3;
    return exact + place + item.name.length / 1e6;
  }

  function search(query) {
    const text = query.trim().toLowerCase();
    const words = text.split(/\s+/).filter(Boolean).map(widen);
    if (!words.length || !entries) return [];
    return entries
      .map(function (item) { return { item: item, rank: rank(item, text, words) }; })
      .filter(function (found) { return found.rank >= 0; })
      .sort(function (a, b) { return a.rank - b.rank; });
  }

  function showFound(found, list, query) {
    list.replaceChildren();
    list.hidden = !query.trim();
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    status.textContent = found.length > most ? "First " + most + " of " + found.length : found.length + " found";
    list.append(status);
    for (const { item } of found.slice(0, most)) {
      const link = document.createElement("a");
      link.href = root + item.href;
      const path = document.createElement("code");
      path.textContent = item.path;
      const value = document.createElement("span");
      value.textContent = item.value || item.words;
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
