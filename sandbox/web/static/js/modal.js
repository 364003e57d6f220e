// Forms: the top of the stack is drawn, the rest waits below.
import { html, useState } from './h.js';
import { slack } from './api.js';
import { Blocks } from './blocks.js';
import { Dialog } from './dialog.js';
import { Icon } from './icons.js';
import { freshNotices, refresh, session } from './session.js';
import { useStore } from './store.js';
import { SurfaceProvider, standing, useNewSurface } from './surface.js';
import { missing, stateValues } from './values.js';
import { noteAct } from './tour.js';
import { useWorld } from './world.js';

const troubleWords = 'We had some trouble connecting. Try again?';

/** The texts of a refused submission: by block, or one for the whole form. */
function problemOf(answer) {
  if (answer.errors) return { errors: answer.errors, banner: null };
  if (answer.ok === false || answer.error) return { errors: {}, banner: !answer.error || answer.error === 'trouble' ? troubleWords : answer.error };
  return null;
}

function useSubmit(view, values, user) {
  const [state, setState] = useState({ sending: false, problem: null, of: null });
  const submit = async () => {
    setState({ sending: true, problem: null, of: view.id });
    let problem;
    try {
      problem = problemOf(await slack.post('/act/submit', { user, view_id: view.id, values: values() }));
    } catch (refused) {
      problem = refused.body?.errors ? { errors: refused.body.errors, banner: null } : { errors: {}, banner: refused.message };
    }
    setState({ sending: false, problem, of: view.id });
    if (!problem) noteAct({ text: view.submit });
    refresh();
  };
  const mine = state.of === view.id;
  return { submit, refuse: (errors) => setState({ sending: false, problem: { errors, banner: null }, of: view.id }),
    sending: mine && state.sending, problem: mine ? state.problem : null };
}

/** Asks the reader to fill what is required; the sandbox would refuse it, too. */
function firstField(errors) {
  const id = Object.keys(errors)[0];
  queueMicrotask(() => document.querySelector(`.input-block[data-block="${CSS.escape(id)}"] :is(input, textarea, [role=combobox])`)?.focus());
}

function Form({ view, depth }) {
  const world = useWorld();
  const { place, ...state } = useStore(session);
  const here = world.channels.has(place) ? place : null;
  const key = `view:${view.id}`;
  const stood = view.state?.values;
  const values = () => stateValues(view.blocks, standing(key, stood), here);
  const { submit, refuse, sending, problem } = useSubmit(view, values, world.me.id);
  const notices = freshNotices(state).filter((notice) => notice.view_id === view.id);
  const surface = useNewSurface({
    key, kind: 'view', container: { view_id: view.id }, blocks: view.blocks, user: world.me.id, here, stood,
    errors: problem?.errors, notices, onAct: noteAct,
  });
  const close = (clear) => slack.post('/act/close', { user: world.me.id, view_id: view.id, clear }).then(refresh, refresh);
  const send = (event) => {
    event.preventDefault();
    if (sending || !view.submit) return;
    const empty = missing(view.blocks, standing(key, stood), here);
    if (Object.keys(empty).length === 0) {
      submit();
      return;
    }
    refuse(empty);
    firstField(empty);
  };
  const title = view.title?.text ?? 'Form';
  return html`<${Dialog} label=${title} onClose=${() => close(false)} focusKey=${view.id} testid="modal">
    <form class="form" onSubmit=${send} novalidate>
      <header class="dialog-head">
        ${depth > 1 ? html`<button type="button" class="icon-button" aria-label="Back" data-testid="modal-back" onClick=${() => close(false)}><${Icon} name="back" /></button>` : html`<span class="avatar small app" aria-hidden="true">☎</span>`}
        <h2 class="dialog-title">${title}</h2>
        <button type="button" class="icon-button push" aria-label="Close all" data-testid="modal-x" onClick=${() => close(true)}><${Icon} name="close" /></button></header>
      ${problem?.banner ? html`<div class="banner" role="alert" data-testid="modal-trouble"><${Icon} name="warn" />${problem.banner}</div>` : null}
      <div class="dialog-body"><${SurfaceProvider} value=${surface}><${Blocks} of=${view.blocks} /><//></div>
      <footer class="dialog-foot"><span class="foot-app">${world.app.name}</span>
        <button type="button" class="button" data-testid="modal-close" onClick=${() => close(false)}>${view.close?.text ?? (view.submit ? 'Cancel' : 'Close')}</button>
        ${view.submit ? html`<button type="submit" class=${`button primary ${sending ? 'busy' : ''}`} aria-busy=${sending ? 'true' : null} disabled=${sending} data-testid="modal-submit"><span>${view.submit.text}</span></button>` : null}
      </footer></form><//>`;
}

/** The open form, if any. The frame stays while the stack changes under it, so the focus is given back only once. */
export function Forms() {
  const { screen } = useStore(session);
  const views = screen?.views ?? [];
  return views.length ? html`<${Form} view=${views.at(-1)} depth=${views.length} />` : null;
}
