// Keeps the place of somebody who works by keyboard, when what had the focus
// is drawn anew: Mute becomes Unmute, and the row may have moved.

const inBlock = (id) => document.querySelectorAll(`[data-action][data-block="${CSS.escape(id)}"]`);

let last = null;

/** Remembers where the focus is: the block, and which of its elements. */
export function watchFocus() {
  document.addEventListener('focusin', ({ target }) => {
    const { block } = target.dataset;
    last = block ? { block, at: [...inBlock(block)].indexOf(target) } : null;
  });
  // A press on nothing lets go of the focus on purpose.
  document.addEventListener('pointerdown', () => { last = null; });
}

/**
 * Puts a lost focus back on the same place of the same block, if that is
 * inside `box`. Says whether anything has the focus now.
 */
export function keepPlace(box) {
  if (document.activeElement !== document.body) return true;
  if (!last) return false;
  const stops = [...inBlock(last.block)];
  const stop = stops[Math.min(last.at, stops.length - 1)];
  if (!stop || !box.contains(stop)) return false;
  stop.focus({ preventScroll: true });
  return true;
}
