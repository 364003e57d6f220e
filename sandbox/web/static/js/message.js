// One message as Slack draws it, with what belongs to it: private mark, thread summary, tools, payload.
import { html, useState } from './h.js';
import { Blocks } from './blocks.js';
import { Icon } from './icons.js';
import { Payload } from './payload.js';
import { Avatar } from './people.js';
import { MenuButton } from './popover.js';
import { openThread, runShortcut } from './session.js';
import { SurfaceProvider, useNewSurface } from './surface.js';
import { Mrkdwn } from './text.js';
import { clock, dayHeading, fillDate } from './time.js';
import { noteAct } from './tour.js';
import { useWorld } from './world.js';

const seconds = (ts) => Number(ts.split('.')[0]);

function Attachment({ of }) {
  if (of.blocks) return html`<div class="attachment" style=${{ borderColor: of.color ? `#${of.color.replace('#', '')}` : null }}><${Blocks} of=${of.blocks} /></div>`;
  return html`<div class="attachment" style=${{ borderColor: of.color ? `#${of.color.replace('#', '')}` : null }}>
    ${of.pretext ? html`<div><${Mrkdwn} text=${of.pretext} /></div>` : null}
    ${of.title ? html`<b>${of.title}</b>` : null}
    <div><${Mrkdwn} text=${of.text ?? of.fallback ?? ''} /></div></div>`;
}

const File = ({ file }) => html`<div class="placeholder"><${Icon} name="file" />${file.title || file.name || file.id}</div>`;

function ThreadSummary({ message, channel }) {
  const world = useWorld();
  if (!message.replies) return null;
  const last = message.latest_reply ? ago(message.latest_reply, world) : null;
  return html`<button type="button" class="thread-summary" data-testid="open-thread" onClick=${() => openThread(channel, message.ts)}>
    <span class="faces">${(message.reply_users ?? []).slice(0, 4).map((id) => html`<${Avatar} id=${id} small />`)}</span>
    <b>${message.replies} ${message.replies === 1 ? 'reply' : 'replies'}</b>${last ? html`<span class="muted">Last reply ${last}</span>` : null}</button>`;
}

const ago = (ts, world) => fillDate(seconds(ts), world.now() - seconds(ts) < 86400 ? '{ago}' : '{date_short} at {time}', world.zone, world.now());

function Tools({ message, channel, inThread, payload, onPayload }) {
  const world = useWorld();
  const shortcuts = (world.app.shortcuts ?? []).filter((entry) => entry.type === 'message');
  const items = [
    { heading: 'Message shortcuts' },
    ...shortcuts.map((entry) => ({ label: entry.name, note: entry.description, value: entry.callback_id, pick: () => runShortcut(entry.callback_id, channel, message.ts) })),
  ];
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${inThread || message.ephemeral ? null : html`<button type="button" class="tool" aria-label="Reply in thread" title="Reply in thread" onClick=${() => openThread(channel, message.ts)}><${Icon} name="thread" /></button>`}
    ${message.bot ? html`<button type="button" class="tool" aria-label="Show payload" title="Show payload" aria-pressed=${String(payload)} data-testid="payload-toggle" onClick=${onPayload}><${Icon} name="code" /></button>` : null}
    ${shortcuts.length && !message.ephemeral ? html`<${MenuButton} label="Message shortcuts" className="tool" align="right" items=${items} data-testid="message-shortcuts"><${Icon} name="more" /><//>` : null}</div>`;
}

/** The blocks, or where there are none the text, and what hangs below. */
function Body({ message }) {
  const blocks = message.blocks ?? [];
  return html`${blocks.length ? html`<${Blocks} of=${blocks} />` : message.text ? html`<div class="text"><${Mrkdwn} text=${message.text} />
      ${message.edited ? html` <span class="edited">(edited)</span>` : null}</div>` : null}
    ${(message.attachments ?? []).map((attachment) => html`<${Attachment} of=${attachment} />`)}
    ${(message.files ?? []).map((file) => html`<${File} file=${file} />`)}`;
}

/** One message. `compact` leaves out the face and name under another by the same person. */
export function Message({ message, channel, compact, inThread, notices }) {
  const world = useWorld();
  const [payload, setPayload] = useState(false);
  const blocks = message.blocks ?? [];
  const surface = useNewSurface({
    key: `message:${channel}:${message.ts}`, kind: 'message', container: { channel, message_ts: message.ts },
    blocks, user: world.me.id, here: channel, notices, onAct: noteAct,
  });
  const at = seconds(message.ts);
  const name = message.username || world.displayName(message.user);
  const time = clock(at, world.zone);
  const full = `${dayHeading(at, world.zone, world.now())} at ${time}`;
  return html`<article class=${`message ${message.ephemeral ? 'private' : ''} ${compact ? 'compact' : ''}`} role="listitem" data-testid="message" data-ts=${message.ts}
      aria-label=${`${name}, ${full}${message.ephemeral ? ', only visible to you' : ''}`}>
    ${message.ephemeral ? html`<div class="only-you" data-testid="only-you"><${Icon} name="eye" />Only visible to you</div>` : null}
    ${message.broadcast && !inThread ? html`<div class="only-you"><${Icon} name="thread" />replied to a thread</div>` : null}
    <div class="gutter">${compact ? html`<time class="side-time" title=${full}>${time}</time>` : html`<${Avatar} id=${message.user} />`}</div>
    <div class="message-main">
      ${compact ? null : html`<div class="byline"><b class="name">${name}</b>${message.bot ? html`<span class="badge">APP</span>` : null}<time class="when" title=${full}>${time}</time></div>`}
      <${SurfaceProvider} value=${surface}><${Body} message=${message} /><//>
      ${inThread ? null : html`<${ThreadSummary} message=${message} channel=${channel} />`}
      ${payload ? html`<${Payload} message=${message} />` : null}
    </div>
    <${Tools} message=${message} channel=${channel} inThread=${inThread} payload=${payload} onPayload=${() => setPayload(!payload)} /></article>`;
}
