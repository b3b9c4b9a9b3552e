// SPDX-License-Identifier: Apache-2.0
//
// Metrics, each as a plot with one line for each of its series.
import {ask, chip, h, hue, measured, setChoices} from './dom.js';
import {plot} from './plot.js';

export function metricsView(main) {
  const text = h('input', {type: 'search', placeholder: 'name', 'aria-label': 'search'});
  const service = h('select', {'aria-label': 'service'}, h('option', {value: ''}, 'all services'));
  const rest = h('span.rest');
  const cards = h('div.plots');
  const nothing = h('div.card.empty', {id: 'empty'}, h('h1', {}, 'No metrics yet'),
    h('p', {}, 'Programs send them each minute. To see them earlier, start yours with'), h('pre', {}, 'OTEL_METRIC_EXPORT_INTERVAL=5000'));
  const content = h('div');
  main.append(h('div.filters', {oninput: refresh}, text, service, rest), content);

  const chosen = new Map(); // which line of a metric is shown, by service and name
  const drawn = new Map(); // cards, and the text of what they show

  async function refresh() {
    const answer = await ask('/api/metrics', {text: text.value, service: service.value});
    setChoices(service, 'all services', answer.services);
    rest.textContent = answer.metrics.length ? `${answer.metrics.length} metrics` : '';
    content.replaceChildren(answer.services.length ? cards : nothing);
    const wanted = answer.metrics.map((metric) => {
      const key = `${metric.service}\n${metric.name}`;
      const now = JSON.stringify(metric);
      if (drawn.get(key)?.text !== now) drawn.set(key, {text: now, card: card(metric, key)});
      return drawn.get(key).card;
    });
    if (wanted.length !== cards.children.length || wanted.some((one, i) => cards.children[i] !== one)) cards.replaceChildren(...wanted);
  }

  function card(metric, key) {
    const place = h('div');
    const choice = h('select', {'aria-label': 'line', onchange: () => {
      chosen.set(key, choice.value);
      draw();
    }, oninput: (event) => event.stopPropagation()}, metric.lines.map((name) => h('option', {value: name}, name)));
    choice.value = chosen.get(key) ?? metric.lines[0];
    const draw = () => place.replaceChildren(...lines(metric, choice.value));
    draw();
    return h('div.card.plot', {'data-metric': metric.name},
      h('div.top', {}, h('b', {}, metric.name), metric.lines.length > 1 ? choice : null),
      h('p', {title: metric.description}, chip(metric.service), metric.type, metric.unit && metric.unit !== '1' ? ` in ${metric.unit.replace(/[{}]/g, '')}` : ''),
      place);
  }
  return {refresh};
}

function lines(metric, name) {
  const unit = name === 'per second' ? '' : metric.unit;
  const suffix = name === 'per second' ? (metric.unit === 'By' || metric.unit === 's' ? ` ${metric.unit}/s` : '/s') : '';
  const all = metric.series.map((series, i) => ({color: hue(i), points: series.lines[name] ?? []}));
  const values = all.map(() => h('span.number'));
  const tell = (time) => all.forEach((line, i) => {
    const point = time === null ? line.points.at(-1) : line.points.find(([at]) => at === time);
    values[i].textContent = point ? measured(point[1], unit) + suffix : '';
  });
  tell(null);
  const names = metric.series.map((series) => series.attributes.map(([key, value]) => `${key}=${value}`).join(' ') || 'all');
  return [
    plot(all, unit, tell),
    h('div.legend', {}, names.map((text, i) => h('div', {}, h('span.chip', {style: {'--c': hue(i)}}, text), values[i])),
      metric.more ? h('div.soft', {}, `and ${metric.more} more series`) : null),
  ];
}
