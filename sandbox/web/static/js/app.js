// The page: puts the parts together and starts them.
import { html, render, useEffect, useMemo } from './h.js';
import { parts } from './api.js';
import { ChannelPane, ThreadPane } from './channel.js';
import { ConfirmHost } from './confirm.js';
import { loadEmoji } from './emoji.js';
import { keepPlace, watchFocus } from './focus.js';
import { AppPane } from './home.js';
import { Icon } from './icons.js';
import { startLines } from './lines.js';
import { Forms } from './modal.js';
import { applyTheme } from './prefs.js';
import { HOME, appChannel, dismiss, goTo, session, showDrawer, start } from './session.js';
import { Side } from './side.js';
import { Sidebar } from './sidebar.js';
import { useStore } from './store.js';
import { Topbar } from './topbar.js';
import { startTour } from './tour.js';
import { World, makeWorld } from './world.js';

function Middle({ state, world }) {
  const { place, thread } = state;
  const channel = world.channels.get(place);
  const app = place === HOME || (channel && channel.id === appChannel(state)?.id);
  const threadIn = thread && world.channels.get(thread.channel);
  return html`${app ? html`<${AppPane} place=${place} />` : channel ? html`<${ChannelPane} channel=${channel} />` : html`<section class="pane channel-pane"></section>`}
    ${threadIn ? html`<${ThreadPane} key=${thread.ts} channel=${threadIn} ts=${thread.ts} />` : null}`;
}

function Toast({ text }) {
  return html`<div class="toast" role="alert" data-testid="toast">${text}<button type="button" class="icon-button" aria-label="Dismiss" onClick=${dismiss}><${Icon} name="close" /></button></div>`;
}

function useDrawerKeys(drawer) {
  useEffect(() => {
    if (!drawer) return undefined;
    const keys = (event) => { if (event.key === 'Escape') showDrawer(null); };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [drawer]);
}

function Page({ has }) {
  const state = useStore(session);
  const world = useMemo(() => makeWorld(state.workspace, state.screen, state.user, goTo), [state.workspace, state.screen, state.user]);
  const unread = (state.screen?.channels ?? []).reduce((sum, channel) => sum + (channel.unread ?? 0), 0);
  useDrawerKeys(state.drawer);
  useEffect(() => { keepPlace(document.body); });
  useEffect(() => {
    document.title = `${unread ? `(${unread}) ` : ''}${world.workspace.team?.name ?? 'Workspace'} · sandbox`;
  }, [unread, world.workspace]);
  if (!state.screen) return html`<p class="boot">Opening the workspace…</p>`;
  const side = has.audian ? 'Phones' : 'Beside the chat';
  return html`<${World.Provider} value=${world}>
    <div class=${`page ${state.thread ? 'with-thread' : ''} drawer-${state.drawer ?? 'none'}`}>
      <a class="skip-link" href="#main" onClick=${(event) => { event.preventDefault(); document.querySelector('.composer textarea, .scroll')?.focus(); }}>To the conversation</a>
      <${Topbar} side=${side} />
      <div class="chat"><${Sidebar} /><main id="main" class="middle"><${Middle} state=${state} world=${world} /></main>
        <${Forms} /><${ConfirmHost} />
        ${state.toast ? html`<${Toast} text=${state.toast} />` : null}
        ${state.connected ? null : html`<div class="offline" role="status" data-testid="offline">The sandbox does not answer. Trying again…</div>`}</div>
      <${Side} audian=${has.audian} />
      ${state.drawer ? html`<div class="shade" onClick=${() => showDrawer(null)}></div>` : null}
      <div class="sr-only" aria-live="polite" data-testid="live">${state.said}</div></div><//>`;
}

async function open() {
  applyTheme();
  watchFocus();
  const root = document.getElementById('app');
  try {
    const has = await parts();
    await Promise.all([loadEmoji(), start(), has.audian ? startLines() : null, has.demo ? startTour() : null]);
    root.replaceChildren();
    render(html`<${Page} has=${has} />`, root);
  } catch (refused) {
    root.textContent = refused.message;
  }
}

open();
