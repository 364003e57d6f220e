// The telephone side: what Audian holds, and what callers do.
import { audian, coalesce, listen } from './api.js';
import { createStore, keepSame } from './store.js';

export const lines = createStore({ state: null, faults: [], refused: null });

/** What was dialled last from each telephone, so that it can be dialled again. */
const lastDialled = new Map();

export const readLines = coalesce(async () => {
  const [state, faults] = await Promise.all([audian.get('/state'), audian.get('/faults')]);
  lines.set(keepSame(lines.get(), { state, faults: Array.isArray(faults) ? faults : [], refused: lines.get().refused }));
});

const quietly = () => readLines().catch(() => {});

export function startLines() {
  listen('/audian/events', ['change'], quietly, (connected) => { if (connected) quietly(); });
  return readLines();
}

async function act(work) {
  try {
    const answer = await work;
    lines.set({ refused: null });
    quietly();
    return answer;
  } catch (refused) {
    lines.set({ refused: refused.message });
    return null;
  }
}

const call = (id, verb, body) => act(audian.post(`/callers/${encodeURIComponent(id)}/${verb}`, body));

export const press = (id, keys) => call(id, 'press', { keys });
export const hangUp = (id) => call(id, 'hangup', {});
export const talk = (id, kind) => call(id, 'talk', { on: kind !== '', kind });

/** Makes a call. The answer says whether it was let in, and in words why not. */
export function dial(entry) {
  lastDialled.set(entry.caller_number, entry);
  return act(audian.post('/call', entry));
}

/** Dials again from a telephone: as before, or as somebody who knows the PIN for people. */
export function callAgain(caller) {
  const conference = lines.get().state.conferences.find((one) => one.id === caller.conference);
  return dial(lastDialled.get(caller.caller_number) ?? {
    conference: caller.conference ?? '', caller_number: caller.caller_number, caller_name: caller.caller_name,
    pin: (caller.moderator ? conference?.truth.moderator_pins?.[0] : conference?.truth.member_pins?.[0]) ?? '',
  });
}

/** A hidden number may come as nothing or as a word ("anonymous"). */
const isNumber = (number) => /\d/.test(number ?? '');

const telephoneOf = (caller) => (isNumber(caller.caller_number) ? caller.caller_number : `hidden ${caller.caller_name || caller.id}`);

/** One telephone for each caller: their newest call. Callers without a number are told apart by name. */
export function telephones(state) {
  return [...new Map((state?.callers ?? []).map((caller) => [telephoneOf(caller), caller])).values()];
}

/** The number in a participant's id: Audian gives them in order of joining. */
export const callerNumber = (participantId) => /\d+/.exec(participantId ?? '')?.[0] ?? null;

/** "ends 4821", "hidden number". */
export const endsIn = (number) => (isNumber(number) ? `ends ${number.slice(-4)}` : 'hidden number');

/** The number as the telephone shows it. */
export const numberWords = (number) => (isNumber(number) ? number : 'hidden number');

const states = { refused: 'refused', hung_up: 'hung up', kicked: 'was kicked', ended: 'the conference ended' };

/** How a call is going, in words. */
export function stateWords(caller) {
  if (caller.state && caller.state !== 'on_line') return [states[caller.state] ?? caller.state];
  return [caller.muted ? 'muted' : 'unmuted', caller.deaf && 'can’t hear', caller.heard_by_others && 'heard by others'].filter(Boolean);
}
