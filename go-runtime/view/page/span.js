// SPDX-License-Identifier: Apache-2.0
//
// Everything about one span.
import {chip, clock, count, duration, h} from './dom.js';

export function spanDetail(trace, span, close) {
  const logs = trace.logs.filter((log) => log.span === span.id);
  return [
    h('div', {style: {float: 'right'}}, h('button', {onclick: close, 'aria-label': 'close'}, '✕')),
    h('h1', {}, span.name || '(no name)'),
    h('div.facts', {}, chip(span.service), span.kind.toLowerCase()),
    h('div.facts', {}, `${duration(span.duration_ns)}, ${duration(span.start_ns)} after the start of the trace`),
    span.status === 'ERROR' ? h('div.failed', {}, span.message || 'The span has failed, without a message.') : null,
    span.dropped ? h('div.facts.bad', {}, `${count(span.dropped, 'attribute, event or link', 'attributes, events and links')} dropped by its program`) : null,
    section('Attributes', span.attributes.length && table(span.attributes)),
    section('Events', span.events.length && h('div.card', {}, span.events.map((event) => eventOf(span, event)))),
    section('Logs', logs.length && h('div.card', {}, logs.map(logOf))),
    section('Links', span.links.length && h('div.card', {}, span.links.map(linkOf))),
    h('details', {open: true}, h('summary', {}, 'Resource and ids'),
      table([...trace.resources[span.resource], ['scope', span.scope], ['span id', span.id], ['parent span id', span.parent || '']].filter(([, value]) => value))),
  ].filter(Boolean);
}

const section = (name, content) => content ? h('section', {'data-section': name}, h('h2', {}, name), content) : null;

const table = (values) => h('div.card', {}, h('table', {}, h('tbody', {}, values.map(([key, value]) => h('tr', {}, h('td', {}, key), h('td', {}, value))))));

// Stack traces are text of many lines.
function eventOf(span, event) {
  const stack = event.attributes.find(([key]) => key === 'exception.stacktrace');
  const rest = event.attributes.filter((value) => value !== stack);
  return h('div.event', {},
    h(event.name === 'exception' ? 'b.bad' : 'b', {}, event.name), h('span.soft', {}, ` after ${duration(event.at_ns - span.start_ns)}`),
    rest.map(([key, value]) => h('div', {}, h('span.soft', {}, `${key} `), h('code', {}, value))),
    stack ? h('pre', {}, stack[1]) : null);
}

function logOf(log) {
  return h('div.event', {},
    h('b', {class: levelClass(log.level)}, log.severity), ' ', h('span.soft', {}, clock(log.time_ms)), ' ', log.body,
    log.attributes.map(([key, value]) => h('div', {}, h('span.soft', {}, `${key} `), h('code', {}, value))));
}

export const levelClass = (level) => level >= 17 ? 'levels-error' : level >= 13 ? 'levels-warn' : 'soft';

function linkOf(link) {
  const name = h('code', {}, `${link.trace} / ${link.span}`);
  return h('div.event', {}, link.known ? h('a', {href: `#/trace/${link.trace}?span=${link.span}`}, name, ' →') : name,
    link.attributes.map(([key, value]) => h('div', {}, h('span.soft', {}, `${key} `), h('code', {}, value))));
}
