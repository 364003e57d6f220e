// Trouble on purpose, as switches in plain words.
import { html, useEffect, useRef, useState } from './h.js';
import { audian, slack } from './api.js';
import { lines, readLines } from './lines.js';
import { useStore } from './store.js';

const audianSwitches = [
  { id: 'audian-hang', name: 'Audian stops answering', note: 'Requests hang until the bot gives up.', fault: { match: '*', kind: 'hang' } },
  { id: 'audian-slow', name: 'Audian is slow', note: 'Every answer takes two seconds more.', fault: { match: '*', kind: 'delay', delay_ms: 2000 } },
  { id: 'audian-errors', name: 'Audian answers with errors', note: 'Every request gets a 503 and nothing is done.', fault: { match: '*', kind: 'status', status: 503 } },
  { id: 'audian-lost', name: 'Audian’s answers get lost', note: 'Actions are done, then the connection is cut.', fault: { match: 'POST /conferences/*/participants/*', kind: 'reset_after' } },
];
const slackSwitches = [
  { id: 'slack-twice', name: 'Deliver everything twice', note: 'Each command and click reaches the bot two times.', fault: { method: '*', kind: 'duplicate' } },
  { id: 'slack-slow', name: 'Slack is slow', note: 'Every call to Slack takes a second more.', fault: { method: '*', kind: 'delay', delay_ms: 1000 } },
  { id: 'slack-rate', name: 'Slack has had enough edits', note: 'chat.update answers 429, try again in 5 seconds.', fault: { method: 'chat.update', kind: 'rate_limited', retry_after: 5 } },
];
const slackOnce = [
  { id: 'slack-refresh', name: 'Slack refreshes the connection', order: { action: 'refresh_requested' } },
  { id: 'slack-warning', name: 'Slack warns, then refreshes', order: { action: 'warning', lead_ms: 3000 } },
  { id: 'slack-drop', name: 'Slack’s connection is cut', order: { action: 'drop' } },
];

const isSame = (fault) => (one) => Object.entries(fault).every(([key, value]) => one[key] === value);

/** Audian removes one fault by its number. */
async function switchAudian({ fault }, on) {
  if (on) return audian.post('/faults', fault);
  const same = (await audian.get('/faults')).filter(isSame(fault));
  return Promise.all(same.map((one) => audian.remove(`/faults?id=${one.id}`)));
}

/** The chat side removes all of its faults at once, so the others are set again. */
async function switchSlack({ fault }, on) {
  if (on) return slack.post('/faults', [fault]);
  const rest = (await slack.get('/faults')).filter((one) => !isSame(fault)(one)).map(({ id, hits, ...kept }) => kept);
  await slack.remove('/faults');
  return rest.length ? slack.post('/faults', rest) : null;
}

/** Stands where it was put until what was asked for is done, and then where the sandbox says. */
function Switch({ entry, on, onChange }) {
  const [asked, setAsked] = useState(null);
  const change = async (event) => {
    const wish = { on: event.target.checked };
    setAsked(wish);
    await onChange(wish.on);
    setAsked((latest) => (latest === wish ? null : latest));
  };
  return html`<label class="switch"><input type="checkbox" role="switch" checked=${asked ? asked.on : on} data-testid=${entry.id} onChange=${change} />
    <span class="track" aria-hidden="true"></span><span>${entry.name}<small>${entry.note}</small></span></label>`;
}

function Once({ entry, onPress }) {
  const [done, setDone] = useState(false);
  const press = async () => {
    await onPress();
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  return html`<button type="button" class="button wide" data-testid=${entry.id} onClick=${press}>${entry.name}${done ? html` <span role="status">Done</span>` : null}</button>`;
}

export function Faults({ withAudian }) {
  const { faults: onAudian } = useStore(lines);
  const [onSlack, setOnSlack] = useState([]);
  const [refused, setRefused] = useState(null);
  const read = async () => setOnSlack(await slack.get('/faults'));
  const queue = useRef(Promise.resolve());
  /** One after the other, so that off never overtakes on. */
  const doing = (work) => (...args) => {
    queue.current = queue.current.then(() => work(...args)).then(() => setRefused(null), (problem) => setRefused(problem.message));
    return queue.current;
  };
  useEffect(() => { doing(read)(); }, []);
  const audianChange = (entry) => doing(async (on) => { await switchAudian(entry, on); await readLines(); });
  const slackChange = (entry) => doing(async (on) => { await switchSlack(entry, on); await read(); });
  const row = (entry, set, change) => html`<${Switch} key=${entry.id} entry=${entry} on=${(set ?? []).some(isSame(entry.fault))} onChange=${change(entry)} />`;
  return html`<div class="beside faults" data-testid="faults">
    ${refused ? html`<p class="phone-reason" role="alert">${refused}</p>` : null}
    ${withAudian ? html`<h3>Audian</h3>${audianSwitches.map((entry) => row(entry, onAudian, audianChange))}` : null}
    <h3>Slack</h3>${slackSwitches.map((entry) => row(entry, onSlack, slackChange))}
    ${slackOnce.map((entry) => html`<${Once} key=${entry.id} entry=${entry} onPress=${doing(() => slack.post('/sockets', entry.order))} />`)}</div>`;
}
