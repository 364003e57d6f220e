// Where one writes: a growing field with offers, the command's hint, shortcuts, and what was refused.
import { html, useEffect, useLayoutEffect, useRef, useState } from './h.js';
import { complete, usageOf } from './complete.js';
import { Icon } from './icons.js';
import { MenuButton } from './popover.js';
import { runShortcut, type } from './session.js';
import { noteTyped } from './tour.js';
import { useWorld } from './world.js';

const drafts = new Map();
const history = [];

function Offers({ offers, at, onPick, onHover, id }) {
  return html`<div class="offers" id=${id} role="listbox" aria-label="Suggestions">${offers.map((offer, index) => html`
    <div class=${`choice ${index === at ? 'at' : ''}`} id=${`${id}-${index}`} key=${offer.key} role="option" aria-selected=${String(index === at)}
      onPointerDown=${(event) => { event.preventDefault(); onPick(offer); }} onMouseMove=${() => onHover(index)}>
      <b>${offer.label}</b> <span class="muted">${offer.note}</span></div>`)}</div>`;
}

function Shortcuts() {
  const world = useWorld();
  const items = (world.app.shortcuts ?? []).filter((entry) => entry.type === 'global')
    .map((entry) => ({ label: entry.name, note: entry.description, value: entry.callback_id, pick: () => runShortcut(entry.callback_id) }));
  if (items.length === 0) return null;
  return html`<${MenuButton} label="Shortcuts" className="icon-button" items=${[{ heading: `Shortcuts of ${world.app.name}` }, ...items]} data-testid="global-shortcuts"><${Icon} name="spark" /><//>`;
}

function Hint({ text, refused }) {
  const world = useWorld();
  if (refused) return html`<p class="composer-hint refused" role="alert" data-testid="refused"><${Icon} name="warn" />${refused}</p>`;
  const usage = usageOf(text, world);
  if (usage) return html`<p class="composer-hint"><code>${usage.command} ${usage.usage}</code> ${usage.description}</p>`;
  return html`<p class="composer-hint idle"><span><b>Enter</b> sends, <b>Shift Enter</b> makes a new line</span></p>`;
}

/** The composer of a conversation or of one of its threads. */
export function Composer({ channel, threadTs }) {
  const world = useWorld();
  const key = `${world.me.id}/${channel.id}/${threadTs ?? ''}`;
  const field = useRef(null);
  const caret = useRef(null);
  const sent = useRef(false);
  const [text, setText] = useState(drafts.get(key) ?? '');
  const [before, setBefore] = useState('');
  const [at, setAt] = useState(0);
  const [quiet, setQuiet] = useState(false);
  const [refused, setRefused] = useState(null);
  const [sending, setSending] = useState(false);
  const { offers, from } = complete(before, world);
  const offering = !quiet && offers.length > 0 && !(offers.length === 1 && offers[0].insert.trim() === before.slice(from));
  const id = `offers-${threadTs ? 'thread' : 'main'}`;

  useEffect(() => { drafts.set(key, text); }, [key, text]);
  useLayoutEffect(() => {
    const box = field.current;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 220)}px`;
    if (caret.current !== null) box.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [text]);

  const change = (value, position) => {
    setText(value);
    setBefore(value.slice(0, position));
    setAt(0);
    setQuiet(false);
    setRefused(null);
  };
  const pick = (offer) => {
    const rest = text.slice(before.length);
    const next = before.slice(0, from) + offer.insert;
    caret.current = next.length;
    change(next + rest, next.length);
    field.current.focus();
  };
  const send = async () => {
    const words = text.trim();
    if (!words || sending) return;
    setSending(true);
    const problem = await type(channel.id, threadTs, words);
    setSending(false);
    if (problem) {
      setRefused(problem);
      return;
    }
    noteTyped(words);
    history.push(words);
    change('', 0);
    field.current?.focus();
  };
  /** Enter that sends makes no new line, also where a keyboard reports the two apart. */
  const noLine = (event) => { if (event.inputType === 'insertLineBreak' && sent.current) event.preventDefault(); };
  const keys = (event) => {
    if (event.isComposing) return;
    sent.current = event.key === 'Enter' && !event.shiftKey;
    if (offering && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((at + (event.key === 'ArrowDown' ? 1 : -1) + offers.length) % offers.length);
    } else if (offering && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) {
      event.preventDefault();
      pick(offers[at]);
    } else if (offering && event.key === 'Escape') {
      setQuiet(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && text === '' && history.length) {
      event.preventDefault();
      change(history.at(-1), history.at(-1).length);
    }
  };
  const name = channel.kind === 'im' ? world.displayName(channel.im_user) : `#${channel.name}`;
  return html`<form class="composer" onSubmit=${(event) => { event.preventDefault(); send(); }}>
    ${offering ? html`<${Offers} id=${id} offers=${offers} at=${at} onPick=${pick} onHover=${setAt} />` : null}
    <div class="composer-box">
      <textarea ref=${field} rows="1" value=${text} placeholder=${threadTs ? 'Reply…' : `Message ${name}`} aria-label=${threadTs ? 'Reply in thread' : `Message ${name}`}
        data-testid=${threadTs ? 'thread-composer' : 'composer'} role="combobox" aria-expanded=${String(offering)} aria-autocomplete="list" aria-controls=${id}
        aria-activedescendant=${offering ? `${id}-${at}` : null}
        onInput=${(event) => change(event.target.value, event.target.selectionStart)} onKeyDown=${keys} onBeforeInput=${noLine}></textarea>
      <div class="composer-bar">${threadTs ? null : html`<${Shortcuts} />`}
        <button class=${`send ${text.trim() ? 'ready' : ''}`} type="submit" aria-label="Send" title="Send" disabled=${!text.trim() || sending}><${Icon} name="send" /></button></div></div>
    <${Hint} text=${text} refused=${refused} /></form>`;
}
