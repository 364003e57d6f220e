// Blocks by type. A new block is one entry in `drawings`; tables and the newer
// compound blocks have files of their own.
import { html, useErrorBoundary } from './h.js';
import { Card, Carousel, Container, Layout, Plan, TaskCard } from './compound.js';
import { Element, Picture } from './elements.js';
import { Icon } from './icons.js';
import { Markdown } from './markdown.js';
import { RichText } from './richtext.js';
import { useSurface } from './surface.js';
import { DataTable, Table } from './tables.js';
import { Link, Text } from './text.js';

function Header({ block }) {
  return html`<div class=${`header-block level-${block.level ?? 2}`} role="heading" aria-level=${(block.level ?? 2) + 1}><${Text} of=${block.text} /></div>`;
}

function Section({ block }) {
  return html`<div class="section"><div class="section-body">
      ${block.text ? html`<div class="section-text"><${Text} of=${block.text} /></div>` : null}
      ${block.fields ? html`<div class="fields">${block.fields.map((field) => html`<div class="field-cell"><${Text} of=${field} /></div>`)}</div>` : null}
    </div>${block.accessory ? html`<div class="accessory"><${Element} block=${block} element=${block.accessory} /></div>` : null}</div>`;
}

function Actions({ block }) {
  return html`<div class="actions">${(block.elements ?? []).map((element) => html`<${Element} key=${element.action_id} block=${block} element=${element} />`)}</div>`;
}

function Context({ block }) {
  return html`<div class="context">${(block.elements ?? []).map((element) => html`<span class="context-item"><${Element} block=${block} element=${element} /></span>`)}</div>`;
}

function Image({ block }) {
  const url = block.image_url ?? block.slack_file?.url;
  return html`<figure class="image-block">${block.title ? html`<figcaption><${Text} of=${block.title} /></figcaption>` : null}
    <${Picture} url=${url} alt=${block.alt_text} className="big-picture" /></figure>`;
}

const grouped = ['checkboxes', 'radio_buttons'];

function Input({ block }) {
  const surface = useSurface();
  const element = block.element ?? {};
  const id = `${surface.key}-${block.block_id}`.replace(/[^\w-]/g, '_');
  const wrong = surface.errors[block.block_id];
  const described = [wrong && `${id}-wrong`, block.hint && `${id}-hint`].filter(Boolean).join(' ') || null;
  const label = html`<${Text} of=${block.label} />${block.optional ? html` <span class="optional">(optional)</span>` : null}`;
  return html`<div class=${`input-block ${wrong ? 'wrong' : ''}`} data-block=${block.block_id}>
    ${grouped.includes(element.type) ? html`<div class="label">${label}</div>` : html`<label class="label" for=${id}>${label}</label>`}
    <${Element} block=${block} element=${element} id=${id} label=${block.label?.text} described=${described} />
    ${wrong ? html`<div class="field-error" id=${`${id}-wrong`} role="alert" data-testid="field-error"><${Icon} name="warn" />${wrong}</div>` : null}
    ${block.hint ? html`<div class="hint" id=${`${id}-hint`}><${Text} of=${block.hint} /></div>` : null}</div>`;
}

function Alert({ block }) {
  return html`<div class=${`alert ${block.level ?? 'default'}`} role="note"><${Icon} name="warn" /><span><${Text} of=${block.text} /></span></div>`;
}

function Video({ block }) {
  return html`<figure class="image-block"><figcaption><b><${Link} url=${block.title_url ?? block.video_url}>${block.title?.text ?? 'Video'}<//></b>
    ${block.author_name ? html` <small>${block.author_name}</small>` : null}</figcaption>
    <div class="placeholder"><${Icon} name="play" />${block.alt_text ?? 'Video'}</div></figure>`;
}

const File = ({ block }) => html`<div class="placeholder"><${Icon} name="file" />File ${block.external_id ?? block.file_id ?? ''}</div>`;
const Call = () => html`<div class="placeholder"><${Icon} name="phone" />Call</div>`;

const drawings = {
  header: Header,
  section: Section,
  divider: () => html`<hr class="divider" />`,
  context: Context,
  context_actions: Actions,
  actions: Actions,
  image: Image,
  input: Input,
  rich_text: ({ block }) => html`<${RichText} of=${block} />`,
  markdown: ({ block }) => html`<${Markdown} text=${block.text} />`,
  table: Table,
  data_table: DataTable,
  alert: Alert,
  video: Video,
  file: File,
  call: Call,
  card: Card,
  carousel: Carousel,
  container: Container,
  layout: Layout,
  plan: Plan,
  task_card: TaskCard,
};

const NotDrawn = ({ block }) => html`<div class="undrawn">[${String(block?.type)} is not drawn here]</div>`;

/** One block. A block that breaks the drawing breaks only itself. */
export function Block({ block }) {
  const [broken] = useErrorBoundary();
  if (broken) return html`<${NotDrawn} block=${block} />`;
  const Draw = drawings[block?.type] ?? NotDrawn;
  return html`<${Draw} block=${block} />`;
}

/** Blocks from top to bottom. */
export function Blocks({ of }) {
  return html`<div class="blocks">${(of ?? []).map((block, index) => html`<${Block} key=${block?.block_id ?? index} block=${block} />`)}</div>`;
}
