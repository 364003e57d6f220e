// The dialog that an element's `confirm` asks for before its click is sent.
import { html } from './h.js';
import { Dialog } from './dialog.js';
import { createStore, useStore } from './store.js';
import { Text } from './text.js';

const asked = createStore({ confirm: null, answer: null });

/** Shows the dialog and promises true or false. */
export function ask(confirm) {
  asked.get().answer?.(false);
  return new Promise((resolve) => asked.set({ confirm, answer: resolve }));
}

/** Where the dialog is drawn, once on the page. */
export function ConfirmHost() {
  const { confirm, answer } = useStore(asked);
  if (!confirm) return null;
  const reply = (yes) => {
    asked.set({ confirm: null, answer: null });
    answer(yes);
  };
  const style = confirm.style === 'danger' ? 'button danger solid' : 'button primary';
  return html`<${Dialog} label=${confirm.title?.text} className="confirm" testid="confirm" onClose=${() => reply(false)}>
    <h2 class="dialog-title"><${Text} of=${confirm.title} /></h2>
    <div class="dialog-body"><${Text} of=${confirm.text} /></div>
    <footer class="dialog-foot">
      <button type="button" class="button" data-testid="confirm-deny" onClick=${() => reply(false)}>${confirm.deny?.text ?? 'Cancel'}</button>
      <button type="button" class=${style} data-testid="confirm-yes" onClick=${() => reply(true)}>${confirm.confirm?.text ?? 'OK'}</button>
    </footer><//>`;
}
