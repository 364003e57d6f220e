// The bar above everything: drawers, first steps, light and dark, and who one is.
import { html, useState } from './h.js';
import { Icon } from './icons.js';
import { Avatar, standing } from './people.js';
import { MenuButton } from './popover.js';
import { setTheme, theme, themes } from './prefs.js';
import { chooseUser, showDrawer } from './session.js';
import { Tour } from './tour.js';
import { useWorld } from './world.js';

const looks = { auto: { icon: 'half', name: 'As the system' }, light: { icon: 'sun', name: 'Light' }, dark: { icon: 'moon', name: 'Dark' } };

function ThemeMenu() {
  const [name, setName] = useState(theme());
  const items = themes.map((one) => ({ label: looks[one].name, value: one, checked: one === name, pick: () => { setTheme(one); setName(one); } }));
  return html`<${MenuButton} label="Light or dark" className="icon-button" align="right" items=${items} data-testid="theme"><${Icon} name=${looks[name].icon} /><//>`;
}

function UserMenu() {
  const world = useWorld();
  const items = world.workspace.users.filter((user) => !user.is_bot && !user.deactivated).map((user) => ({
    label: user.real_name ?? user.name, note: `${standing(user, world.workspace)} · ${user.tz}`, value: user.id,
    checked: user.id === world.me.id, pick: () => chooseUser(user.id, true),
  }));
  return html`<${MenuButton} label="Change who you are" className="user-button" align="right" items=${[{ heading: 'Look at this as' }, ...items]} data-testid="user-switch">
    <${Avatar} id=${world.me.id} small /><span class="user-words">You are <b>${world.me.real_name?.split(' ')[0]}</b>, ${standing(world.me, world.workspace)}</span><${Icon} name="down" /><//>`;
}

export function Topbar({ side }) {
  return html`<header class="topbar">
    <button type="button" class="icon-button only-narrow" aria-label="Conversations" data-testid="open-sidebar" onClick=${() => showDrawer('sidebar')}><${Icon} name="menu" /></button>
    <${Tour} />
    <div class="top-tools"><${ThemeMenu} /><${UserMenu} />
      <button type="button" class="icon-button only-medium" aria-label=${side} data-testid="open-phones" onClick=${() => showDrawer('phones')}><${Icon} name="phone" /></button></div></header>`;
}
