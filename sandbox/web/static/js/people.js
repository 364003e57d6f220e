// Faces and names.
import { html } from './h.js';
import { roleWord, useWorld } from './world.js';

const initialsOf = (name) => name.split(/\s+/).map((word) => word[0]).join('').slice(0, 2).toUpperCase();

/** A square with initials; the app has its own. */
export function Avatar({ id, small }) {
  const world = useWorld();
  const user = world.users.get(id);
  const name = world.displayName(id);
  const bot = id === world.botId;
  const hue = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const color = bot ? 'var(--app-face)' : user?.color ? `#${user.color.replace('#', '')}` : `hsl(${hue} 38% 42%)`;
  return html`<span class=${`avatar ${small ? 'small' : ''} ${bot ? 'app' : ''}`} style=${{ background: color }} aria-hidden="true">${bot ? '☎' : user?.avatar_initials || initialsOf(name)}</span>`;
}

/** What a person may do here, in one word: their own title, their group, or their role. */
export function standing(user, workspace) {
  const group = (workspace.usergroups ?? []).find((entry) => /moderator/i.test(entry.handle ?? '') && entry.users?.includes(user?.id));
  if (user?.role === 'member' && group) return 'moderator';
  return roleWord(user);
}
