"""Questions to a page, in the language that the browser answers."""

from __future__ import annotations

# Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3); behind an SVG text is its box or the page.
WEAK_TEXTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const read = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    const tile = element.closest('a.node');
    if (tile) return read(getComputedStyle(tile.querySelector('rect')).fill);
    for (let at = element; at; at = at.parentElement) {
      const color = read(getComputedStyle(at).backgroundColor);
      if (color[3] > 250) return color;
    }
    return read('white');
  };
  const weak = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const own = Array.from(element.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || element.closest('title') || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const ink = read(element.tagName === 'text' ? style.fill : style.color);
    const [a, b] = [light(ink), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.add(element.tagName + '.' + element.getAttribute('class'));
  }
  return Array.from(weak);
}"""

# Texts wider than their box in a drawing.
SPILLED_TEXTS = """() => Array.from(document.querySelectorAll('a.node text'))
  .filter(text => text.getBBox().width > text.parentElement.querySelector('rect').getBBox().width - 4)
  .map(text => text.textContent)"""

# Pairs of boxes of a drawing that overlap on the screen.
OVERLAPS = """() => Array.from(document.querySelectorAll('svg.graph')).map(svg => {
  const boxes = Array.from(svg.querySelectorAll('rect')).map(rect => rect.getBoundingClientRect());
  return boxes.filter((a, i) => boxes.slice(0, i).some(b =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
}).reduce((sum, found) => sum + found, 0)"""

# Boxes whose content reaches further to the side than they do, and texts beyond the window: what may be scrolled to, or
# is cut on purpose, is inside an element that says so.
SPILLED_BOXES = """() => {
  const scrolls = element => !['visible', 'clip'].includes(getComputedStyle(element).overflowX);
  const name = element => element.tagName.toLowerCase() + '.' + (element.getAttribute('class') || '');
  const found = new Set();
  const held = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (held.has(element.parentElement) || scrolls(element)) { held.add(element); continue; }
    if (!(element instanceof HTMLElement) || element.clientWidth < 2) continue;
    if (element.scrollWidth > element.clientWidth + 1) found.add(name(element) + ' holds ' + element.scrollWidth);
    const box = element.getBoundingClientRect();
    const seen = box.width > 1 && box.height > 1;
    if (seen && box.right > innerWidth + 1) found.add(name(element) + ' ends at ' + box.right);
  }
  return Array.from(found).slice(0, 20);
}"""

OPEN_DETAILS = "() => { for (const element of document.querySelectorAll('details')) element.open = true; }"

CHECK_RULES = """async tags => (await axe.run(document, {
  runOnly: {type: 'tag', values: tags},
  rules: {'color-contrast': {enabled: false}, 'link-in-text-block': {enabled: false}},
  resultTypes: ['violations'], elementRef: false, iframes: false, preload: false,
})).violations.map(rule => rule.id + ' ' + rule.nodes.length + ' ' + rule.nodes[0].html.slice(0, 200))"""

# Keeps two elements with text of each sort; gives how many there are.
CHOOSE_TEXTS = """() => {
  const sorts = new Map(), counts = new Map();
  window.chosen = [];
  for (const element of document.querySelectorAll('body *')) {
    const around = sorts.get(element.parentElement) || '';
    const sort = around + '>' + element.tagName + '.' + (element.getAttribute('class') || '');
    sorts.set(element, sort);
    const own = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest('title')) continue;
    const count = (counts.get(sort) || 0) + 1;
    counts.set(sort, count);
    if (count <= 2) window.chosen.push(element);
  }
  return window.chosen.length;
}"""

CHECK_COLOURS = """async () => (await axe.run({include: window.chosen}, {
  runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']},
  resultTypes: ['violations'], elementRef: false, iframes: false, preload: false,
})).violations.map(rule => rule.id + ' ' + rule.nodes.length + ' ' + rule.nodes[0].html.slice(0, 200) + ' ' +
  rule.nodes[0].failureSummary.slice(0, 200))"""

# Each path is put into the search; gives those whose first finding is at none of the addresses that it may have.
SEARCH_ALL = """all => {
  const box = document.getElementById('page-search'), list = document.getElementById('page-found');
  const missed = [];
  for (const [path, places] of all) {
    box.value = path;
    box.dispatchEvent(new Event('input'));
    const first = list.querySelector('a');
    const found = first ? decodeURI(first.href) : '';
    if (!places.some(place => found.endsWith('/' + place))) missed.push(path + ' -> ' + found);
  }
  return missed;
}"""

# Words of formulas, and of trees, as they stand in the page: what a print has to hold.
PRINTED_WORDS = """() => {
  const words = nodes => Array.from(nodes).flatMap(node => node.textContent.match(/[A-Za-z_]{3,}/g) || []);
  return {
    formulas: words(document.querySelectorAll('math :is(mi, mn, mtext), .formula')),
    trees: Array.from(document.querySelectorAll('details li a')).map(node => node.textContent),
  };
}"""

# The checker takes what stands inside a formula for hidden, as ARIA 1.1 said; ARIA 1.2 took that back, and browsers
# show it: https://github.com/w3c/aria/issues/425.
CORRECT_ROLES = """() => axe.configure({standards: {ariaRoles: {math: {
  type: 'structure', allowedAttrs: ['aria-expanded'], superclassRole: ['section'], childrenPresentational: false
}}}})"""
