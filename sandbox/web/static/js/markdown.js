// Draws the markdown block: headings, lists, quotes, code, tables and the usual inline marks.
import { html } from './h.js';
import { WithEmoji } from './emoji.js';
import { Link } from './text.js';

const inlineMarks = /(`[^`]+`|\*\*[^*]+\*\*|__[^_]+__|~~[^~]+~~|\*[^*\s][^*]*\*|_[^_\s][^_]*_|\[[^\]]+\]\([^)\s]+\))/;

function Inline({ text }) {
  return text.split(inlineMarks).map((part, index) => {
    if (index % 2 === 0) return html`<${WithEmoji} text=${part} />`;
    if (part[0] === '`') return html`<code>${part.slice(1, -1)}</code>`;
    if (part.startsWith('**') || part.startsWith('__')) return html`<b><${Inline} text=${part.slice(2, -2)} /></b>`;
    if (part.startsWith('~~')) return html`<s><${Inline} text=${part.slice(2, -2)} /></s>`;
    if (part[0] === '[') {
      const [, label, url] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
      return html`<${Link} url=${url}>${label}<//>`;
    }
    return html`<i><${Inline} text=${part.slice(1, -1)} /></i>`;
  });
}

const rules = [
  { kind: 'heading', test: /^(#{1,6}) +(.*)$/ },
  { kind: 'bullet', test: /^ {0,6}[-*+] +(.*)$/ },
  { kind: 'number', test: /^ {0,6}\d+[.)] +(.*)$/ },
  { kind: 'quote', test: /^> ?(.*)$/ },
  { kind: 'row', test: /^\|(.*)\|\s*$/ },
  { kind: 'rule', test: /^ {0,3}(?:-{3,}|\*{3,})\s*$/ },
];

function kindOf(line) {
  if (line.trim() === '') return { kind: 'blank' };
  for (const { kind, test } of [rules[5], ...rules.slice(0, 5)]) {
    const match = test.exec(line);
    if (match) return { kind, match };
  }
  return { kind: 'text', match: [line, line] };
}

/** Neighbouring lines of one kind, as {kind, matches}. */
function group(text) {
  const groups = [];
  let fence = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) {
      if (fence) groups.push(fence);
      fence = fence ? null : { kind: 'code', lines: [] };
    } else if (fence) {
      fence.lines.push(line);
    } else {
      const { kind, match } = kindOf(line);
      const last = groups.at(-1);
      if (last?.kind === kind && kind !== 'heading') last.matches.push(match);
      else groups.push({ kind, matches: [match] });
    }
  }
  if (fence) groups.push(fence);
  return groups;
}

const lines = (matches) => matches.map((match, index) => html`${index ? html`<br />` : null}<${Inline} text=${match[1]} />`);
const items = (matches) => matches.map((match) => html`<li><${Inline} text=${match[1]} /></li>`);

function Rows({ matches }) {
  const rows = matches.map((match) => match[1].split('|').map((cell) => cell.trim()));
  const body = rows.filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
  return html`<div class="table-frame"><table class="table"><tbody>${body.map((cells, at) => html`<tr>${cells.map((cell) => (
    at === 0 ? html`<th><${Inline} text=${cell} /></th>` : html`<td><${Inline} text=${cell} /></td>`))}</tr>`)}</tbody></table></div>`;
}

const draw = {
  heading: ({ matches }) => html`<p class=${`md-h md-h${matches[0][1].length}`} role="heading" aria-level=${matches[0][1].length + 2}><${Inline} text=${matches[0][2]} /></p>`,
  bullet: ({ matches }) => html`<ul class="rich-list">${items(matches)}</ul>`,
  number: ({ matches }) => html`<ol class="rich-list">${items(matches)}</ol>`,
  quote: ({ matches }) => html`<blockquote>${lines(matches)}</blockquote>`,
  row: ({ matches }) => html`<${Rows} matches=${matches} />`,
  code: (g) => html`<pre class="pre">${g.lines.join('\n')}</pre>`,
  rule: () => html`<hr />`,
  text: ({ matches }) => html`<p class="md-p">${lines(matches)}</p>`,
  blank: () => null,
};

export function Markdown({ text }) {
  return html`<div class="markdown">${group(text ?? '').map((part) => draw[part.kind](part))}</div>`;
}
