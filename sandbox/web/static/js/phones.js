// The callers' telephones, a form to dial in, and beside them what is true.
import { html, useState } from './h.js';
import { callAgain, callerNumber, dial, endsIn, hangUp, lines, numberWords, press, stateWords, talk, telephones } from './lines.js';
import { useStore } from './store.js';
import { clock } from './time.js';
import { useWorld } from './world.js';

const noiseWords = { talking: 'talking', breathing: 'breathing' };

function Meter({ caller }) {
  if (!caller.noise) return html`<div class="meter still" aria-hidden="true"></div>`;
  const level = Math.max(6, Math.min(100, Math.round((caller.level ?? 0) / 10)));
  return html`<div class=${`meter ${caller.noise} ${caller.heard_by_others ? 'heard' : ''}`} role="meter" aria-label="Level" aria-valuenow=${level} aria-valuemin="0" aria-valuemax="100">
    ${Array.from({ length: 16 }, (_, bar) => html`<i key=${bar} style=${{ animationDelay: `${-bar * 137 % 900}ms`, height: `${Math.max(12, level * (0.5 + ((bar * 7) % 5) / 8))}%` }}></i>`)}</div>`;
}

function Phone({ caller, conference }) {
  const on = caller.state === 'on_line';
  const name = caller.caller_name || 'Unknown caller';
  const number = on ? callerNumber(caller.participant_id) : null;
  const noise = noiseWords[caller.noise];
  return html`<li class=${`phone ${on ? 'on' : 'off'}`} data-testid="phone" data-call=${caller.id} data-number=${caller.caller_number} data-state=${caller.state} aria-label=${`Telephone of ${name}`}>
    <div class="phone-top"><b class="phone-name">${number ? `${number}. ` : ''}${name}</b>${caller.moderator ? html`<span class="tag">moderator</span>` : null}
      <span class="muted phone-number">${numberWords(caller.caller_number)}</span></div>
    <div class="phone-where muted">${conference ? (on ? `In ${conference}` : conference) : 'Not in a conference'}</div>
    <${Meter} caller=${on ? caller : {}} />
    <div class="phone-state" data-testid="phone-state">${on && noise ? html`<em class=${`noise ${caller.noise}`}>${noise}</em>` : null}
      ${stateWords(caller).map((word) => html`<span class=${`word ${word === 'heard by others' ? 'loud' : ''}`}>${word}</span>`)}</div>
    ${caller.reason && !on ? html`<p class="phone-reason" role="status">${caller.reason}</p>` : null}
    <div class="phone-keys">${on ? html`
      <button type="button" class="key" aria-pressed=${String(Boolean(caller.noise))} data-key="talk" onClick=${() => talk(caller.id, caller.noise ? '' : 'talking')}>${caller.noise ? 'Quiet' : 'Talk'}</button>
      <button type="button" class="key" data-key="star1" aria-label="Press star 1" title="Mute or unmute from the phone" onClick=${() => press(caller.id, '*1')}>*1</button>
      <button type="button" class="key red" data-key="hangup" onClick=${() => hangUp(caller.id)}>Hang up</button>`
    : html`<button type="button" class="key green" data-key="again" onClick=${() => callAgain(caller)}>Call again</button>`}</div></li>`;
}

function newNumber() {
  return `+1415555${String(1000 + Math.floor(Math.random() * 9000))}`;
}

