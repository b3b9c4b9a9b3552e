// SPDX-License-Identifier: Apache-2.0
//
// Which view is shown, and when it looks again: the address behind # says which, and the stream of events says when.
import {count} from './dom.js';
import {logsView} from './logs.js';
import {metricsView} from './metrics.js';
import {servicesView} from './services.js';
import {traceView} from './trace.js';
import {tracesView} from './traces.js';

const main = document.getElementById('main');
const views = {traces: tracesView, trace: traceView, services: servicesView, metrics: metricsView, logs: logsView};

// The view that is shown: it has refresh(), which answers when the page is up to date.
let shown;
let status;

function route() {
  const [path, words = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  const view = views[name] ? name : 'traces';
  for (const link of document.querySelectorAll('nav a')) {
    const current = link.hash === `#/${view === 'trace' ? 'traces' : view}`;
    link.toggleAttribute('aria-current', current);
  }
  const argument = rest.map(decodeURIComponent).join('/');
  if (shown?.name === view && shown.argument === argument && shown.moved) return shown.moved(new URLSearchParams(words));
  main.className = '';
  main.replaceChildren();
  shown = {name: view, argument, ...views[view](main, argument, new URLSearchParams(words))};
  look();
}

// look refreshes what is shown: once at a time, and so that a large answer doesn't keep the browser busy.
let looking = false;
let again = false;
async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  const start = performance.now();
  const view = shown;
  try {
    await view.refresh();
  } catch (error) {
    if (view === shown && error.status) main.replaceChildren(error.message);
    // Otherwise the receiver is gone; the events tell when it is back.
  }
  const pause = view === shown ? Math.max(200, 4 * (performance.now() - start)) : 0;
  setTimeout(() => {
    looking = false;
    if (again || view !== shown) {
      again = false;
      look();
    }
  }, pause);
}

function tell(state) {
  const light = document.getElementById('live');
  light.dataset.state = state;
  light.textContent = state;
}

function update(now) {
  const changed = !status || status.instance !== now.instance || status.revision !== now.revision;
  status = now;
  for (const [id, n] of [['traces', now.traces], ['metrics', now.series], ['logs', now.logs]])
    document.getElementById(`count-${id}`).textContent = n ? n.toLocaleString('en') : '';
  const dropped = [];
  if (now.dropped_spans) dropped.push(count(now.dropped_spans, 'span'));
  if (now.dropped_logs) dropped.push(count(now.dropped_logs, 'log record'));
  if (now.dropped_series) dropped.push(count(now.dropped_series, 'series', 'series'));
  document.getElementById('kept').textContent = dropped.length ? `${dropped.join(', ')} dropped: the oldest` : '';
  if (changed) look();
}

function listen() {
  const events = new EventSource('/api/live');
  events.onmessage = (event) => {
    tell('live');
    update(JSON.parse(event.data));
  };
  events.onerror = () => {
    tell('reconnecting');
    status = undefined; // so that what couldn't be asked now is asked then
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

document.getElementById('clear').onclick = () => fetch('/api/clear', {method: 'POST', headers: {'X-Otel-View': 'clear'}});
addEventListener('hashchange', route);
route();
listen();
