// table and data_table.
import { html, useState } from './h.js';
import { Element } from './elements.js';
import { RichText } from './richtext.js';

function Cell({ cell, block }) {
  switch (cell?.type) {
    case 'raw_text': return cell.text;
    case 'raw_number': return String(cell.value ?? cell.text ?? '');
    case 'rich_text': return html`<${RichText} of=${cell} />`;
    case 'action': return html`<${Element} block=${block} element=${cell.element ?? cell.action} />`;
    default: return cell ? html`<span class="undrawn">[${String(cell.type)} is not drawn here]</span>` : null;
  }
}

function Row({ cells, settings, heading, block }) {
  return html`<tr>${(cells ?? []).map((cell, column) => {
    const style = { textAlign: settings?.[column]?.align ?? 'left', whiteSpace: settings?.[column]?.is_wrapped ? 'normal' : null };
    return heading ? html`<th scope="col" style=${style}><${Cell} cell=${cell} block=${block} /></th>` : html`<td style=${style}><${Cell} cell=${cell} block=${block} /></td>`;
  })}</tr>`;
}

/** table: the first row is drawn as the heading. */
export function Table({ block }) {
  const rows = block.rows ?? [];
  return html`<div class="table-frame" tabindex="0" role="region" aria-label="Table"><table class="table">
    <thead>${rows.slice(0, 1).map((cells) => html`<${Row} heading cells=${cells} settings=${block.column_settings} block=${block} />`)}</thead>
    <tbody>${rows.slice(1).map((cells) => html`<${Row} cells=${cells} settings=${block.column_settings} block=${block} />`)}</tbody></table></div>`;
}

/** data_table: pages that each reader turns alone. */
export function DataTable({ block }) {
  const [page, setPage] = useState(0);
  const rows = block.rows ?? [];
  const size = block.page_size ?? 5;
  const body = rows.slice(1);
  const pages = Math.max(1, Math.ceil(body.length / size));
  const at = Math.min(page, pages - 1);
  return html`<div class="table-frame"><table class="table"><caption>${block.caption}</caption>
    <thead>${rows.slice(0, 1).map((cells) => html`<${Row} heading cells=${cells} block=${block} />`)}</thead>
    <tbody>${body.slice(at * size, (at + 1) * size).map((cells) => html`<${Row} cells=${cells} block=${block} />`)}</tbody></table>
    ${pages > 1 ? html`<div class="pages"><button type="button" class="button" disabled=${at === 0} onClick=${() => setPage(at - 1)}>Previous</button>
      <span>${at + 1} of ${pages}</span><button type="button" class="button" disabled=${at === pages - 1} onClick=${() => setPage(at + 1)}>Next</button></div>` : null}</div>`;
}
