// Who is looking, what they see, where they are: the state of the chat side and everything that changes it.
import { coalesce, listen, slack } from './api.js';
import { keepUser, lastUser } from './prefs.js';
import { createStore, keepSame } from './store.js';
import { forget } from './surface.js';
import { sandboxNow } from './world.js';

export const session = createStore({
  workspace: null, user: null, screen: null, noticeFloor: 0,
  place: null, thread: null, drawer: null, connected: true, toast: null, said: '',
});

let stopListening = () => {};

/** The place called "home" is the app's Home tab; every other place is a conversation's id. */
export const HOME = 'home';

/** The reader's conversation with the app, which is its Messages tab. */
export const appChannel = ({ workspace, screen }) => screen?.channels.find((c) => c.kind === 'im' && c.im_user === workspace.app.bot_user_id) ?? null;

async function readWorkspace() {
  const workspace = await slack.get('/workspace');
  session.set({ workspace: { ...workspace, readAt: Date.now() } });
}

const readScreen = coalesce(async () => {
  const { user, screen: before } = session.get();
  if (!user) return;
  const after = await slack.get(`/view?user=${encodeURIComponent(user)}`);
  if (session.get().user !== user) return;
  forgetClosedForms(before, after);
  session.set({ screen: keepSame(before, after) });
  speakNews(before, after);
  settlePlace();
});

function forgetClosedForms(before, after) {
  const open = new Set((after.views ?? []).map((view) => view.id));
  for (const view of before?.views ?? []) if (!open.has(view.id)) forget(`view:${view.id}`);
}

/** New messages where the reader is go to the live region, in the words a screen reader gets. */
function speakNews(before, after) {
  const { place, user, workspace } = session.get();
  const old = new Set((before?.messages?.[place] ?? []).map((message) => message.ts));
  if (!before) return;
  const news = (after.messages?.[place] ?? []).filter((m) => !old.has(m.ts) && m.user !== user);
  if (news.length === 0) return;
  const name = (id) => (id === workspace.app.bot_user_id ? workspace.app.name : workspace.users.find((u) => u.id === id)?.real_name ?? '');
  session.set({ said: news.map((m) => `${name(m.user)}: ${m.text}`).join(' ') });
}

/** Chooses a place if there is none, and marks what the reader looks at as read. */
function settlePlace() {
  const { place, screen, user } = session.get();
  const channels = screen.channels ?? [];
  if (place !== HOME && !channels.some((c) => c.id === place)) {
    const first = channels.find((c) => c.name === 'team') ?? channels.find((c) => c.is_member !== false && c.kind !== 'im') ?? channels[0];
    session.set({ place: first?.id ?? HOME, thread: null });
    return settlePlace();
  }
  const here = channels.find((c) => c.id === place);
  if (here?.unread && document.visibilityState === 'visible') slack.post('/act/read', { user, channel: here.id }).catch(() => {});
  return undefined;
}

/** Starts the page: the workspace, then the person last chosen or named in the address. */
export async function start() {
  await readWorkspace();
  const { workspace } = session.get();
  const [user, place, thread] = decodeURIComponent(location.hash.slice(1)).split('/');
  const known = (id) => workspace.users.some((u) => u.id === id && !u.is_bot);
  const first = workspace.users.find((u) => !u.is_bot)?.id;
  session.set({ place: place || null, thread: thread ? { channel: place, ts: thread } : null });
  await chooseUser([user, lastUser(), first].find(known), true);
  session.watch(writeAddress);
  writeAddress(session.get());
}

function writeAddress({ user, place, thread }) {
  const address = `#${[user, place, thread?.ts].filter(Boolean).join('/')}`;
  if (location.hash !== address) history.replaceState(null, '', address);
}

/** Looks at everything as another person. */
export async function chooseUser(id, keepPlace = false) {
  stopListening();
  session.set({ user: id, screen: null, drawer: null, toast: null, ...(keepPlace ? {} : { thread: null }) });
  keepUser(id);
  await readScreen();
  const top = Math.max(0, ...(session.get().screen?.notices ?? []).map((notice) => notice.seq ?? 0));
  session.set({ noticeFloor: top });
  stopListening = listen(`/slack/events?user=${encodeURIComponent(id)}`, ['change'], heard, (connected) => {
    if (connected) refresh(); // something may have changed before the stream was open
    session.set({ connected });
  });
  if (session.get().place === HOME) openHome();
}

function heard(change) {
  if (['clock', 'user', 'reload'].includes(change.kind)) readWorkspace().catch(() => {});
  refresh();
}

/** Reads again what the reader sees. */
export const refresh = () => readScreen().catch((refused) => {
  session.set({ connected: refused.status !== 0, toast: refused.status === 0 ? null : refused.message });
});

const openHome = () => slack.post('/act/home', { user: session.get().user, tab: 'home' }).catch(tell);

/** Opens a conversation, or the app's Home tab. */
export function goTo(place) {
  session.set({ place, thread: null, drawer: null, toast: null });
  const state = session.get();
  if (place === HOME) openHome();
  else if (place === appChannel(state)?.id) slack.post('/act/home', { user: state.user, tab: 'messages' }).catch(() => {});
  settlePlace();
}

export const openThread = (channel, ts) => session.set({ thread: { channel, ts }, place: channel, drawer: null });
export const closeThread = () => session.set({ thread: null });
export const showDrawer = (drawer) => session.set({ drawer: session.get().drawer === drawer ? null : drawer });

/** Says something in one line at the bottom, until it is dismissed. */
export const tell = (refused) => session.set({ toast: typeof refused === 'string' ? refused : refused.message });
export const dismiss = () => session.set({ toast: null });

/** Sends what was typed. Resolves to a refusal in words, or to null. */
export async function type(channel, threadTs, text) {
  const { user } = session.get();
  try {
    const answer = await slack.post('/act/type', { user, channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
    if (answer.ok === false) return answer.error ?? 'That was not sent.';
    refresh();
    return null;
  } catch (refused) {
    return refused.message;
  }
}

/** Runs a shortcut, global or on a message. */
export const runShortcut = (callbackId, channel, ts) => slack.post('/act/shortcut', {
  user: session.get().user, callback_id: callbackId, ...(channel ? { channel, message_ts: ts } : {}),
}).then((answer) => { if (answer.ok === false) tell(answer.error); }, tell);

/** Joins or leaves a channel. */
export const membership = (verb, channel) => slack.post(`/act/${verb}`, { user: session.get().user, channel }).then(refresh, tell);

/** What Slack's own client has told the reader since the page was opened. */
export function freshNotices({ screen, noticeFloor }) {
  return (screen?.notices ?? []).filter((notice) => (notice.seq ?? 0) > noticeFloor);
}

/** Seconds on the sandbox's clock. */
export const now = () => sandboxNow(session.get().workspace);
