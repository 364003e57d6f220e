// Things that open beside a button: a frame that finds its place, and menus in it.
import { html, useEffect, useLayoutEffect, useRef, useState } from './h.js';

const gap = 4;
const edge = 8;

function placeFor(anchor, box, align) {
  const r = anchor.getBoundingClientRect();
  const width = box.offsetWidth;
  const height = box.offsetHeight;
  const below = r.bottom + gap;
  const above = r.top - gap - height;
  const top = below + height > innerHeight - edge && above > edge ? above : Math.max(edge, Math.min(below, innerHeight - height - edge));
  const left = align === 'right' ? r.right - width : r.left;
  return { top: Math.round(top), left: Math.round(Math.max(edge, Math.min(left, innerWidth - width - edge))) };
}

/** A floating frame beside `anchor`. It follows the anchor, and closes on a click elsewhere and on Escape. */
export function Popover({ anchor, onClose, align, label, role, className, children }) {
  const box = useRef(null);
  const [place, setPlace] = useState(null);
  const [, lookAgain] = useState(0);

  useLayoutEffect(() => {
    if (!anchor || !box.current) return;
    const next = placeFor(anchor, box.current, align);
    if (!place || place.top !== next.top || place.left !== next.left) setPlace(next);
  });

  useEffect(() => {
    const outside = (event) => {
      if (!box.current?.contains(event.target) && !anchor?.contains(event.target)) onClose(false);
    };
    const moved = (event) => {
      if (box.current?.contains(event.target)) return;
      if (anchor?.isConnected) lookAgain((n) => n + 1);
      else onClose(false);
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('scroll', moved, true);
    window.addEventListener('resize', moved);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('scroll', moved, true);
      window.removeEventListener('resize', moved);
    };
  }, [anchor, onClose]);

  const keys = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose(true);
  };
  const style = place ? { top: `${place.top}px`, left: `${place.left}px`, minWidth: `${Math.min(anchor.offsetWidth, 420)}px` } : { opacity: 0 };
  return html`<div class=${`popover ${className ?? ''}`} role=${role} aria-label=${label} style=${style} ref=${box} onKeyDown=${keys}>${children}</div>`;
}

const step = { ArrowDown: 1, ArrowUp: -1 };

/** Moves the focus along the items of a menu. */
function menuKeys(event) {
  const items = [...event.currentTarget.querySelectorAll('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  if (event.key === 'Tab') event.preventDefault();
  if (step[event.key]) {
    event.preventDefault();
    items[(at + step[event.key] + items.length) % items.length]?.focus();
  } else if (event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    items.at(event.key === 'Home' ? 0 : -1)?.focus();
  }
}

function MenuItems({ items, onPick }) {
  const list = useRef(null);
  useEffect(() => {
    (list.current.querySelector('[aria-checked="true"]') ?? list.current.querySelector('[role^="menuitem"]'))?.focus();
  }, []);
  return html`<div ref=${list} onKeyDown=${menuKeys}>${items.map((item) => (item.heading
    ? html`<div class="menu-heading" role="presentation">${item.heading}</div>`
    : html`<button type="button" tabindex="-1" class=${`menu-item ${item.className ?? ''}`} role=${'checked' in item ? 'menuitemradio' : 'menuitem'}
        aria-checked=${'checked' in item ? String(item.checked) : null} data-value=${item.value} onClick=${() => onPick(item)}>
        <span>${item.label}</span>${item.note ? html`<small>${item.note}</small>` : null}</button>`))}</div>`;
}

/**
 * A button with a menu. Items are {label, note, value, checked, pick} or
 * {heading}. Further properties go to the button.
 */
export function MenuButton({ label, children, items, align, menuLabel, className, ...rest }) {
  const button = useRef(null);
  const [open, setOpen] = useState(false);
  const close = (refocus) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  const pick = (item) => {
    close(true);
    item.pick();
  };
  const keys = (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setOpen(true);
  };
  return html`<button type="button" ref=${button} class=${className} aria-label=${label} title=${label} aria-haspopup="menu"
      aria-expanded=${String(open)} onClick=${() => setOpen(!open)} onKeyDown=${keys} ...${rest}>${children}</button>
    ${open ? html`<${Popover} anchor=${button.current} onClose=${close} align=${align} role="menu" label=${menuLabel ?? label} className="menu">
      <${MenuItems} items=${items} onPick=${pick} /><//>` : null}`;
}
