// What the app sent, as it was sent, and the same in the shape that Block Kit Builder takes.
import { html, useState } from './h.js';

/** Just the blocks, which is what Block Kit Builder wants in its right-hand side. */
function forBuilder(message) {
  const kit = message.blocks?.length ? { blocks: message.blocks } : { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: message.text ?? '' } }] };
  return JSON.stringify(kit, null, 2);
}

function CopyButton({ text, children }) {
  const [done, setDone] = useState(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone('Copied');
    } catch {
      setDone('Copying is not allowed here');
    }
  };
  return html`<button type="button" class="button" data-testid="copy-builder" onClick=${copy}>${children}</button><span class="muted" role="status">${done}</span>`;
}

export function Payload({ message }) {
  const sent = message.payload ?? { text: message.text, blocks: message.blocks };
  const json = JSON.stringify(sent, null, 2);
  return html`<section class="payload" aria-label="What the app sent" data-testid="payload">
    <header><${CopyButton} text=${forBuilder(message)}>Copy for Block Kit Builder<//><span class="muted">${json.length} characters, ${message.blocks?.length ?? 0} blocks</span></header>
    <pre class="pre" tabindex="0">${json}</pre></section>`;
}
