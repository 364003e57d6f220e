// A dialog frame that takes the focus, keeps Tab inside and gives the focus back.
import { html, useEffect, useRef } from './h.js';
import { keepPlace } from './focus.js';

const focusable = 'a[href], button:not([disabled]):not([tabindex="-1"]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

function firstStop(box) {
  return box.querySelector('[data-autofocus]:not([disabled])')
    ?? box.querySelector('.dialog-body input, .dialog-body textarea, .dialog-body [role="combobox"]')
    ?? box.querySelector('.dialog-foot button:last-child')
    ?? box.querySelector(focusable);
}

function keepInside(event, box) {
  const stops = [...box.querySelectorAll(focusable)].filter((stop) => stop.offsetParent !== null);
  if (stops.length === 0) return;
  const first = stops[0];
  const last = stops.at(-1);
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

/**
 * The frame. It covers the workspace and leaves the phones beside it in reach.
 * A new `focusKey` moves the focus to the first stop again, as for the next form of a stack.
 */
export function Dialog({ label, className, onClose, focusKey, testid, children }) {
  const box = useRef(null);
  const before = useRef(null);

  useEffect(() => {
    before.current = document.activeElement;
    return () => {
      if (before.current?.isConnected) before.current.focus();
    };
  }, []);
  useEffect(() => {
    firstStop(box.current)?.focus();
  }, [focusKey]);
  useEffect(() => { // what had the focus may be gone from the newest drawing
    if (!keepPlace(box.current)) box.current.focus({ preventScroll: true });
  });

  const keys = (event) => {
    if (event.key === 'Tab') keepInside(event, box.current);
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
  };
  return html`<div class="veil"><div class=${`dialog ${className ?? ''}`} role="dialog" aria-modal="true" aria-label=${label}
    data-testid=${testid} tabindex="-1" ref=${box} onKeyDown=${keys}>${children}</div></div>`;
}
