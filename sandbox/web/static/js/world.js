// Who reads this page, and the names behind the ids. Handed down by context,
// because text needs them at every depth.
import { createContext, useContext } from './h.js';
import { emojiCharacter } from './emoji.js';
import { fillDate } from './time.js';

export const World = createContext(null);
export const useWorld = () => useContext(World);

/** Builds the world of one reader from the workspace and what that reader sees. */
export function makeWorld(workspace, view, userId, goTo) {
  const users = new Map(workspace.users.map((user) => [user.id, user]));
  const channels = new Map((view?.channels ?? []).map((channel) => [channel.id, channel]));
  const groups = new Map((workspace.usergroups ?? []).map((group) => [group.id, group]));
  const me = users.get(userId);
  const botId = workspace.app.bot_user_id;
  const world = {
    workspace, users, channels, me, botId, goTo,
    app: workspace.app,
    zone: me?.tz || 'UTC',
    now: () => sandboxNow(workspace),
    displayName: (id) => (id === botId ? workspace.app.name : users.get(id)?.real_name ?? users.get(id)?.name ?? id),
    handle: (id) => (id === botId ? workspace.app.name : users.get(id)?.name),
    names: {
      user: (id) => world.handle(id),
      channel: (id) => channels.get(id)?.name,
      group: (id) => groups.get(id)?.handle ?? groups.get(id)?.name,
      emoji: emojiCharacter,
    },
    date: (node) => fillDate(node.ts, node.format, world.zone, world.now()),
  };
  return world;
}

/** Unix seconds of the sandbox's clock, which may run faster than ours and may have been moved. */
export function sandboxNow(workspace) {
  const told = typeof workspace.now === 'number' ? workspace.now : Date.parse(workspace.now) / 1000;
  if (!Number.isFinite(told)) return Date.now() / 1000;
  const since = ((Date.now() - (workspace.readAt ?? Date.now())) / 1000) * (workspace.time_scale || 1);
  return told + since;
}

const words = { owner: 'owner', admin: 'admin', member: 'member', guest: 'guest', external: 'other organisation' };

/** A person's role, in a word. */
export const roleWord = (user) => user?.title || words[user?.role] || user?.role || 'member';

/** The commands an app offers, whichever way the workspace lists them. */
export function appCommands(app) {
  const list = app.commands ?? (app.command ? [app.command] : []);
  return list.map((entry) => (typeof entry === 'string' ? { command: entry } : entry))
    .map((entry) => ({ ...entry, usage: entry.usage_hint ?? entry.usage ?? '' }));
}
