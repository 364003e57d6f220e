// Talks to the control handlers behind this page. Every call is JSON to our own origin.

/** A refusal in words. `status` is 0 when the sandbox could not be reached at all. */
export class Refused extends Error {
  constructor(message, status, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

async function call(method, path, body) {
  const init = { method, headers: {} };
  if (body !== undefined) {
    init.headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, init);
  } catch {
    throw new Refused('The sandbox does not answer. Is it still running?', 0, null);
  }
  const text = await answer.text();
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    const inWords = !answer.ok && answer.headers.get('Content-Type')?.startsWith('text/plain') ? text.trim() : '';
    throw new Refused(inWords || `The sandbox answered something that is not JSON (${answer.status}).`, answer.status, null);
  }
  if (!answer.ok) throw new Refused(data?.error ?? `The sandbox answered ${answer.status}.`, answer.status, data);
  return data ?? {};
}

const part = (prefix) => ({
  get: (path) => call('GET', prefix + path),
  post: (path, body = {}) => call('POST', prefix + path, body),
  remove: (path, body) => call('DELETE', prefix + path, body),
});

export const slack = part('/slack');
export const audian = part('/audian');
export const demo = part('/demo');
export const parts = () => call('GET', '/parts');

/**
 * Follows a stream of server-sent events until stop() is called. The browser
 * reconnects by itself and sends Last-Event-ID; onState hears of both.
 */
export function listen(path, names, onEvent, onState) {
  const source = new EventSource(path);
  const heard = (event) => {
    let data = null;
    try {
      data = JSON.parse(event.data);
    } catch { /* an event without data still says that something changed */ }
    onEvent(data ?? {});
  };
  for (const name of names) source.addEventListener(name, heard);
  source.onopen = () => onState?.(true);
  source.onerror = () => onState?.(false);
  return () => source.close();
}

/**
 * Makes many requests for the same refresh into few: one runs, at most one
 * waits, and the one that waits starts after the running one has ended, so the
 * last thing read is never older than the last thing asked for.
 */
export function coalesce(work) {
  let running = null;
  let again = null;
  const start = () => {
    running = work().finally(() => {
      running = null;
      if (again) {
        const waiting = again;
        again = null;
        start().then(waiting.resolve, waiting.reject);
      }
    });
    return running;
  };
  return () => {
    if (!running) return start();
    if (!again) {
      again = {};
      again.promise = new Promise((resolve, reject) => Object.assign(again, { resolve, reject }));
    }
    return again.promise;
  };
}
