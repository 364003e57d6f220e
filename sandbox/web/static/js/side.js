// The right side: telephones, and three other views of the same world.
import { html, useState } from './h.js';
import { Faults } from './faults.js';
import { Icon } from './icons.js';
import { Phones } from './phones.js';
import { LockedPhone, ReadAloud } from './quiet.js';
import { showDrawer } from './session.js';

const tabs = [
  { id: 'phones', name: 'Phones', needsAudian: true, draw: () => html`<${Phones} />` },
  { id: 'locked', name: 'Locked phone', draw: () => html`<${LockedPhone} />` },
  { id: 'aloud', name: 'Read aloud', draw: () => html`<${ReadAloud} />` },
  { id: 'faults', name: 'Trouble', draw: (audian) => html`<${Faults} withAudian=${audian} />` },
];

function moveTab(event, offered, at, choose) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const next = offered[(at + by + offered.length) % offered.length];
  choose(next.id);
  event.currentTarget.querySelector(`[data-testid="side-${next.id}"]`)?.focus();
}

export function Side({ audian }) {
  const offered = tabs.filter((tab) => audian || !tab.needsAudian);
  const [chosen, setChosen] = useState(offered[0].id);
  const at = Math.max(0, offered.findIndex((tab) => tab.id === chosen));
  return html`<aside class="side" aria-label="Beside the chat" data-testid="side">
    <div class="side-head"><div class="side-tabs" role="tablist" aria-label="Beside the chat" onKeyDown=${(event) => moveTab(event, offered, at, setChosen)}>${offered.map((tab, index) => html`
      <button type="button" role="tab" key=${tab.id} aria-selected=${String(index === at)} tabindex=${index === at ? 0 : -1} data-testid=${`side-${tab.id}`} onClick=${() => setChosen(tab.id)}>${tab.name}</button>`)}</div>
      <button type="button" class="icon-button only-medium push" aria-label="Close" data-testid="close-side" onClick=${() => showDrawer(null)}><${Icon} name="close" /></button></div>
    <div class="side-body" role="tabpanel" aria-label=${offered[at].name}>${offered[at].draw(audian)}</div></aside>`;
}
