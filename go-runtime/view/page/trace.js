// SPDX-License-Identifier: Apache-2.0
//
// One trace as a waterfall. Only the rows in sight are in the document, so a trace may have any number of spans.
import {ask, chip, clock, color, count, duration, h} from './dom.js';
import {spanDetail} from './span.js';

const rowHeight = 28;

export function traceView(main, id, words) {
  main.className = 'whole';
  const head = h('div.trace-head');
  const ticks = h('div.ticks');
  const space = h('div.space');
  const rows = h('div.rows', {role: 'treegrid', 'aria-label': 'spans', tabindex: 0, onscroll: draw, onkeydown: key}, space);
  const detail = h('aside.detail', {hidden: true});
  main.append(head, h('div.split', {}, h('div.waterfall', {}, h('div.ruler', {}, h('span', {}, 'Span'), ticks), rows), detail));
  new ResizeObserver(draw).observe(rows);

  let trace;
  let text = '';
  let visible = []; // of trace.rows, without what is folded
  let selected = words.get('span');
  let wanted = selected; // to be scrolled to
  const folded = new Set();

  async function refresh() {
    let next;
    try {
      next = await ask(`/api/traces/${id}`);
    } catch (error) {
      if (error.status !== 404) throw error;
      trace = undefined;
      head.replaceChildren(h('h1', {}, 'This trace is not here'),
        h('div.line', {}, 'It has not been received, was dropped for newer ones, or was cleared.'));
      space.replaceChildren();
      ticks.replaceChildren();
      text = '';
      detail.hidden = true;
      return;
    }
    const now = JSON.stringify(next);
    if (now === text) return;
    text = now;
    trace = next;
    drawHead();
    unfold();
    drawDetail();
    if (wanted) show(wanted);
    wanted = null;
  }

  function drawHead() {
    const errors = trace.rows.filter((row) => row.status === 'ERROR');
    head.replaceChildren(
      h('div.line', {}, h('a.soft', {href: '#/traces'}, '← traces'), h('h1', {}, trace.name || '(no name)'), trace.services.map(chip)),
      h('div.line', {}, duration(trace.duration_ns), h('span', {}, count(trace.spans, 'span')),
        trace.errors ? h('button.bad', {id: 'next-error', onclick: () => nextError(errors)}, `${count(trace.errors, 'error')} ↓`) : null,
        trace.logs.length ? h('span', {}, count(trace.logs.length, 'log record')) : null,
        h('span', {}, `started ${clock(trace.start_ms)}`), h('code', {}, trace.id),
        trace.complete ? null : h('span.badge.soft', {}, 'incomplete: spans are missing')));
    ticks.replaceChildren(...[0, .25, .5, .75, 1].map((part) => h('span', {style: {left: `${part * 100}%`}}, duration(trace.duration_ns * part))));
  }

  function unfold() {
    visible = [];
    for (let i = 0; i < trace.rows.length; i++) {
      visible.push(trace.rows[i]);
      if (folded.has(trace.rows[i].id)) i += trace.rows[i].below;
    }
    rows.setAttribute('aria-rowcount', visible.length);
    space.style.height = `${visible.length * rowHeight}px`;
    draw();
  }

  function draw() {
    if (!trace) return;
    const first = Math.max(0, Math.floor(rows.scrollTop / rowHeight) - 10);
    const last = Math.min(visible.length, Math.ceil((rows.scrollTop + rows.clientHeight) / rowHeight) + 10);
    space.replaceChildren(...visible.slice(first, last).map((span, i) => drawRow(span, first + i)));
  }

  function drawRow(span, at) {
    const whole = trace.duration_ns || 1;
    const left = span.start_ns / whole * 100;
    const width = span.duration_ns / whole * 100;
    const fold = h('button.toggle', {'aria-label': folded.has(span.id) ? 'unfold' : 'fold', tabindex: -1, onclick: (event) => {
      event.stopPropagation();
      toggle(span);
    }}, folded.has(span.id) ? '▶' : '▼');
    const took = left + width < 75 ? {left: `calc(${left + width}% + 2px)`} : left > 25 ? {right: `calc(${100 - left}% + 2px)`} : {left: '100%'};
    return h(span.status === 'ERROR' ? 'div.row.error' : 'div.row', {
      role: 'row', 'aria-level': span.depth + 1, 'aria-rowindex': at + 1, 'aria-selected': String(span.id === selected), 'data-span': span.id,
      style: {top: `${at * rowHeight}px`, '--depth': span.depth, '--c': color(span.service)}, onclick: () => select(span.id),
    },
    h('div.label', {role: 'gridcell', title: `${span.service}: ${span.name}`}, span.below ? fold : h('span.toggle'), h('b', {}, span.name || '(no name)'),
      h('small', {}, [span.kind === 'INTERNAL' || span.kind === 'UNSPECIFIED' ? '' : span.kind.toLowerCase(), span.service].filter(Boolean).join(' · ')),
      span.orphan ? h('span.badge.soft', {title: 'Its parent has not been received.'}, 'no parent') : null,
      span.logs ? h('span.badge.soft', {title: count(span.logs, 'log record')}, `≡ ${span.logs}`) : null),
    h('div.track', {role: 'gridcell'}, h('div.bar', {style: {left: `${left}%`, width: `${width}%`}}),
      span.events.slice(0, 50).map((event) => h(event.name === 'exception' ? 'i.mark.bad' : 'i.mark', {title: event.name, style: {left: `${Math.min(100, event.at_ns / whole * 100)}%`}})),
      h('span.took', {style: took}, duration(span.duration_ns))));
  }

  function toggle(span) {
    if (!folded.delete(span.id)) folded.add(span.id);
    unfold();
  }

  function select(span) {
    selected = span;
    history.replaceState(null, '', `#/trace/${id}${span ? `?span=${span}` : ''}`);
    drawDetail();
    draw();
  }

  function drawDetail() {
    const span = trace.rows.find((row) => row.id === selected);
    detail.hidden = !span;
    if (span) detail.replaceChildren(...spanDetail(trace, span, () => select(null)));
  }

  // show selects a span and brings it into sight.
  function show(span) {
    const all = trace.rows.findIndex((row) => row.id === span);
    if (all < 0) return;
    trace.rows.forEach((row, i) => {
      if (i < all && i + row.below >= all) folded.delete(row.id);
    });
    unfold();
    select(span);
    const top = visible.findIndex((row) => row.id === span) * rowHeight;
    if (top < rows.scrollTop || top + rowHeight > rows.scrollTop + rows.clientHeight) rows.scrollTop = top - rows.clientHeight / 2;
    draw();
  }

  function nextError(errors) {
    const at = errors.findIndex((row) => row.id === selected);
    show(errors[(at + 1) % errors.length].id);
  }

  function key(event) {
    if (!trace) return;
    const at = visible.findIndex((row) => row.id === selected);
    const span = visible[at];
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step) show(visible[Math.max(0, Math.min(visible.length - 1, at + step))].id);
    else if (span?.below && event.key === 'ArrowLeft' && !folded.has(span.id)) toggle(span);
    else if (span?.below && event.key === 'ArrowRight' && folded.has(span.id)) toggle(span);
    else if (event.key === 'Escape') select(null);
    else return;
    event.preventDefault();
  }

  function moved(now) {
    if (trace && now.get('span')) show(now.get('span'));
  }
  return {refresh, moved};
}
