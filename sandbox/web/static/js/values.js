// What each stateful element holds: the field its value travels in, the field
// its first value comes from, and what "nothing chosen" looks like.
// Source: docs.slack.dev/reference/block-kit/block-elements

const text = ['value', 'initial_value', null];
const kinds = {
  plain_text_input: text,
  number_input: text,
  email_text_input: text,
  url_text_input: text,
  rich_text_input: ['rich_text_value', 'initial_value', null],
  file_input: ['files', 'initial_files', []],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  checkboxes: ['selected_options', 'initial_options', []],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  users_select: ['selected_user', 'initial_user', null],
  channels_select: ['selected_channel', 'initial_channel', null],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  multi_users_select: ['selected_users', 'initial_users', []],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
};

export const isStateful = (element) => Boolean(kinds[element?.type]);

/** The name of the field that holds this element's value. */
export const fieldOf = (element) => kinds[element.type][0];

/** What the element starts with. `here` is the channel the reader is in. */
function initial(element, here) {
  const [, from, empty] = kinds[element.type];
  if (element[from] !== undefined) return element[from];
  if (element.default_to_current_conversation && here) return Array.isArray(empty) ? [here] : here;
  return empty;
}

/** The element's value: what the reader entered, else what it started with. */
export function valueOf(element, entered, here) {
  const field = fieldOf(element);
  return entered && field in entered ? entered[field] : initial(element, here);
}

/** Every stateful element with its block, wherever a block may hold one. */
export function statefulElements(blocks) {
  const found = [];
  for (const block of blocks ?? []) {
    for (const element of [block.element, block.accessory, ...(block.elements ?? []), ...(block.actions ?? [])]) {
      if (isStateful(element)) found.push({ block, element });
    }
    if (block.child_blocks) found.push(...statefulElements(block.child_blocks));
  }
  return found;
}

/** state.values as Slack sends it: block_id → action_id → {type, field: value}. */
export function stateValues(blocks, entered, here) {
  const values = {};
  for (const { block, element } of statefulElements(blocks)) {
    const value = valueOf(element, entered?.[block.block_id]?.[element.action_id], here);
    values[block.block_id] ??= {};
    values[block.block_id][element.action_id] = { type: element.type, [fieldOf(element)]: value };
  }
  return values;
}

/** Entries whose element is gone are dropped, so that they cannot come back under the same ids. */
export function prune(blocks, entered) {
  const kept = {};
  for (const { block, element } of statefulElements(blocks)) {
    const value = entered[block.block_id]?.[element.action_id];
    if (value !== undefined) (kept[block.block_id] ??= {})[element.action_id] = value;
  }
  return kept;
}

/** Labels of the required inputs that are still empty, by block_id. */
export function missing(blocks, entered, here) {
  const labels = {};
  for (const block of blocks ?? []) {
    if (block.type !== 'input' || block.optional || !isStateful(block.element)) continue;
    const value = valueOf(block.element, entered?.[block.block_id]?.[block.element.action_id], here);
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
      labels[block.block_id] = 'Please complete this required field.';
    }
  }
  return labels;
}
