// Elements that a person types into or picks a moment with.
import { html, useEffect, useRef } from './h.js';
import { useSurface } from './surface.js';
import { fromWall, toWall } from './time.js';
import { useWorld } from './world.js';

const hooks = (block, element) => ({ 'data-action': element.action_id, 'data-block': block.block_id });
const modes = { number_input: 'decimal', email_text_input: 'email', url_text_input: 'url' };
const pause = 400;

/** Tells the app about typing where the block asks for it: on Enter, or after each pause. */
function useTyping(block, element) {
  const surface = useSurface();
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const tell = () => {
    clearTimeout(timer.current);
    surface.choose(block, element, surface.value(block, element));
  };
  return {
    typed(value) {
      surface.hold(block, element, value === '' ? null : value);
      if (!block.dispatch_action || !triggers.includes('on_character_entered')) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => surface.choose(block, element, value === '' ? null : value), pause);
    },
    keys(event) {
      if (event.key !== 'Enter' || event.isComposing || element.multiline) return;
      if (!block.dispatch_action || !triggers.includes('on_enter_pressed')) return;
      event.preventDefault();
      event.stopPropagation();
      tell();
    },
  };
}

function Count({ value, most }) {
  if (!most || value.length < most * 0.8) return null;
  return html`<span class=${value.length > most ? 'count over' : 'count'} aria-live="polite">${most - value.length} left</span>`;
}

/** plain_text_input, number_input, email_text_input, url_text_input. */
export function TextInput({ block, element, id, described }) {
  const surface = useSurface();
  const { typed, keys } = useTyping(block, element);
  const value = surface.value(block, element) ?? '';
  const wrong = surface.errors[block.block_id];
  const common = {
    id, value, placeholder: element.placeholder?.text, onInput: (event) => typed(event.target.value), onKeyDown: keys,
    'aria-invalid': wrong ? 'true' : null, 'aria-describedby': described, 'data-autofocus': element.focus_on_load ? '' : null, ...hooks(block, element),
  };
  const field = element.multiline
    ? html`<textarea class="field" rows="4" ...${common}></textarea>`
    : html`<input class="field" type="text" inputmode=${modes[element.type]} autocomplete="off" ...${common} />`;
  return html`<span class="text-input">${field}<${Count} value=${value} most=${element.max_length} /></span>`;
}

/** rich_text_input, without its toolbar: plain words in one section. */
export function RichTextInput({ block, element, id, described }) {
  const surface = useSurface();
  const value = surface.value(block, element);
  const text = (value?.elements ?? []).flatMap((part) => part.elements ?? []).map((leaf) => leaf.text ?? '').join('');
  const change = (event) => surface.hold(block, element, event.target.value === '' ? null : {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: event.target.value }] }],
  });
  return html`<textarea class="field" rows="4" id=${id} placeholder=${element.placeholder?.text} value=${text} onInput=${change} aria-describedby=${described} ...${hooks(block, element)}></textarea>`;
}

/** datepicker and timepicker: the browser's own. */
export function MomentPicker({ block, element, id, label, described }) {
  const surface = useSurface();
  const type = element.type === 'datepicker' ? 'date' : 'time';
  const name = label || element.placeholder?.text || (type === 'date' ? 'Date' : 'Time');
  const change = (event) => surface.choose(block, element, event.target.value || null);
  return html`<input class="field picker" type=${type} id=${id} aria-label=${id ? null : name} title=${element.timezone ? `Time in ${element.timezone}` : null}
    value=${surface.value(block, element) ?? ''} onChange=${change} aria-describedby=${described} ...${hooks(block, element)} />`;
}

/** datetimepicker: Unix seconds outside, the reader's wall clock inside. */
export function DateTimePicker({ block, element, id, label, described }) {
  const surface = useSurface();
  const world = useWorld();
  const value = surface.value(block, element);
  const change = (event) => surface.choose(block, element, event.target.value ? fromWall(event.target.value, world.zone) : null);
  return html`<input class="field picker" type="datetime-local" id=${id} aria-label=${id ? null : label || 'Date and time'}
    value=${value ? toWall(value, world.zone) : ''} onChange=${change} aria-describedby=${described} ...${hooks(block, element)} />`;
}
