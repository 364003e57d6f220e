// A surface is one message, form or home tab: what its elements hold, what is
// under way, and how a click on it travels.
import { createContext, useContext, useEffect, useMemo, useState } from './h.js';
import { slack } from './api.js';
import { ask } from './confirm.js';
import { fieldOf, prune, stateValues, valueOf } from './values.js';

const SurfaceContext = createContext(null);
export const SurfaceProvider = SurfaceContext.Provider;
export const useSurface = () => useContext(SurfaceContext);

const entries = new Map();

/** Forgets what was entered on a surface, as when a form closes. */
export const forget = (key) => entries.delete(key);

/** What was entered on a surface: block_id → action_id → value fields. */
const entered = (key) => entries.get(key) ?? {};

const lastSeq = (notices) => Math.max(0, ...(notices ?? []).map((notice) => notice.seq));

/** What stands in a surface's elements: what a person entered here, over what the sandbox knows. */
export function standing(key, stood) {
  const all = { ...stood };
  for (const [block, actions] of Object.entries(entered(key))) all[block] = { ...all[block], ...actions };
  return all;
}

const keyOf = (block, element) => `${block?.block_id}/${element?.action_id}`;

/**
 * The surface of these blocks. `container` is {channel, message_ts} or
 * {view_id}; `here` is the channel the reader is in; `errors` are texts by
 * block_id; `stood` is what the sandbox says stands in the elements; `notices`
 * are the warnings of this container; `onAct` hears of every click sent.
 */
export function useNewSurface({ key, kind, container, blocks, user, here, errors, stood, notices, onAct }) {
  const [, redraw] = useState(0);
  const [marks, setMarks] = useState({});
  const again = () => redraw((n) => n + 1);

  useEffect(() => {
    if (entries.has(key)) entries.set(key, prune(blocks, entries.get(key)));
  }, [blocks, key]);

  const mark = (id, state) => setMarks((old) => ({ ...old, [id]: state }));
  const hold = (block, element, fields) => {
    const all = { ...entered(key) };
    all[block.block_id] = { ...all[block.block_id], [element.action_id]: fields };
    entries.set(key, all);
    again();
  };

  const send = async (block, element, fields) => {
    const id = keyOf(block, element);
    mark(id, { busy: true, seen: lastSeq(notices) });
    onAct?.(element, fields);
    try {
      const answer = await slack.post('/act/click', {
        user, container, block_id: block.block_id, action_id: element.action_id, ...fields,
        state: stateValues(blocks, standing(key, stood), here),
      });
      mark(id, { seen: lastSeq(notices), trouble: answer.ok === false ? answer.error ?? 'The app did not answer.' : null });
    } catch (refused) {
      mark(id, { seen: lastSeq(notices), trouble: refused.message });
    }
  };
  /** A failed click, or a warning that has come since the last click on that element. */
  const trouble = (block, element) => {
    const state = marks[keyOf(block, element)];
    if (state?.trouble || state?.busy) return state.trouble ?? null;
    return notices?.find((n) => n.block_id === block.block_id && n.action_id === element.action_id && n.seq > (state?.seen ?? 0))?.text ?? null;
  };

  return useMemo(() => ({
    key, kind, here, errors: errors ?? {},
    value: (block, element) => valueOf(element, standing(key, stood)[block.block_id]?.[element.action_id], here),
    busy: (block, element) => Boolean(marks[keyOf(block, element)]?.busy),
    trouble,
    /** Keeps a value without telling the app. */
    hold: (block, element, value) => hold(block, element, { [fieldOf(element)]: value }),
    /** A click: asks first where the app wants that, then tells it. */
    click: async (block, element, fields) => {
      if (!element.confirm || await ask(element.confirm)) await send(block, element, fields);
    },
    /** A choice: kept, and told to the app unless it stands in a quiet input block. */
    choose: async (block, element, value) => {
      if (element.confirm && !await ask(element.confirm)) {
        again();
        return;
      }
      hold(block, element, { [fieldOf(element)]: value });
      if (block.type !== 'input' || block.dispatch_action) await send(block, element, { [fieldOf(element)]: value });
    },
    suggest: (block, element, value) => slack.post('/act/suggest', {
      user, container, block_id: block.block_id, action_id: element.action_id, value,
    }),
  }), [key, kind, container, blocks, user, here, errors, stood, notices, marks, entries.get(key)]);
}
