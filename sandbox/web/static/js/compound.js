// The blocks that hold other blocks or stand as cards of their own.
import { html, useState } from './h.js';
import { Block, Blocks } from './blocks.js';
import { Element, Picture } from './elements.js';
import { RichText } from './richtext.js';
import { Text } from './text.js';

export function Card({ block }) {
  return html`<div class="card">
    ${block.hero_image ? html`<${Picture} url=${block.hero_image.image_url} alt=${block.hero_image.alt_text} className="big-picture" />` : null}
    ${block.title ? html`<div class="card-title"><${Text} of=${block.title} /></div>` : null}
    ${block.subtitle ? html`<div class="muted"><${Text} of=${block.subtitle} /></div>` : null}
    ${block.body ? html`<div><${Text} of=${block.body} /></div>` : null}
    ${block.subtext ? html`<small class="muted"><${Text} of=${block.subtext} /></small>` : null}
    ${block.actions ? html`<div class="actions">${block.actions.map((element) => html`<${Element} block=${block} element=${element} />`)}</div>` : null}</div>`;
}

export const Carousel = ({ block }) => html`<div class="carousel" tabindex="0" role="region" aria-label="Cards">${(block.elements ?? []).map((card) => html`<${Block} block=${card} />`)}</div>`;

export function Container({ block }) {
  const [open, setOpen] = useState(!block.is_collapsed);
  const title = block.rich_text_title ? html`<${RichText} of=${block.rich_text_title} />` : html`<${Text} of=${block.title} />`;
  return html`<section class=${`container ${block.width ?? ''}`}>
    <div class="card-title">${block.is_collapsible
      ? html`<button type="button" class="link" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>${title}</button>` : title}</div>
    ${block.subtitle ? html`<div class="muted"><${Text} of=${block.subtitle} /></div>` : null}
    ${open ? html`<${Blocks} of=${block.child_blocks} />` : null}</section>`;
}

export function Layout({ block }) {
  return html`<div class="layout" role="group" aria-label=${block.label?.text ?? block.label}>${(block.rows ?? []).map((row) => html`
    <div class="layout-row">${(row.items ?? row.elements ?? []).map((item) => html`<div class="layout-item"><${Block} block=${item.block ?? item} /></div>`)}</div>`)}</div>`;
}

const stateWords = { pending: 'waiting', in_progress: 'under way', complete: 'done', error: 'failed' };

export function TaskCard({ block }) {
  return html`<div class="card task"><div class="card-title">${block.title} <small class="muted">${stateWords[block.status] ?? block.status}</small></div>
    ${block.details ? html`<${RichText} of=${block.details} />` : null}${block.output ? html`<${RichText} of=${block.output} />` : null}
    ${block.sources ? html`<div class="context">${block.sources.map((source) => html`<${Element} block=${block} element=${source} />`)}</div>` : null}</div>`;
}

export const Plan = ({ block }) => html`<div class="card"><div class="card-title">${block.title}</div>${(block.tasks ?? []).map((task) => html`<${TaskCard} block=${task} />`)}</div>`;
