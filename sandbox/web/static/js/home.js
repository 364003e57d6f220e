// The app's own place: Home and Messages.
import { html } from './h.js';
import { Blocks } from './blocks.js';
import { ChannelPane } from './channel.js';
import { Avatar } from './people.js';
import { HOME, appChannel, freshNotices, goTo, session } from './session.js';
import { useStore } from './store.js';
import { SurfaceProvider, useNewSurface } from './surface.js';
import { noteAct } from './tour.js';
import { useWorld } from './world.js';

const none = [];

function Tabs({ current, messages }) {
  const world = useWorld();
  const tab = (place, name) => html`<button type="button" role="tab" aria-selected=${String(current === place)} data-testid=${`tab-${name.toLowerCase()}`} onClick=${() => goTo(place)}>${name}</button>`;
  return html`<header class="pane-head app-head"><h1><${Avatar} id=${world.botId} small />${world.app.name}</h1>
    <div class="tabs" role="tablist" aria-label=${world.app.name}>${tab(HOME, 'Home')}${messages ? tab(messages.id, 'Messages') : null}</div></header>`;
}

function HomeTab({ home }) {
  const world = useWorld();
  const state = useStore(session);
  const blocks = home?.blocks ?? none;
  const surface = useNewSurface({
    key: `home:${world.me.id}:${home?.id ?? ''}`, kind: 'home', container: { view_id: home?.id }, blocks, user: world.me.id,
    stood: home?.state?.values, notices: freshNotices(state).filter((n) => n.view_id === home?.id), onAct: noteAct,
  });
  if (!home) return html`<p class="empty">The app has not drawn its Home yet.</p>`;
  return html`<${SurfaceProvider} value=${surface}><div class="home-page" data-testid="home"><${Blocks} of=${blocks} /></div><//>`;
}

/** The Home tab, or the conversation with the app under the same head. */
export function AppPane({ place }) {
  const state = useStore(session);
  const messages = appChannel(state);
  const tabs = html`<${Tabs} current=${place} messages=${messages} />`;
  if (place !== HOME) return html`<${ChannelPane} channel=${messages} tabs=${tabs} />`;
  return html`<section class="pane channel-pane" aria-label="Home of the app">${tabs}<div class="scroll" tabindex="0"><${HomeTab} home=${state.screen.home} /></div></section>`;
}
