// Block elements by type. A new element is one entry in `drawings`.
import { html } from './h.js';
import { Icon } from './icons.js';
import { DateTimePicker, MomentPicker, RichTextInput, TextInput } from './inputs.js';
import { MenuButton } from './popover.js';
import { Select } from './selects.js';
import { useSurface } from './surface.js';
import { Text } from './text.js';
import { WithEmoji } from './emoji.js';
import { useWorld } from './world.js';

const hooks = (block, element) => ({ 'data-action': element.action_id, 'data-block': block.block_id });

function openLink(url) {
  if (/^https?:/i.test(url ?? '')) window.open(url, '_blank', 'noopener,noreferrer');
}

function Button({ block, element }) {
  const surface = useSurface();
  const world = useWorld();
  if (element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(world.me?.id)) return null;
  const busy = surface.busy(block, element);
  const click = () => {
    if (element.url) openLink(element.url);
    surface.click(block, element, element.value === undefined ? {} : { value: element.value });
  };
  return html`<button type="button" class=${`button ${element.style ?? ''} ${busy ? 'busy' : ''}`} aria-label=${element.accessibility_label}
    title=${element.text?.text?.length > 30 ? element.text.text : null} aria-busy=${busy ? 'true' : null} ...${hooks(block, element)} onClick=${click}>
    <span><${Text} of=${element.text} /></span></button>`;
}

function Overflow({ block, element }) {
  const surface = useSurface();
  const items = (element.options ?? []).map((option) => ({
    label: html`<${Text} of=${option.text} />`, note: option.description?.text, value: option.value,
    pick: () => {
      if (option.url) openLink(option.url);
      surface.click(block, element, { selected_option: option });
    },
  }));
  return html`<${MenuButton} label=${element.accessibility_label ?? 'More actions'} className="button overflow" items=${items} ...${hooks(block, element)}><${Icon} name="more" /><//>`;
}

function Choices({ block, element, label }) {
  const surface = useSurface();
  const many = element.type === 'checkboxes';
  const value = surface.value(block, element);
  const isOn = (option) => (many ? (value ?? []).some((entry) => entry.value === option.value) : value?.value === option.value);
  const change = (option) => {
    if (!many) return surface.choose(block, element, option);
    const rest = (value ?? []).filter((entry) => entry.value !== option.value);
    return surface.choose(block, element, isOn(option) ? rest : [...rest, option]);
  };
  const name = `${surface.key}/${block.block_id}/${element.action_id}`;
  return html`<div class="boxes" role=${many ? 'group' : 'radiogroup'} aria-label=${label} ...${hooks(block, element)}>${(element.options ?? []).map((option) => html`
    <label class="box"><input type=${many ? 'checkbox' : 'radio'} name=${name} value=${option.value} checked=${isOn(option)} onChange=${() => change(option)} />
      <span><${Text} of=${option.text} />${option.description ? html`<small><${Text} of=${option.description} /></small>` : null}</span></label>`)}</div>`;
}

/** Pictures from elsewhere are never fetched, so their words stand in for them. */
export function Picture({ url, alt, className }) {
  const own = /^(?:data:image\/|\/(?!\/))/.test(url ?? '');
  if (own) return html`<img class=${className} src=${url} alt=${alt ?? ''} />`;
  return html`<span class=${`${className} no-picture`} role="img" aria-label=${alt} title=${url}>${alt || 'picture'}</span>`;
}

function FeedbackButtons({ block, element }) {
  const surface = useSurface();
  return ['positive_button', 'negative_button'].filter((kind) => element[kind]).map((kind) => html`
    <button type="button" class="button quiet" aria-label=${element[kind].accessibility_label ?? element[kind].text?.text} title=${element[kind].text?.text}
      ...${hooks(block, element)} onClick=${() => surface.click(block, element, { value: element[kind].value })}><${Icon} name=${kind === 'positive_button' ? 'good' : 'bad'} /></button>`);
}

function IconButton({ block, element }) {
  const surface = useSurface();
  return html`<button type="button" class="button quiet" aria-label=${element.accessibility_label ?? element.text?.text} title=${element.text?.text}
    ...${hooks(block, element)} onClick=${() => surface.click(block, element, { value: element.value })}><${Icon} name="trash" /></button>`;
}

const notDrawn = ({ element }) => html`<span class="undrawn">[${String(element?.type)} is not drawn here]</span>`;

const drawings = {
  button: Button,
  workflow_button: Button,
  overflow: Overflow,
  checkboxes: Choices,
  radio_buttons: Choices,
  static_select: Select,
  external_select: Select,
  users_select: Select,
  channels_select: Select,
  conversations_select: Select,
  multi_static_select: Select,
  multi_external_select: Select,
  multi_users_select: Select,
  multi_channels_select: Select,
  multi_conversations_select: Select,
  datepicker: MomentPicker,
  timepicker: MomentPicker,
  datetimepicker: DateTimePicker,
  plain_text_input: TextInput,
  number_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  rich_text_input: RichTextInput,
  image: ({ element }) => html`<${Picture} url=${element.image_url} alt=${element.alt_text} className="small-picture" />`,
  mrkdwn: ({ element }) => html`<${Text} of=${element} />`,
  plain_text: ({ element }) => html`<${Text} of=${element} />`,
  url: ({ element }) => html`<span class="source"><${WithEmoji} text=${element.text ?? element.url} /></span>`,
  feedback_buttons: FeedbackButtons,
  icon_button: IconButton,
};

function Trouble({ text }) {
  return html`<span class="trouble" role="img" aria-label=${`This did not work: ${text}`} title=${text} data-testid="trouble"><${Icon} name="warn" /></span>`;
}

/** Any element, with the warning sign if its last click failed. */
export function Element({ block, element, ...rest }) {
  const surface = useSurface();
  const Draw = drawings[element?.type] ?? notDrawn;
  const trouble = element?.action_id ? surface?.trouble(block, element) : null;
  const node = html`<${Draw} key=${element?.action_id} block=${block} element=${element} ...${rest} />`;
  return trouble ? html`<span class="troubled">${node}<${Trouble} text=${trouble} /></span>` : node;
}
