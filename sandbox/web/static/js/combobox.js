// One list to choose from, for every kind of select: one or many, fixed or looked up while typing.
import { html, useEffect, useRef, useState } from './h.js';
import { Icon } from './icons.js';
import { Popover } from './popover.js';

let serial = 0;

const matches = (option, typed) => `${option.label} ${option.note ?? ''}`.toLowerCase().includes(typed.toLowerCase());

/** Flattens [{heading, options}] to rows, with the headings that still have something below them. */
function rowsOf(groups, typed) {
  return groups.flatMap(({ heading, options }) => {
    const left = options.filter((option) => matches(option, typed));
    if (left.length === 0) return [];
    return heading ? [{ heading }, ...left] : left;
  });
}

/** Looks up options while the reader types; an older answer never replaces a newer one. */
function useLookup(load, typed, minimum) {
  const [state, setState] = useState({ groups: [], loading: false, trouble: null });
  const turn = useRef(0);
  useEffect(() => {
    if (!load) return undefined;
    turn.current += 1;
    const mine = turn.current;
    if (typed.length < minimum) {
      setState({ groups: [], loading: false, trouble: null });
      return undefined;
    }
    setState((old) => ({ ...old, loading: true }));
    const timer = setTimeout(async () => {
      const next = { groups: [], loading: false, trouble: null };
      try {
        next.groups = await load(typed);
      } catch (refused) {
        next.trouble = refused.message;
      }
      if (mine === turn.current) setState(next);
    }, typed ? 150 : 0);
    return () => clearTimeout(timer);
  }, [typed]);
  return state;
}

function hintFor({ load, typed, minimum, rows, loading, trouble }) {
  if (trouble) return trouble;
  if (loading) return 'Looking…';
  if (load && typed.length < minimum) return `Type at least ${minimum} ${minimum === 1 ? 'character' : 'characters'}.`;
  return rows.length ? null : 'Nothing matches.';
}

/** A click on a choice leaves the focus in the field above it. */
const keepFocus = (event) => event.preventDefault();

function List({ id, groups, load, minimum = 0, chosen, many, label, onPick, onClose }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef(null);
  const found = useLookup(load, typed, minimum);
  const rows = load ? found.groups.flatMap((g) => (g.heading ? [{ heading: g.heading }, ...g.options] : g.options)) : rowsOf(groups, typed);
  const options = rows.filter((row) => !row.heading);
  const hint = hintFor({ load, typed, minimum, rows, ...found });

  useEffect(() => field.current?.focus(), []);
  useEffect(() => setAt(0), [typed]);
  useEffect(() => document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [at]);

  const keys = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setAt((old) => (options.length ? (old + by + options.length) % options.length : 0));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (options[at]) onPick(options[at]);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      onClose(true);
    }
  };

  return html`<div class="choices">
    <input class="choices-find" ref=${field} type="text" role="combobox" aria-expanded="true" aria-controls=${id} aria-label=${`Find in ${label}`}
      aria-activedescendant=${options.length ? `${id}-${at}` : null} autocomplete="off" placeholder="Find" value=${typed}
      onInput=${(event) => setTyped(event.target.value)} onKeyDown=${keys} />
    <div class="choices-list" id=${id} role="listbox" aria-label=${label} aria-multiselectable=${many ? 'true' : null}>
      ${rows.map((row) => {
        if (row.heading) return html`<div class="menu-heading" role="presentation">${row.heading}</div>`;
        const index = options.indexOf(row);
        const on = chosen.includes(row.value);
        return html`<div class=${`choice ${index === at ? 'at' : ''}`} id=${`${id}-${index}`} role="option" aria-selected=${String(on)}
          data-value=${row.value} onPointerDown=${keepFocus} onMouseDown=${keepFocus} onClick=${() => onPick(row)} onMouseMove=${() => setAt(index)}>
          <span class="tick" aria-hidden="true">${on ? '✓' : ''}</span><span>${row.label}${row.note ? html`<small>${row.note}</small>` : null}</span></div>`;
      })}
      ${hint ? html`<div class="choices-hint" role="status">${hint}</div>` : null}
    </div></div>`;
}

/**
 * `groups` is [{heading, options: [{value, label, note}]}]; `load(typed)` returns
 * the same and is used instead if given. `chosen` holds options.
 */
export function Combobox({ label, placeholder, groups, load, minimum, chosen, many, onPick, onDrop, id: fieldId, testid, ...data }) {
  const [open, setOpen] = useState(false);
  const button = useRef(null);
  const id = useRef(null);
  id.current ??= `list-${serial += 1}`;

  const close = (refocus) => {
    setOpen(false);
    if (refocus) button.current?.focus();
  };
  const pick = (option) => {
    onPick(option);
    if (!many) close(true);
  };
  const keys = (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setOpen(true);
  };
  const shown = many ? '' : chosen[0]?.label;
  return html`<span class=${`combo ${many ? 'many' : ''}`}>
    ${many ? chosen.map((option) => html`<span class="chip">${option.label}
      <button type="button" class="chip-x" aria-label=${`Remove ${option.label}`} onClick=${() => onDrop(option)}>×</button></span>`) : null}
    <button type="button" ref=${button} id=${fieldId} class=${`combo-button ${shown ? '' : 'empty'}`} role="combobox" aria-haspopup="listbox" aria-expanded=${String(open)}
      aria-controls=${id.current} aria-label=${shown ? `${label}: ${shown}` : label} data-testid=${testid} ...${data} onClick=${() => setOpen(!open)} onKeyDown=${keys}>
      <span>${shown || placeholder || 'Choose an option'}</span><${Icon} name="down" /></button>
    ${open ? html`<${Popover} anchor=${button.current} onClose=${close} className="choices-pop">
      <${List} id=${id.current} groups=${groups ?? []} load=${load} minimum=${minimum} label=${label} many=${many}
        chosen=${chosen.map((option) => option.value)} onPick=${pick} onClose=${close} /><//>` : null}</span>`;
}
