// Emoji by name. The table is loaded once; until it is there, names are drawn as :name:.
import { html } from './h.js';

let table = {};

export async function loadEmoji() {
  try {
    const answer = await fetch('vendor/emoji.json');
    if (answer.ok) table = await answer.json();
  } catch { /* the page works without pictures; the names say the same */ }
}

export const emojiCharacter = (name) => table[name] ?? null;

/** Names that begin with, then names that contain, what was typed. */
export function findEmoji(typed, limit) {
  const names = Object.keys(table);
  const first = names.filter((name) => name.startsWith(typed));
  const second = names.filter((name) => !name.startsWith(typed) && name.includes(typed));
  return [...first, ...second].slice(0, limit).map((name) => ({ name, character: table[name] }));
}

export function Emoji({ name }) {
  const character = emojiCharacter(name);
  if (!character) return html`<span>:${name}:</span>`;
  return html`<span class="emoji" role="img" aria-label=${name.replaceAll('_', ' ')} title=${`:${name}:`}>${character}</span>`;
}

/** Plain text in which :names: may stand, as in a button's label. */
export function WithEmoji({ text }) {
  const parts = String(text ?? '').split(/:([a-z0-9_+'-]+):/);
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    return emojiCharacter(part) ? html`<${Emoji} name=${part} />` : `:${part}:`;
  });
}
