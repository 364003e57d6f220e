// The ten selects of Block Kit, each as a Combobox with its own options.
import { html } from './h.js';
import { Combobox } from './combobox.js';
import { useSurface } from './surface.js';
import { useWorld } from './world.js';

const toOption = (option) => ({ value: option.value, label: option.text?.text ?? option.value, note: option.description?.text, raw: option });

/** Options or groups of options, as an app writes them. */
export function toGroups({ options, option_groups: groups }) {
  if (groups) return groups.map((group) => ({ heading: group.label?.text, options: (group.options ?? []).map(toOption) }));
  return [{ options: (options ?? []).map(toOption) }];
}

const personOption = (user) => ({ value: user.id, label: user.real_name ?? user.name, note: `@${user.name}` });
const channelOption = (channel, world) => (channel.kind === 'im'
  ? { value: channel.id, label: world.displayName(channel.im_user), note: 'direct message' }
  : { value: channel.id, label: `#${channel.name}`, note: channel.kind === 'private' ? 'private' : null });

const kinds = { im: 'im', private: 'private', public: 'public' };

/** The conversations an element's filter lets through. */
function conversations(element, world) {
  const { include, exclude_external_shared_channels: noShared, exclude_bot_users: noBots } = element.filter ?? {};
  return [...world.channels.values()].filter((channel) => !channel.archived
    && (!include || include.includes(kinds[channel.kind]))
    && !(noShared && channel.shared)
    && !(noBots && channel.kind === 'im' && channel.im_user === world.botId));
}

/** What an element offers, and how one chosen id looks. */
function source(element, world) {
  const base = element.type.replace('multi_', '').replace('_select', '');
  switch (base) {
    case 'users': {
      const options = [...world.users.values()].filter((user) => !user.deactivated).map(personOption);
      return { options, ids: true };
    }
    case 'channels':
      return { options: [...world.channels.values()].filter((c) => c.kind === 'public' && !c.archived).map((c) => channelOption(c, world)), ids: true };
    case 'conversations':
      return { options: conversations(element, world).map((c) => channelOption(c, world)), ids: true };
    default:
      return { ids: false, lookup: base === 'external' };
  }
}

/** Any of the selects. */
export function Select({ block, element, id, label }) {
  const surface = useSurface();
  const world = useWorld();
  const many = element.type.startsWith('multi_');
  const { options, ids, lookup } = source(element, world);
  const value = surface.value(block, element);
  const values = many ? value ?? [] : value ? [value] : [];
  const asOption = (entry) => {
    if (!ids) return toOption(entry);
    return options.find((option) => option.value === entry) ?? { value: entry, label: entry };
  };
  const chosen = values.map(asOption);
  const out = (option) => (ids ? option.value : option.raw);
  const same = (option) => (entry) => (ids ? entry : entry.value) === option.value;

  const pick = (option) => {
    if (!many) return surface.choose(block, element, out(option));
    const without = values.filter((entry) => !same(option)(entry));
    if (without.length < values.length) return surface.choose(block, element, without);
    if (element.max_selected_items && values.length >= element.max_selected_items) return undefined;
    return surface.choose(block, element, [...values, out(option)]);
  };
  const drop = (option) => surface.choose(block, element, values.filter((entry) => !same(option)(entry)));

  return html`<${Combobox} id=${id} label=${label || element.placeholder?.text || 'Choose'} placeholder=${element.placeholder?.text}
    groups=${ids ? [{ options }] : toGroups(element)} chosen=${chosen} many=${many} minimum=${lookup ? element.min_query_length ?? 3 : 0}
    load=${lookup ? async (typed) => toGroups(await surface.suggest(block, element, typed)) : null}
    onPick=${pick} onDrop=${drop} data-action=${element.action_id} data-block=${block.block_id} />`;
}
