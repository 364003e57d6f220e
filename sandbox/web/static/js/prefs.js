// What a person chose in this browser. Storage may be forbidden, and then nothing is kept.

function read(key) {
  try {
    return localStorage.getItem(`sandbox.${key}`);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(`sandbox.${key}`);
    else localStorage.setItem(`sandbox.${key}`, value);
  } catch { /* private windows refuse; the choice then lasts as long as the tab */ }
}

/** 'light', 'dark', or 'auto', which follows the system. */
export const themes = ['auto', 'light', 'dark'];

export function theme() {
  const kept = read('theme');
  return themes.includes(kept) ? kept : 'auto';
}

export function setTheme(name) {
  write('theme', name === 'auto' ? null : name);
  applyTheme();
}

/** Writes the choice where the style sheets look for it. */
export function applyTheme() {
  const name = theme();
  if (name === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

export const lastUser = () => read('user');
export const keepUser = (id) => write('user', id);
