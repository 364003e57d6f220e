// State outside the components: a value, who watches it, and nothing else.
import { useEffect, useState } from './h.js';

/** A watched value. set() takes the fields that change. */
export function createStore(initial) {
  let state = initial;
  const watchers = new Set();
  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      for (const watcher of [...watchers]) watcher(state);
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** Draws the component again whenever the store changes. */
export function useStore(store) {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.watch(setState);
  }, [store]);
  return state;
}

/**
 * Keeps the old object wherever nothing in it changed, so that what is drawn
 * from it need not be drawn again.
 */
export function keepSame(before, after) {
  if (Object.is(before, after)) return before;
  if (!before || !after || typeof before !== 'object' || typeof after !== 'object') return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  let same = Object.keys(before).length === Object.keys(after).length;
  const merged = Array.isArray(after) ? [] : {};
  for (const key of Object.keys(after)) {
    merged[key] = keepSame(before[key], after[key]);
    if (!Object.is(merged[key], before[key]) || !(key in before)) same = false;
  }
  return same ? before : merged;
}
