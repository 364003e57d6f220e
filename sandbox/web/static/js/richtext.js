// Draws rich_text: sections, lists, quotes, preformatted text and what stands in them.
import { html } from './h.js';
import { Emoji } from './emoji.js';
import { DateToken, Link, Mention } from './text.js';

function styled(style, node) {
  let out = node;
  if (style?.code) out = html`<code>${out}</code>`;
  if (style?.strike) out = html`<s>${out}</s>`;
  if (style?.underline) out = html`<u>${out}</u>`;
  if (style?.italic) out = html`<i>${out}</i>`;
  if (style?.bold) out = html`<b>${out}</b>`;
  return out;
}

const leaves = {
  text: (e) => e.text,
  link: (e) => html`<${Link} url=${e.url}>${e.text || e.url}<//>`,
  user: (e) => html`<${Mention} kind="user" id=${e.user_id} />`,
  usergroup: (e) => html`<${Mention} kind="group" id=${e.usergroup_id} />`,
  channel: (e) => html`<${Mention} kind="channel" id=${e.channel_id} />`,
  broadcast: (e) => html`<${Mention} kind="all" id=${e.range} />`,
  emoji: (e) => html`<${Emoji} name=${e.name} />`,
  date: (e) => html`<${DateToken} ts=${e.timestamp} format=${e.format} url=${e.url} fallback=${e.fallback} />`,
  color: (e) => html`<code>${e.value}</code>`,
};

function Leaf({ element }) {
  const draw = leaves[element?.type];
  if (!draw) return html`<span class="undrawn">[${String(element?.type)} is not drawn here]</span>`;
  return styled(element.style, draw(element));
}

const Leaves = ({ of }) => (of ?? []).map((element) => html`<${Leaf} element=${element} />`);

const bullets = ['disc', 'circle', 'square'];
const numbers = ['decimal', 'lower-alpha', 'lower-roman'];

function List({ element }) {
  const indent = element.indent ?? 0;
  const ordered = element.style === 'ordered';
  const kind = (ordered ? numbers : bullets)[indent % 3];
  const style = { listStyleType: kind, marginLeft: `${indent * 24}px` };
  const items = (element.elements ?? []).map((item) => html`<li><${Leaves} of=${item.elements} /></li>`);
  const look = element.border ? 'rich-list bordered' : 'rich-list';
  return ordered
    ? html`<ol class=${look} style=${style} start=${(element.offset ?? 0) + 1}>${items}</ol>`
    : html`<ul class=${look} style=${style}>${items}</ul>`;
}

const parts = {
  rich_text_section: (e) => html`<div class="rich-section"><${Leaves} of=${e.elements} /></div>`,
  rich_text_list: (e) => html`<${List} element=${e} />`,
  rich_text_quote: (e) => html`<blockquote><${Leaves} of=${e.elements} /></blockquote>`,
  rich_text_preformatted: (e) => html`<pre class="pre"><${Leaves} of=${e.elements} /></pre>`,
};

/** A rich_text block, or a rich_text value elsewhere (table cells, task details). */
export function RichText({ of }) {
  return html`<div class="rich-text">${(of?.elements ?? []).map((element) => {
    const draw = parts[element?.type];
    return draw ? draw(element) : html`<div class="undrawn">[${String(element?.type)} is not drawn here]</div>`;
  })}</div>`;
}
