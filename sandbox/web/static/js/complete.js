// What the composer offers while one types: commands, people, channels, emoji.
import { findEmoji } from './emoji.js';
import { appCommands } from './world.js';

const most = 8;

const begins = (text, typed) => text.toLowerCase().startsWith(typed.toLowerCase());

function commands(typed, world) {
  return appCommands(world.app).filter((entry) => begins(entry.command, typed)).map((entry) => ({
    key: entry.command, label: entry.command, note: [entry.usage, entry.description].filter(Boolean).join(' · '), insert: `${entry.command} `,
  }));
}

function people(typed, world) {
  const bot = { name: world.handle(world.botId), real_name: `${world.app.name} (app)`, id: world.botId };
  const found = [bot, ...world.users.values()].filter((user, index) => (index === 0 || user.id !== world.botId)
    && (begins(user.name ?? '', typed) || begins(user.real_name ?? '', typed)));
  return found.slice(0, most).map((user) => ({ key: user.id, label: `@${user.name}`, note: user.real_name, insert: `@${user.name} ` }));
}

function channels(typed, world) {
  return [...world.channels.values()].filter((c) => c.kind !== 'im' && begins(c.name, typed)).slice(0, most)
    .map((c) => ({ key: c.id, label: `#${c.name}`, note: c.kind === 'private' ? 'private' : '', insert: `#${c.name} ` }));
}

const emoji = (typed) => findEmoji(typed, most).map(({ name, character }) => ({ key: name, label: `${character} :${name}:`, note: '', insert: `:${name}: ` }));

const triggers = [
  { test: /^(\/[\w-]*)$/, offer: commands },
  { test: /(?:^|\s)@([\w.-]*)$/, offer: people, mark: '@' },
  { test: /(?:^|\s)#([\w-]*)$/, offer: channels, mark: '#' },
  { test: /(?:^|\s):([a-z0-9_+-]{2,})$/, offer: emoji, mark: ':' },
];

/** Offers for the text before the caret: {offers, from}, where from is the place to replace from. */
export function complete(before, world) {
  for (const { test, offer, mark } of triggers) {
    const match = test.exec(before);
    if (match) return { offers: offer(match[1], world), from: before.length - match[1].length - (mark ? 1 : 0) };
  }
  return { offers: [], from: before.length };
}

/** The usage line of a command that has been typed in full, or null. */
export function usageOf(text, world) {
  const [word] = text.split(/\s/, 1);
  const entry = appCommands(world.app).find((one) => one.command === word);
  return entry && /\s/.test(text) ? entry : null;
}
