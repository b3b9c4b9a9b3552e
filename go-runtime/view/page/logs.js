// SPDX-License-Identifier: Apache-2.0
//
// Log records, newest first.
import {ask, chip, clock, count, h, setChoices} from './dom.js';
import {levelClass} from './span.js';

export function logsView(main) {
  const text = h('input', {type: 'search', placeholder: 'text or attribute', 'aria-label': 'search'});
  const service = h('select', {'aria-label': 'service'}, h('option', {value: ''}, 'all services'));
  const level = h('select', {'aria-label': 'level'}, [['', 'all levels'], ['9', 'info and above'], ['13', 'warn and above'], ['17', 'error and above']].map(
    ([value, name]) => h('option', {value}, name)));
  const rest = h('span.rest');
  const body = h('tbody');
  const table = h('div.card', {}, h('table', {},
    h('thead', {}, h('tr', {}, h('th', {}, 'Time'), h('th', {}, 'Level'), h('th', {}, 'Service'), h('th', {}, 'Record'), h('th', {}, ''))), body));
  const nothing = h('div.card.empty', {id: 'empty'}, h('h1', {}, 'No log records'),
    h('p', {}, 'Programs built with otel send what they write with slog, zap, logrus and zerolog if you set'), h('pre', {}, 'OTEL_LOGS_EXPORTER=otlp'));
  const content = h('div');
  main.append(h('div.filters', {oninput: refresh}, text, service, level, rest), content);

  async function refresh() {
    const [answer, map] = await Promise.all([ask('/api/logs', {text: text.value, service: service.value, level: level.value}), ask('/api/services')]);
    setChoices(service, 'all services', map.nodes.filter((node) => node.kind === 'service').map((node) => node.name));
    const shown = answer.logs.length;
    rest.textContent = shown < answer.total ? `the newest ${shown} of ${count(answer.total, 'record')}` : count(answer.total, 'record');
    body.replaceChildren(...answer.logs.map(row));
    content.replaceChildren(answer.total || text.value || service.value || level.value ? table : nothing);
  }
  return {refresh};
}

function row(log) {
  return h('tr', {},
    h('td.soft.mono', {}, clock(log.time_ms)),
    h('td', {}, h('span', {class: levelClass(log.level)}, log.severity)),
    h('td', {}, chip(log.service)),
    h('td', {}, log.body, ' ', log.attributes.map(([key, value]) => [h('span.soft', {}, `${key}=`), h('code', {}, value), ' '])),
    h('td', {}, log.trace ? h('a.soft', {href: `#/trace/${log.trace}${log.span ? `?span=${log.span}` : ''}`}, 'trace →') : null));
}
