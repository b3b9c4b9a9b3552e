// SPDX-License-Identifier: Apache-2.0
//
// Which service calls which: a map from left to right, and the same in numbers.
import {ask, chip, color, count, duration, h, svg} from './dom.js';

const box = {width: 200, height: 62, right: 110, below: 26};

export function servicesView(main) {
  const content = h('div');
  main.append(content);
  let text = '';
  async function refresh() {
    const map = await ask('/api/services');
    const now = JSON.stringify(map);
    if (now === text) return;
    text = now;
    if (!map.nodes.length) {
      content.replaceChildren(h('div.card.empty', {id: 'empty'}, h('h1', {}, 'No services yet'), h('p', {}, 'Services appear here once they send spans.')));
      return;
    }
    content.replaceChildren(h('div.card.map', {}, draw(map)), table(map));
  }
  return {refresh};
}

// layers puts each node to the right of its callers, as far as calls don't go in circles.
function layers(map) {
  const rank = new Map(map.nodes.map((node) => [node.name, 0]));
  const calls = map.calls.filter((call) => !goesBack(map, call));
  for (let round = 0; round < map.nodes.length; round++) {
    let moved = false;
    for (const call of calls) {
      if (rank.get(call.to) <= rank.get(call.from)) {
        rank.set(call.to, rank.get(call.from) + 1);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const columns = [];
  for (const node of map.nodes) (columns[rank.get(node.name)] ??= []).push(node);
  // Neighbours of neighbours stand near each other: a few rounds of sorting by the mean place of the callers.
  const place = new Map();
  for (const column of columns) {
    const wish = (node) => {
      const callers = map.calls.filter((call) => call.to === node.name && place.has(call.from)).map((call) => place.get(call.from));
      return callers.length ? callers.reduce((sum, at) => sum + at, 0) / callers.length : 0;
    };
    column.sort((a, b) => wish(a) - wish(b) || a.name.localeCompare(b.name));
    column.forEach((node, i) => place.set(node.name, i - (column.length - 1) / 2));
  }
  return columns;
}

// goesBack is whether a call closes a circle, seen from the nodes that nobody else calls.
function goesBack(map, call) {
  if (!map.back) {
    map.back = new Set();
    const state = new Map();
    const visit = (name) => {
      state.set(name, 'open');
      for (const next of map.calls.filter((one) => one.from === name)) {
        if (state.get(next.to) === 'open') map.back.add(next);
        else if (!state.has(next.to)) visit(next.to);
      }
      state.set(name, 'done');
    };
    const called = new Set(map.calls.map((one) => one.to));
    const tops = map.nodes.filter((node) => !called.has(node.name));
    for (const node of [...tops, ...map.nodes]) if (!state.has(node.name)) visit(node.name);
  }
  return map.back.has(call);
}

function draw(map) {
  const columns = layers(map);
  const most = Math.max(...columns.map((column) => column.length));
  const height = most * (box.height + box.below) + 24;
  const width = columns.length * (box.width + box.right) - box.right + 4;
  const places = new Map();
  columns.forEach((column, i) => column.forEach((node, j) => places.set(node.name, {
    x: 2 + i * (box.width + box.right),
    y: (height - column.length * (box.height + box.below) + box.below) / 2 + j * (box.height + box.below),
  })));
  return svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'service map'},
    svg('defs', {}, svg('marker', {id: 'tip', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto'},
      svg('path', {d: 'M0 0 L8 4 L0 8 z'}))),
    map.calls.map((call) => arrow(call, places.get(call.from), places.get(call.to))),
    map.calls.map((call) => label(call, places.get(call.from), places.get(call.to))),
    map.nodes.map((node) => drawNode(node, places.get(node.name))));
}

// ends are where an arrow starts and stops; one that goes back is bent downwards.
function ends(from, to) {
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x, to.y + box.height / 2];
  return {x1, y1, x2, y2, drop: x2 > x1 ? 0 : box.height};
}

function arrow(call, from, to) {
  const {x1, y1, x2, y2, drop} = ends(from, to);
  const bend = drop ? 90 : (x2 - x1) / 2;
  const name = `${call.from} calls ${call.to}: ${count(call.count, 'call')}, ${count(call.errors, 'error')}, 95 % within ${duration(call.p95_ns)}`;
  return svg('g', {'data-from': call.from, 'data-to': call.to}, svg('title', {}, name),
    svg(call.errors ? 'path.bad' : 'path', {d: `M${x1} ${y1} C${x1 + bend} ${y1 + drop}, ${x2 - bend} ${y2 + drop}, ${x2} ${y2}`,
      'stroke-width': Math.min(6, 1.2 + Math.log10(call.count)), 'marker-end': 'url(#tip)'}));
}

// A label hides the line that it stands on.
function label(call, from, to) {
  const {x1, y1, x2, y2, drop} = ends(from, to);
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2 + drop * .75];
  const text = `${call.count.toLocaleString('en')} · ${duration(call.p95_ns)}`;
  const width = text.length * 6.4 + 6;
  return [svg('rect.ground', {x: x - width / 2, y: y - 9, width, height: 18, rx: 4}),
    svg(call.errors ? 'text.soft.bad' : 'text.soft', {x, y: y + 4, 'text-anchor': 'middle'}, text)];
}

function drawNode(node, at) {
  const errors = node.errors ? ` · ${count(node.errors, 'error')}` : '';
  const wide = 24;
  const name = node.name.length > wide ? `${node.name.slice(0, wide - 1)}…` : node.name;
  const kind = node.kind === 'service' ? count(node.spans, 'span') : node.kind;
  return svg('g', {transform: `translate(${at.x} ${at.y})`, 'data-node': node.name, style: {'--c': color(node.name)}},
    svg('title', {}, node.name),
    svg(node.errors ? 'rect.box.bad' : 'rect.box', {width: box.width, height: box.height, rx: node.kind === 'service' ? 8 : 24}),
    svg('rect.stripe', {x: 12, y: 14, width: 10, height: 10, rx: 3}),
    svg('text', {x: 30, y: 24, 'font-weight': 600}, name),
    svg(node.errors ? 'text.soft.bad' : 'text.soft', {x: 30, y: 40}, `${count(node.requests, 'request')}${errors}`),
    svg('text.soft', {x: 30, y: 54}, `${kind} · p95 ${duration(node.p95_ns)}`));
}

function table(map) {
  const names = ['Service', 'Requests', 'Errors', 'p50', 'p95', 'Spans'];
  const row = (node) => {
    const numbers = [node.requests.toLocaleString('en'), h(node.errors ? 'span.bad' : 'span', {}, node.errors.toLocaleString('en')),
      duration(node.p50_ns), duration(node.p95_ns), node.spans ? node.spans.toLocaleString('en') : ''];
    return h('tr', {}, h('td', {}, chip(node.name), node.kind === 'service' ? null : h('small.soft', {}, node.kind)),
      numbers.map((number) => h('td.number', {}, number)));
  };
  return h('div.card', {}, h('table', {}, h('thead', {}, h('tr', {}, names.map((name, i) => h(i ? 'th.number' : 'th', {}, name)))),
    h('tbody', {}, map.nodes.map(row))));
}