/** Makes a new caller dial a conference. What was refused is said in words, and the entries stay. */
function DialForm({ state }) {
  const [entry, setEntry] = useState(() => ({ conference: '', caller_name: '', caller_number: newNumber(), pin: '' }));
  const [answer, setAnswer] = useState(null);
  const conferences = state.conferences.filter((one) => !one.deleted);
  const chosen = entry.conference || conferences.find((one) => one.live)?.id || conferences[0]?.id || '';
  const put = (name) => (event) => setEntry({ ...entry, [name]: event.target.value });
  const send = async (event) => {
    event.preventDefault();
    const conference = conferences.find((one) => one.id === chosen);
    const caller = await dial({ ...entry, conference: chosen, number: conference?.dial_in?.[0] ?? '' });
    if (!caller) return;
    setAnswer(caller.state === 'on_line' ? { ok: true, text: `${caller.caller_name || 'The caller'} is on the line.` } : { ok: false, text: caller.reason || 'The call was refused.' });
    if (caller.state === 'on_line') setEntry({ ...entry, caller_name: '', caller_number: newNumber(), pin: '' });
  };
  return html`<details class="dial" data-testid="dial"><summary>Dial in</summary><form onSubmit=${send}>
    <label>Conference<select class="field" value=${chosen} onChange=${put('conference')} name="conference">${conferences.map((one) => html`<option value=${one.id} selected=${one.id === chosen}>${one.name || one.id}</option>`)}</select></label>
    <label>PIN<input class="field" name="pin" inputmode="numeric" autocomplete="off" value=${entry.pin} onInput=${put('pin')} placeholder="as on the card" /></label>
    <label>Name on the phone<input class="field" name="caller_name" autocomplete="off" value=${entry.caller_name} onInput=${put('caller_name')} placeholder="nobody knows" /></label>
    <label>Their number<input class="field" name="caller_number" autocomplete="off" value=${entry.caller_number} onInput=${put('caller_number')} placeholder="empty: hidden" /></label>
    <button class="key green wide" type="submit" data-testid="dial-go">Call</button>
    ${answer ? html`<p class=${answer.ok ? 'dial-answer' : 'dial-answer refused'} role="status" data-testid="dial-answer">${answer.text}</p>` : null}</form></details>`;
}

const places = (state) => new Map(state.conferences.map((one) => [one.id, one.name || one.id]));

function TruthRow({ person }) {
  return html`<li><b>${callerNumber(person.participant_id)}. ${person.caller_name || 'Unknown caller'}</b> <span class="muted">${endsIn(person.caller_number)}</span>
    <div>${[person.moderator && 'moderator', ...stateWords(person), noiseWords[person.noise]].filter(Boolean).join(', ')}</div></li>`;
}

/** The conferences as the telephone side holds them, to compare with what the bot shows. */
export function Truth() {
  const { state } = useStore(lines);
  const world = useWorld();
  if (!state) return null;
  return html`<section class="truth" aria-label="What Audian holds" data-testid="truth"><h3>What Audian holds</h3>
    ${state.conferences.map((one) => html`<article key=${one.id}><h4>${one.name || one.id}<span class="muted">${one.live ? ` ${one.participants.length} on the line since ${clock(Date.parse(one.started) / 1000, world.zone)}` : ' nobody on the line'}${one.locked ? ', locked' : ''}</span></h4>
      ${one.warning ? html`<p class="phone-reason">${one.warning}</p>` : null}
      <ul>${one.participants.map((person) => html`<${TruthRow} key=${person.participant_id} person=${person} />`)}</ul>
      <details><summary>PINs</summary><p class="muted">People: ${one.truth?.member_pins?.join(', ') || (one.truth?.open ? 'none, every phone gets in' : 'none')}<br />Moderators: ${one.truth?.moderator_pins?.join(', ') || 'none'}</p></details></article>`)}
    ${state.conferences.length ? null : html`<p class="muted">No conferences.</p>`}</section>`;
}

const mostOn = 40;
const mostOff = 8;

/** In order of dialling, so that a telephone stays where it is when it hangs up. Of a crowd, those who make a noise and the newest. */
function chosenTiles(all) {
  const newest = all.toReversed();
  const on = [...newest.filter((one) => one.noise), ...newest].filter((one) => one.state === 'on_line');
  const off = newest.filter((one) => one.state !== 'on_line');
  const kept = new Set([...[...new Set(on)].slice(0, mostOn), ...off.slice(0, mostOff)]);
  return all.filter((one) => kept.has(one));
}

export function Phones() {
  const { state, refused } = useStore(lines);
  if (!state) return html`<p class="empty">Listening for the telephones…</p>`;
  const names = places(state);
  const all = telephones(state);
  const tiles = chosenTiles(all);
  return html`<div class="phones" data-testid="phones">
    ${refused ? html`<p class="phone-reason" role="alert">${refused}</p>` : null}
    <${DialForm} state=${state} />
    <ul class="phone-list">${tiles.map((caller) => html`<${Phone} key=${caller.id} caller=${caller} conference=${names.get(caller.conference)} />`)}</ul>
    ${all.length > tiles.length ? html`<p class="muted">And ${all.length - tiles.length} more telephones.</p>` : null}
    ${all.length ? null : html`<p class="empty">No telephone has called yet.</p>`}
    <${Truth} /></div>`;
}
