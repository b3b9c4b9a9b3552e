// SPDX-License-Identifier: Apache-2.0
//
// Lines over time.
import {clock, measured, svg} from './dom.js';

const area = {width: 420, height: 150, left: 58, right: 8, top: 8, bottom: 20};

// plot draws lines, each {color, points: [[ms, value]…]}, with a scale that starts at zero unless values are below it.
// at(ms) is called when the mouse is over a time, and at(null) when it leaves.
export function plot(lines, unit, at) {
  const points = lines.flatMap((line) => line.points);
  if (!points.length) return svg('svg', {viewBox: `0 0 ${area.width} ${area.height}`},
    svg('text', {x: area.width / 2, y: area.height / 2, 'text-anchor': 'middle'}, 'no points yet'));
  const times = points.map(([time]) => time);
  let [from, to] = [least(times), most(times)];
  if (from === to) [from, to] = [from - 30000, to + 30000];
  const values = points.map(([, value]) => value);
  const low = Math.min(0, least(values));
  const high = ceiling(Math.max(most(values), low + 1e-9), unit);
  const x = (time) => area.left + (time - from) / (to - from) * (area.width - area.left - area.right);
  const y = (value) => area.height - area.bottom - (value - low) / (high - low) * (area.height - area.top - area.bottom);

  const cursor = svg('line.cursor', {y1: area.top, y2: area.height - area.bottom, visibility: 'hidden'});
  const drawing = svg('svg', {viewBox: `0 0 ${area.width} ${area.height}`, role: 'img', onmousemove: move, onmouseleave: leave},
    [low, (low + high) / 2, high].map((value) => [
      svg('line', {x1: area.left, x2: area.width - area.right, y1: y(value), y2: y(value)}),
      svg('text', {x: area.left - 6, y: y(value) + 4, 'text-anchor': 'end'}, measured(value, unit))]),
    svg('text', {x: area.left, y: area.height - 5}, clock(from).slice(0, 8)),
    svg('text', {x: area.width - area.right, y: area.height - 5, 'text-anchor': 'end'}, clock(to).slice(0, 8)),
    lines.map((line) => svg('g', {style: {'--c': line.color}},
      svg('polyline', {points: line.points.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}),
      line.points.length < 40 ? line.points.map(([time, value]) => svg('circle', {cx: x(time), cy: y(value), r: 2.4})) : null)),
    cursor);

  function move(event) {
    const seen = drawing.getBoundingClientRect();
    const scale = Math.min(seen.width / area.width, seen.height / area.height);
    const inside = (event.clientX - seen.left - (seen.width - area.width * scale) / 2) / scale;
    const wanted = from + (inside - area.left) / (area.width - area.left - area.right) * (to - from);
    const time = times.reduce((best, one) => Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best);
    cursor.setAttribute('x1', x(time));
    cursor.setAttribute('x2', x(time));
    cursor.setAttribute('visibility', 'visible');
    at(time);
  }
  function leave() {
    cursor.setAttribute('visibility', 'hidden');
    at(null);
  }
  return drawing;
}

// Math.min and Math.max of a list of any length.
const least = (values) => values.reduce((a, b) => Math.min(a, b));
const most = (values) => values.reduce((a, b) => Math.max(a, b));

// ceiling is the next round number: bytes are round in twos.
function ceiling(value, unit) {
  const base = unit === 'By' && value >= 1024 ? 1024 ** Math.floor(Math.log(value) / Math.log(1024)) : 1;
  const size = value / base;
  const power = 10 ** Math.floor(Math.log10(size));
  return base * power * [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= size * .999);
}
