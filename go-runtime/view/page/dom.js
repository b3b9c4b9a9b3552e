// SPDX-License-Identifier: Apache-2.0
//
// Elements, and numbers as people read them.

// h('div.card', {title: 'x', onclick: f, style: {'--c': 'red'}}, children…) makes an element. Children are elements, text,
// lists of them, or nothing (null, undefined, false). Text is always text: nothing here reads HTML.
export function h(what, properties = {}, ...children) {
  return fill(document, 'http://www.w3.org/1999/xhtml', what, properties, children);
}

// The same for SVG.
export function svg(what, properties = {}, ...children) {
  return fill(document, 'http://www.w3.org/2000/svg', what, properties, children);
}

function fill(page, space, what, properties, children) {
  const [tag, ...classes] = what.split('.');
  const element = page.createElementNS(space, tag);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const hues = [222, 172, 25, 285, 130, 335, 48, 198, 95, 258];
const given = new Map();

// color is the same for a name wherever it is shown, and another than those of the names before, as long as there are any.
export function color(name) {
  if (!given.has(name)) {
    let at = 0;
    for (const letter of name) at = (at * 31 + letter.codePointAt(0)) >>> 0;
    const taken = [...given.values()];
    for (let tries = 0; tries < hues.length && taken.includes(at % hues.length); tries++) at++;
    given.set(name, at % hues.length);
  }
  return hue(given.get(name));
}

// hue is the i-th color of a plot.
export const hue = (i) => `light-dark(hsl(${hues[i % hues.length]} 62% 48%), hsl(${hues[i % hues.length]} 62% 62%))`;

export const chip = (name) => h('span.chip', {style: {'--c': color(name)}}, name);

// short has three digits that count.
export function short(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e12 || size < 1e-3) return value.toExponential(2);
  for (const [unit, name] of [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']])
    if (size >= unit) return `${Number((value / (unit === 1e4 ? 1e3 : unit)).toPrecision(3))} ${name}`;
  return String(Number(value.toPrecision(size >= 1000 ? 4 : 3)));
}

export function duration(ns) {
  if (ns === 0) return '0';
  const size = Math.abs(ns);
  for (const [unit, name] of [[3.6e12, 'h'], [6e10, 'min'], [1e9, 's'], [1e6, 'ms'], [1e3, 'µs']])
    if (size >= unit) return `${Number((ns / unit).toPrecision(3))} ${name}`;
  return `${Math.round(ns)} ns`;
}

function bytes(value) {
  for (const [unit, name] of [[2 ** 30, 'GiB'], [2 ** 20, 'MiB'], [2 ** 10, 'KiB']])
    if (Math.abs(value) >= unit) return `${Number((value / unit).toPrecision(3))} ${name}`;
  return `${short(value)} B`;
}

// measured is a value in a unit of UCUM, which OpenTelemetry's metrics have.
export function measured(value, unit) {
  if (unit === 's') return duration(value * 1e9);
  if (unit === 'ms') return duration(value * 1e6);
  if (unit === 'us') return duration(value * 1e3);
  if (unit === 'ns') return duration(value);
  if (unit === 'By') return bytes(value);
  if (unit === '%') return `${short(value)} %`;
  return short(value);
}

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export function clock(ms) {
  const pad = (n, to = 2) => String(n).padStart(to, '0');
  const at = new Date(ms);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
}

// ask answers with the JSON at a path, and throws where there is none.
export async function ask(path, parameters = {}) {
  const words = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  const response = await fetch(words.size ? `${path}?${words}` : path);
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), {status: response.status});
  return answer;
}

// setChoices replaces the choices of a select, and keeps what is chosen.
export function setChoices(select, first, names) {
  const wanted = [first, ...names].join('\n');
  if (select.dataset.choices === wanted) return;
  const chosen = select.value;
  select.replaceChildren(h('option', {value: ''}, first), ...names.map((name) => h('option', {value: name}, name)));
  select.value = names.includes(chosen) ? chosen : '';
  select.dataset.choices = wanted;
}
