// Reads Slack's message markup into a tree. Pure: text in, plain objects out.
// Source: docs.slack.dev/messaging/formatting-message-text
//
// Block nodes:  {t:'pre',text} {t:'quote',c} {t:'para',c}
// Inline nodes: {t:'text',text} {t:'b'|'i'|'s',c} {t:'code',text} {t:'br'} {t:'emoji',name}
//               {t:'link',url,label} {t:'user'|'channel'|'group',id,label} {t:'all',name}
//               {t:'date',ts,format,url,fallback}

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Undoes the three entities that Slack's text knows, and no others. */
export const decode = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity]);

/** The block nodes of a text. */
export function parse(text) {
  const blocks = [];
  const parts = text.split(/```/);
  parts.forEach((part, index) => {
    const fenced = index % 2 === 1 && (index < parts.length - 1);
    if (fenced) {
      blocks.push({ t: 'pre', text: decode(part.replace(/^\n|\n$/g, '').replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, url, label) => label ?? url)) });
      return;
    }
    const literal = index % 2 === 1 ? '```' + part : part;
    const trimmed = blocks.length ? literal.replace(/^\n/, '') : literal;
    if (trimmed !== '') blocks.push(...paragraphs(trimmed));
  });
  return blocks;
}

function paragraphs(text) {
  const blocks = [];
  let lines = [];
  let quoted = false;
  const flush = () => {
    if (lines.length) blocks.push({ t: quoted ? 'quote' : 'para', c: inline(lines.join('\n')) });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const match = /^(?:&gt;|>)(?!&gt;&gt;) ?(.*)$/.exec(line);
    if (Boolean(match) !== quoted) {
      flush();
      quoted = Boolean(match);
    }
    lines.push(match ? match[1] : line);
  }
  flush();
  return blocks;
}

const wordBefore = /[\p{L}\p{N}]$/u;
const wordAfter = /^[\p{L}\p{N}]/u;
const marks = { '*': 'b', _: 'i', '~': 's' };

/** The inline nodes of a text. */
export function inline(text) {
  const nodes = [];
  let plain = '';
  const push = (node) => {
    if (plain) nodes.push({ t: 'text', text: decode(plain) });
    plain = '';
    if (node) nodes.push(node);
  };
  for (let at = 0; at < text.length;) {
    const found = nodeAt(text, at);
    if (found) {
      push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  push(null);
  return nodes;
}

function nodeAt(text, at) {
  const rest = text.slice(at);
  switch (text[at]) {
    case '\n':
      return { node: { t: 'br' }, end: at + 1 };
    case '<': {
      const match = /^<([^<>\n]+)>/.exec(rest);
      return match && { node: angle(match[1]), end: at + match[0].length };
    }
    case '`': {
      const match = /^`([^`\n]+)`/.exec(rest);
      return match && { node: { t: 'code', text: decode(match[1]) }, end: at + match[0].length };
    }
    case ':': {
      const match = /^:([a-z0-9_+'-]+)(?:::skin-tone-\d)?:/.exec(rest);
      return match && { node: { t: 'emoji', name: match[1] }, end: at + match[0].length };
    }
    case '*': case '_': case '~':
      return emphasis(text, at);
    default:
      return null;
  }
}

/** A mark opens after a non-word and before a non-space, and closes the other way round. */
function emphasis(text, at) {
  const mark = text[at];
  if (wordBefore.test(text.slice(0, at)) || /^[\s]|^$/.test(text.slice(at + 1, at + 2)) || text[at + 1] === mark) return null;
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] === '<' || text[end] === '`') {
      const skipped = /^(?:<[^<>\n]+>|`[^`\n]+`)/.exec(text.slice(end));
      if (skipped) {
        end += skipped[0].length - 1;
        continue;
      }
    }
    const closes = text[end] === mark && end > at + 1 && !/\s/.test(text[end - 1]) && !wordAfter.test(text.slice(end + 1));
    if (closes) return { node: { t: marks[mark], c: inline(text.slice(at + 1, end)) }, end: end + 1 };
  }
  return null;
}

/** What stands between angle brackets. */
function angle(body) {
  const bar = body.indexOf('|');
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : decode(body.slice(bar + 1));
  if (target.startsWith('@')) return { t: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { t: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { t: 'group', id: target.slice(9), label };
  if (target.startsWith('!date^')) {
    const [, ts, format, url] = target.split('^');
    return { t: 'date', ts: Number(ts), format: decode(format ?? ''), url: url ?? null, fallback: label ?? '' };
  }
  if (target.startsWith('!')) return { t: 'all', name: target.slice(1) };
  return { t: 'link', url: decode(target), label: label ?? decode(target).replace(/^(?:mailto|tel):/, '') };
}

/**
 * The same as one line of plain words: what a lock screen and a screen reader
 * get. `names` resolves users, channels and groups; `date` fills a date node.
 */
export function plain(text, names, date) {
  const word = (node) => {
    switch (node.t) {
      case 'text': case 'code': return node.text;
      case 'br': return '\n';
      case 'b': case 'i': case 's': return node.c.map(word).join('');
      case 'emoji': return names.emoji?.(node.name) ?? `:${node.name}:`;
      case 'link': return node.label;
      case 'user': return `@${names.user(node.id) ?? node.label ?? node.id}`;
      case 'channel': return `#${names.channel(node.id) ?? node.label ?? node.id}`;
      case 'group': return `@${names.group?.(node.id) ?? node.label ?? node.id}`;
      case 'all': return `@${node.name}`;
      case 'date': return date(node) ?? node.fallback;
      default: return '';
    }
  };
  return parse(text).map((block) => (block.t === 'pre' ? block.text : block.c.map(word).join(''))).join('\n');
}
