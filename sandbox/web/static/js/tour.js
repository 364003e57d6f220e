// The line of first steps: what to try, ticked off as it happens, and the jump in time for the last one.
import { html, useState } from './h.js';
import { coalesce, demo } from './api.js';
import { lines } from './lines.js';
import { tell } from './session.js';
import { createStore, useStore } from './store.js';

const standard = ['Who’s on', 'Silence the breather', 'Kick and keep out', 'Make your own', 'Announce it'];

const asStep = (step) => (typeof step === 'string' ? { title: step } : step);

export const tour = createStore({ steps: [], skipTo: null, done: new Set() });

const tick = (step) => {
  const { done } = tour.get();
  if (!done.has(step)) tour.set({ done: new Set([...done, step]) });
};

/** Where time can jump to changes with what is announced. Without a demo there is nothing to ask. */
const readPlan = coalesce(async () => {
  const plan = await demo.get('/');
  tour.set({ steps: (plan.steps ?? standard).map(asStep), skipTo: plan.skip_to ?? null });
});
const replan = () => (tour.get().steps.length ? readPlan().catch(() => {}) : null);
const replanSoon = () => setTimeout(replan, 2000);

/** Hears of every click that is sent to the app, and of every form. */
export function noteAct(element) {
  const label = element.text?.text ?? '';
  if (/^who[’']?s on/i.test(label) || /^all \d+/i.test(label)) tick(0);
  if (/^(confirm|start announcing)$/i.test(label)) tick(4);
  replanSoon();
}

/** Hears of every message that is sent. */
export function noteTyped(text) {
  if (/^\/\S+ (people|who|participants)\b/.test(text)) tick(0);
  replanSoon();
}

const ids = (list, test) => new Set(list.filter(test).map((one) => one.id));
const gained = (before, after) => [...after].some((id) => !before.has(id));

/** What the telephones say about the second to fourth step. */
const readSteps = ({ conferences, callers }) => ({
  silenced: ids(callers, (one) => one.noise === 'breathing' && one.state === 'on_line' && one.muted),
  kicked: ids(callers, (one) => one.state === 'kicked'),
  made: ids(conferences, () => true),
});

/** Ticks what happens from now on; what was so before does not count. */
function watchLines() {
  let before = null;
  return lines.watch(({ state }) => {
    if (!state) return;
    const now = readSteps(state);
    if (before && gained(before.silenced, now.silenced)) tick(1);
    if (before && gained(before.kicked, now.kicked)) tick(2);
    if (before && gained(before.made, now.made)) tick(3);
    before = now;
  });
}

export async function startTour() {
  watchLines();
  await readPlan();
}

function Skip({ to }) {
  const [busy, setBusy] = useState(false);
  const skip = async () => {
    setBusy(true);
    try {
      await demo.post('/skip');
      tick(4);
      tell(`It is ${to} now: the announcement is in its channel.`);
      replan();
    } catch (refused) {
      tell(refused);
    }
    setBusy(false);
  };
  return html`<button type="button" class="button skip" data-testid="skip" disabled=${busy} onClick=${skip}>Skip to ${to}</button>`;
}

export function Tour() {
  const { steps, skipTo, done } = useStore(tour);
  if (steps.length === 0) return null;
  return html`<div class="tour" data-testid="tour"><span class="tour-lead">Try it:</span><ol>${steps.map((step, index) => {
    const ticked = done.has(index) || step.done;
    return html`<li class=${ticked ? 'done' : ''} data-testid=${`step-${index + 1}`} aria-label=${`${index + 1}, ${step.title}${ticked ? ', done' : ''}`} title=${step.hint}>
      <span class="step-mark" aria-hidden="true">${ticked ? '✓' : index + 1}</span>${step.title}</li>`;
  })}</ol>${skipTo ? html`<${Skip} to=${skipTo} />` : null}</div>`;
}
