// The list of conversations on the left.
import { html, useState } from './h.js';
import { Icon } from './icons.js';
import { Avatar } from './people.js';
import { HOME, appChannel, goTo, session } from './session.js';
import { useStore } from './store.js';
import { useWorld } from './world.js';

function Row({ place, name, icon, face, unread, current, muted, label }) {
  return html`<li><button type="button" class=${`side-row ${unread ? 'unread' : ''} ${muted ? 'faint' : ''}`} aria-current=${current ? 'page' : null}
      data-testid="side-row" data-place=${place} aria-label=${`${label ?? name}${unread ? `, ${unread} unread` : ''}`} onClick=${() => goTo(place)}>
    ${face ?? html`<${Icon} name=${icon} />`}<span class="side-name">${name}</span>${unread ? html`<span class="count-badge">${unread}</span>` : null}</button></li>`;
}

function Section({ title, children }) {
  const [open, setOpen] = useState(true);
  return html`<section class="side-section"><h2><button type="button" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
    <span class=${`fold ${open ? '' : 'shut'}`}><${Icon} name="down" /></span>${title}</button></h2>${open ? html`<ul>${children}</ul>` : null}</section>`;
}

export function Sidebar() {
  const world = useWorld();
  const state = useStore(session);
  const { screen, place } = state;
  const rooms = (screen?.channels ?? []).filter((c) => c.kind !== 'im');
  const mine = rooms.filter((c) => c.is_member !== false && !c.archived);
  const others = rooms.filter((c) => c.is_member === false || c.archived);
  const messages = appChannel(state);
  const dms = (screen?.channels ?? []).filter((c) => c.kind === 'im' && c.id !== messages?.id);
  const room = (c) => html`<${Row} key=${c.id} place=${c.id} name=${c.name} icon=${c.kind === 'private' ? 'lock' : 'hash'} unread=${c.unread} current=${place === c.id}
    muted=${c.archived || c.is_member === false} label=${`${c.kind === 'private' ? 'private channel' : 'channel'} ${c.name}${c.archived ? ', archived' : ''}`} />`;
  const byName = (a, b) => a.name.localeCompare(b.name);
  return html`<nav class="sidebar" aria-label="Conversations" data-testid="sidebar">
    <div class="team">${world.workspace.team?.name ?? 'Workspace'}<small>sandbox</small></div>
    <div class="side-scroll">
    <${Section} title="Channels">${mine.sort(byName).map(room)}<//>
    ${others.length ? html`<${Section} title="Other channels">${others.sort(byName).map(room)}<//>` : null}
    <${Section} title="Direct messages">${dms.map((c) => html`<${Row} key=${c.id} place=${c.id} name=${world.displayName(c.im_user)} unread=${c.unread} current=${place === c.id}
        face=${html`<${Avatar} id=${c.im_user} small />`} />`)}
      ${messages ? html`<${Row} place=${messages.id} name=${world.app.name} unread=${messages.unread} current=${place === messages.id}
        face=${html`<${Avatar} id=${world.botId} small />`} label=${`messages from ${world.app.name}`} />` : null}<//>
    <${Section} title="Apps"><${Row} place=${HOME} name=${world.app.name} current=${place === HOME} label=${`${world.app.name}, Home`} face=${html`<${Avatar} id=${world.botId} small />`} /><//>
    </div></nav>`;
}
