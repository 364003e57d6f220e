// Draws text objects: mrkdwn as nodes, plain text as it is.
import { html } from './h.js';
import { Emoji, WithEmoji } from './emoji.js';
import { parse } from './mrkdwn.js';
import { useWorld } from './world.js';

const safeSchemes = /^(?:https?|mailto|tel):/i;

/** A link that opens beside the page. Other schemes than these four are drawn as words. */
export function Link({ url, children }) {
  if (!safeSchemes.test(url ?? '')) return html`<span class="dead-link" title=${url}>${children}</span>`;
  const tel = url.toLowerCase().startsWith('tel:');
  return html`<a class=${tel ? 'link tel' : 'link'} href=${url} target=${tel ? null : '_blank'} rel="noopener noreferrer"
    title=${tel ? `Dials ${url.slice(4)}` : url}>${children}</a>`;
}

/** @name, for a person, a group or everybody; drawn stronger if it means the reader. */
export function Mention({ kind, id, label }) {
  const world = useWorld();
  if (kind === 'channel') {
    const name = world.names.channel(id) ?? label;
    const known = world.channels.has(id);
    return html`<button type="button" class="mention" disabled=${!known} onClick=${() => world.goTo(id)}>#${name || 'private channel'}</button>`;
  }
  const name = kind === 'all' ? id : (kind === 'group' ? world.names.group(id) : world.names.user(id)) ?? label ?? id;
  const mine = id === world.me?.id || kind === 'all';
  return html`<span class=${mine ? 'mention mine' : 'mention'}>@${name.replace(/^@/, '')}</span>`;
}

/** A moment, in the reader's own zone. */
export function DateToken({ ts, format, url, fallback }) {
  const world = useWorld();
  const words = world.date({ ts, format }) ?? fallback;
  const node = html`<time class="date" datetime=${Number.isFinite(ts) ? new Date(ts * 1000).toISOString() : null} title=${fallback}>${words}</time>`;
  return url ? html`<${Link} url=${url}>${node}<//>` : node;
}

function Inline({ nodes }) {
  return nodes.map((node) => {
    switch (node.t) {
      case 'text': return node.text;
      case 'br': return html`<br />`;
      case 'b': return html`<b><${Inline} nodes=${node.c} /></b>`;
      case 'i': return html`<i><${Inline} nodes=${node.c} /></i>`;
      case 's': return html`<s><${Inline} nodes=${node.c} /></s>`;
      case 'code': return html`<code>${node.text}</code>`;
      case 'emoji': return html`<${Emoji} name=${node.name} />`;
      case 'link': return html`<${Link} url=${node.url}>${node.label}<//>`;
      case 'date': return html`<${DateToken} ...${node} />`;
      case 'all': return html`<${Mention} kind="all" id=${node.name} />`;
      default: return html`<${Mention} kind=${node.t} id=${node.id} label=${node.label} />`;
    }
  });
}

/** A mrkdwn string. */
export function Mrkdwn({ text }) {
  return parse(text ?? '').map((block) => {
    if (block.t === 'pre') return html`<pre class="pre">${block.text}</pre>`;
    if (block.t === 'quote') return html`<blockquote><${Inline} nodes=${block.c} /></blockquote>`;
    return html`<span class="para"><${Inline} nodes=${block.c} /></span>`;
  });
}

/** A text object: {type: plain_text | mrkdwn, text}. */
export function Text({ of }) {
  if (!of) return null;
  if (of.type === 'mrkdwn') return html`<${Mrkdwn} text=${of.text} />`;
  return html`<span class="plain">${of.emoji === false ? of.text : html`<${WithEmoji} text=${of.text} />`}</span>`;
}
