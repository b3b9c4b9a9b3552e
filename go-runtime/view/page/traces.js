// SPDX-License-Identifier: Apache-2.0
//
// The list of traces, newest first.
import {ask, chip, clock, color, count, duration, h, setChoices} from './dom.js';

export function tracesView(main) {
  const text = h('input', {type: 'search', placeholder: 'name, attribute=value or trace id', 'aria-label': 'search'});
  const service = h('select', {'aria-label': 'service'}, h('option', {value: ''}, 'all services'));
  const errors = h('input', {type: 'checkbox'});
  const longer = h('input', {type: 'number', min: 0, placeholder: 'ms', 'aria-label': 'longer than', style: {width: '80px'}});
  const rest = h('span.rest');
  const filters = h('div.filters', {oninput: refresh}, text, service, h('label', {}, errors, 'with errors'), h('label', {}, 'longer than', longer), rest);
  const body = h('tbody');
  const table = h('div.card', {}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {}, 'Trace'), h('th', {}, 'Services'), h('th.number', {}, 'Spans'), h('th', {}, 'Duration'), h('th.number', {}, 'Started'))), body));
  const content = h('div');
  main.append(content);

  let asked = 0;
  async function refresh() {
    const mine = ++asked;
    const answer = await ask('/api/traces', {text: text.value, service: service.value, errors: errors.checked ? '1' : '', longer_ms: longer.value});
    if (mine !== asked) return;
    const filtered = text.value || service.value || errors.checked || longer.value;
    if (!answer.total && !filtered) {
      content.replaceChildren(nothing());
      return;
    }
    if (!table.isConnected) content.replaceChildren(filters, table);
    const map = await ask('/api/services');
    setChoices(service, 'all services', map.nodes.filter((node) => node.kind === 'service').map((node) => node.name));
    const shown = answer.traces.length;
    rest.textContent = shown < answer.total ? `the newest ${shown} of ${count(answer.total, 'trace')}` : count(answer.total, 'trace');
    const longest = Math.max(1, ...answer.traces.map((trace) => trace.duration_ns));
    body.replaceChildren(...answer.traces.map((trace) => row(trace, longest)));
  }
  return {refresh};
}

function row(trace, longest) {
  const link = `#/trace/${trace.id}`;
  const length = `calc((100% - 24px) * ${trace.duration_ns / longest})`;
  return h('tr.link', {onclick: () => { location.hash = link; }, 'data-trace': trace.id},
    h('td', {}, h('a.name', {href: link}, trace.name || '(no name)'), ' ',
      trace.errors ? h('span.badge', {}, count(trace.errors, 'error')) : null, ' ',
      trace.complete ? null : h('span.badge.soft', {title: 'The parent of at least one span has not been received.'}, 'incomplete')),
    h('td', {}, trace.services.map(chip)),
    h('td.number', {}, trace.spans.toLocaleString('en')),
    h('td.length', {style: {'--c': color(trace.service)}}, duration(trace.duration_ns), h('i', {style: {width: length}})),
    h('td.number.soft', {}, clock(trace.start_ms)));
}

// nothing says how to get something.
function nothing() {
  return h('div.card.empty', {id: 'empty'},
    h('h1', {}, 'Waiting for traces'),
    h('p', {}, 'Build a program with otel and run it; what it sends appears here at once.'),
    h('pre', {}, 'otel go build -o myapp\nOTEL_SERVICE_NAME=my-app ./myapp'),
    h('p.soft', {}, 'Programs send to localhost:4317 (gRPC) or 4318 (HTTP) unless OTEL_EXPORTER_OTLP_ENDPOINT says otherwise. For log records, set ',
      h('code', {}, 'OTEL_LOGS_EXPORTER=otlp'), '; metrics come each minute, or as often as ', h('code', {}, 'OTEL_METRIC_EXPORT_INTERVAL'), ' (milliseconds) says.'));
}
