// Keeps the place of somebody who works by keyboard, when what had the focus
// is drawn anew: Mute becomes Unmute, and the row may have moved.

const elementsOf = (block) => [...document.querySelectorAll(`[data-action][data-block="${CSS.escape(block)}"]`)];

/** Whom a label is about: "3, Unknown caller" of "Mute 3, Unknown caller". */
const subjectOf = (element) => /\d+, .*/.exec(element.ariaLabel ?? '')?.[0] ?? null;

const placeOf = (element) => {
  const { block } = element.dataset;
  return block ? { block, at: elementsOf(block).indexOf(element), subject: subjectOf(element) } : null;
};

let last = null;

/** Remembers where the focus is: the block, which of its elements, and whom that is about. */
export function watchFocus() {
  document.addEventListener('focusin', ({ target }) => { last = placeOf(target); });
  // A press on nothing lets go of the focus on purpose.
  document.addEventListener('pointerdown', () => { last = null; });
}

/** The same element of the same block; under a new block id, the one about the same caller, never a neighbour's. */
function successor(box) {
  const same = elementsOf(last.block);
  if (same.length) return same[Math.min(last.at, same.length - 1)];
  if (!last.subject) return null;
  return [...box.querySelectorAll('[data-action][data-block]')]
    .find((one) => subjectOf(one) === last.subject && placeOf(one).at === last.at);
}

/** Puts a lost focus back to where it was, if that is inside `box`. Says whether anything has the focus now. */
export function keepPlace(box) {
  if (document.activeElement !== document.body) return true;
  const stop = last && successor(box);
  if (!stop || !box.contains(stop)) return false;
  stop.focus({ preventScroll: true });
  return true;
}
