// The middle of the page: one conversation, oldest first, and its thread beside it.
import { html, useEffect, useLayoutEffect, useRef } from './h.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { Message } from './message.js';
import { closeThread, freshNotices, membership, session } from './session.js';
import { useStore } from './store.js';
import { clock, dayHeading, dayNumber } from './time.js';
import { useWorld } from './world.js';

const at = (item) => Number(item.ts ?? Date.parse(item.at) / 1000);
const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts || message.broadcast;
const inThreadOf = (ts) => (message) => message.ts === ts || message.thread_ts === ts;
const warnings = ['warning_triangle'];

/** Messages and the client's own notices of one conversation, in order of time. */
function timeline(messages, notices, channel) {
  const said = notices.filter((n) => n.channel === channel && !n.view_id && !warnings.includes(n.kind));
  return [...messages, ...said.map((notice) => ({ ...notice, notice: true }))].sort((a, b) => at(a) - at(b));
}

function Notice({ notice }) {
  const world = useWorld();
  return html`<div class="message private notice" role="listitem" data-testid="notice">
    <div class="only-you"><${Icon} name="eye" />Only visible to you</div>
    <div class="gutter"><span class="avatar system" aria-hidden="true">!</span></div>
    <div class="message-main"><div class="byline"><b class="name">Workspace</b><time class="when">${clock(at(notice), world.zone)}</time></div>${notice.text}</div></div>`;
}

const closeInTime = 300;

function Timeline({ items, channel, inThread, notices }) {
  const world = useWorld();
  const rows = [];
  let before = null;
  for (const item of items) {
    const day = dayNumber(at(item), world.zone);
    const newDay = !before || day !== dayNumber(at(before), world.zone);
    if (newDay && !inThread) rows.push(html`<div class="day" key=${`day-${day}`} role="separator"><span>${dayHeading(at(item), world.zone, world.now())}</span></div>`);
    if (item.notice) {
      rows.push(html`<${Notice} key=${`notice-${item.seq}`} notice=${item} />`);
    } else {
      const compact = !newDay && !inThread && !before.notice && before.user === item.user && !item.ephemeral && !before.ephemeral && !item.bot
        && !before.replies && at(item) - at(before) < closeInTime;
      rows.push(html`<${Message} key=${item.ts} message=${item} channel=${channel} compact=${compact} inThread=${inThread}
        notices=${notices.filter((n) => n.message_ts === item.ts)} />`);
    }
    before = item;
  }
  return rows;
}

/** Stays at the end while the reader is at the end, and goes there when the conversation changes. */
function useStickToEnd(key, size) {
  const pane = useRef(null);
  const sticky = useRef(true);
  useLayoutEffect(() => {
    sticky.current = true;
  }, [key]);
  useLayoutEffect(() => {
    if (sticky.current && pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  }, [key, size]);
  useEffect(() => {
    const box = pane.current;
    if (!box) return undefined;
    const seen = () => { sticky.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40; };
    const resized = new ResizeObserver(() => { if (sticky.current) box.scrollTop = box.scrollHeight; });
    box.addEventListener('scroll', seen, { passive: true });
    resized.observe(box);
    return () => {
      box.removeEventListener('scroll', seen);
      resized.disconnect();
    };
  }, [key]);
  return pane;
}

const isFor = (word) => ({ private: 'lock', im: 'people' }[word] ?? 'hash');

/** The line under a conversation's name, and what stands in place of the composer. */
function closedBecause(channel, world) {
  if (channel.archived) return 'This channel is archived. Nobody can write here.';
  if (channel.is_member === false) return null;
  if (channel.kind === 'im' && channel.im_user === world.botId && world.app.messages_tab_read_only) return `Sending messages to ${world.app.name} is turned off. Use ${world.app.commands?.[0]?.command ?? 'its command'} in a channel.`;
  if (channel.read_only) return 'Only some people may post in this channel.';
  return null;
}

function Foot({ channel, threadTs }) {
  const world = useWorld();
  const closed = closedBecause(channel, world);
  if (closed) return html`<p class="closed" data-testid="closed">${closed}</p>`;
  if (channel.is_member === false) {
    return html`<p class="closed">You are looking at #${channel.name}. <button type="button" class="button primary" data-testid="join" onClick=${() => membership('join', channel.id)}>Join channel</button></p>`;
  }
  return html`<${Composer} key=${`${channel.id}/${threadTs ?? ''}`} channel=${channel} threadTs=${threadTs} />`;
}

export function ChannelPane({ channel, tabs }) {
  const world = useWorld();
  const state = useStore(session);
  const messages = (state.screen.messages?.[channel.id] ?? []).filter(isRoot);
  const notices = freshNotices(state);
  const items = timeline(messages, notices, channel.id);
  const pane = useStickToEnd(channel.id, items);
  const title = channel.kind === 'im' ? world.displayName(channel.im_user) : channel.name;
  return html`<section class="pane channel-pane" aria-label=${channel.kind === 'im' ? `Conversation with ${title}` : `Channel ${title}`} data-testid="channel">
    ${tabs ?? html`<header class="pane-head"><h1><${Icon} name=${isFor(channel.kind)} />${title}</h1>
      ${channel.shared ? html`<span class="tag">shared with another organisation</span>` : null}
      ${channel.kind === 'im' ? null : html`<span class="muted members"><${Icon} name="people" />${channel.num_members}</span>`}</header>`}
    <div class="scroll" ref=${pane} role="list" aria-label="Messages" tabindex="0">
      ${items.length ? null : html`<p class="empty">Nothing has been said here yet.</p>`}
      <${Timeline} items=${items} channel=${channel.id} notices=${notices} /></div>
    <${Foot} channel=${channel} /></section>`;
}

export function ThreadPane({ channel, ts }) {
  const state = useStore(session);
  const messages = (state.screen.messages?.[channel.id] ?? []).filter(inThreadOf(ts));
  const notices = freshNotices(state);
  const pane = useStickToEnd(`${channel.id}/${ts}`, messages);
  const replies = messages.filter((message) => message.ts !== ts);
  const count = replies.filter((message) => !message.ephemeral).length; // what only you see is no reply
  return html`<section class="pane thread-pane" aria-label="Thread" data-testid="thread">
    <header class="pane-head"><h1>Thread</h1><span class="muted">${channel.kind === 'im' ? '' : `#${channel.name}`}</span>
      <button type="button" class="icon-button push" aria-label="Close thread" onClick=${closeThread}><${Icon} name="close" /></button></header>
    <div class="scroll" ref=${pane} role="list" aria-label="Messages of the thread" tabindex="0">
      <${Timeline} items=${messages.slice(0, 1)} channel=${channel.id} inThread notices=${notices} />
      ${count ? html`<div class="reply-count" role="separator"><span>${count} ${count === 1 ? 'reply' : 'replies'}</span></div>` : null}
      <${Timeline} items=${replies} channel=${channel.id} inThread notices=${notices} />
      ${messages.length ? null : html`<p class="empty">This message is gone.</p>`}</div>
    <${Foot} channel=${channel} threadTs=${ts} /></section>`;
}
