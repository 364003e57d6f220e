// The two surfaces that only `text` reaches: a locked phone, and a screen reader.
import { html } from './h.js';
import { plain } from './mrkdwn.js';
import { session } from './session.js';
import { useStore } from './store.js';
import { clock } from './time.js';
import { useWorld } from './world.js';

const lockWidth = 90;
const shown = 4;

const words = (message, world) => plain(message.text ?? '', world.names, world.date);

/** Whether a message rings this person's phone: a direct message, or one that names them. */
function rings(message, channel, world) {
  if (message.user === world.me.id || message.ephemeral || message.deleted) return false;
  if (channel?.kind === 'im') return true;
  const text = message.text ?? '';
  const groups = (world.workspace.usergroups ?? []).filter((group) => group.users?.includes(world.me.id));
  return text.includes(`<@${world.me.id}`) || /<!(here|channel|everyone)[|>]/.test(text) || groups.some((group) => text.includes(`<!subteam^${group.id}`));
}

function cut(text) {
  const line = text.replace(/\s*\n\s*/g, ' ');
  const letters = [...line];
  return letters.length > lockWidth ? `${letters.slice(0, lockWidth - 1).join('')}…` : line;
}

/** What lies on this person's lock screen, newest first. */
export function LockedPhone() {
  const world = useWorld();
  const { screen } = useStore(session);
  const all = Object.entries(screen?.messages ?? {}).flatMap(([id, messages]) => messages
    .filter((message) => rings(message, world.channels.get(id), world)).map((message) => ({ message, channel: world.channels.get(id) })));
  const newest = all.sort((a, b) => Number(b.message.ts) - Number(a.message.ts)).slice(0, shown);
  return html`<div class="beside" data-testid="locked-phone"><p class="muted">What rings for ${world.me.real_name}, on a phone that stays locked. Channel posts do not ring unless they name somebody.</p>
    <div class="handset" aria-label=${`Locked phone of ${world.me.real_name}`} role="group"><div class="handset-clock" aria-hidden="true">${clock(world.now(), world.zone)}</div>
      ${newest.map(({ message, channel }) => html`<div class="ring" key=${message.ts}><div class="ring-head"><b>${world.displayName(message.user)}</b>
        <span>${channel?.kind === 'im' ? '' : `#${channel?.name ?? ''}`}</span><time>${clock(Number(message.ts), world.zone)}</time></div>${cut(words(message, world)) || html`<i>no text</i>`}</div>`)}
      ${newest.length ? null : html`<p class="handset-empty">Nothing rang.</p>`}</div></div>`;
}

/** The open conversation, or its open thread, as a screen reader says it. */
export function ReadAloud() {
  const world = useWorld();
  const { screen, place, thread } = useStore(session);
  const all = screen?.messages?.[place] ?? [];
  const messages = thread ? all.filter((m) => m.ts === thread.ts || m.thread_ts === thread.ts) : all.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.broadcast);
  return html`<div class="beside" data-testid="read-aloud"><p class="muted">What is read aloud${thread ? ' in this thread' : ' here'}: the text of each message and nothing of its blocks.</p>
    <ol class="aloud">${messages.map((message) => html`<li key=${message.ts}><b>${world.displayName(message.user)}</b>${message.ephemeral ? ', only to you' : ''}, ${clock(Number(message.ts), world.zone)}.
      <p>${words(message, world) || html`<mark>Says nothing: this message has no text.</mark>`}</p>${message.replies ? html`<span class="muted">${message.replies} ${message.replies === 1 ? 'reply' : 'replies'}.</span>` : null}</li>`)}</ol>
    ${messages.length ? null : html`<p class="empty">Nothing to read here.</p>`}</div>`;
}
