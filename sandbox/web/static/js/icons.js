// Small drawings of our own, as paths on a 20 by 20 grid.
import { html } from './h.js';

const paths = {
  hash: 'M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13M3 12.5h13',
  lock: 'M6 9V6.5a4 4 0 0 1 8 0V9M5 9h10v7.5H5z',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M5 8l5 5 5-5',
  more: 'M4 10h.01M10 10h.01M16 10h.01',
  thread: 'M4 4h12v9H9l-4 3v-3H4z',
  code: 'M7 6l-4 4 4 4M13 6l4 4-4 4',
  phone: 'M6 3 8.5 7 7 8.8a9 9 0 0 0 4.2 4.2L13 11.5l4 2.500c0 2-1.500 3-3.200 3C8 17 3 12 3 6.200 3 4.500 4 3 6 3z',
  send: 'M3 10 17 4l-4 13-3.500-5.500z',
  spark: 'M11 2 5 11h4l-1 7 7-10h-5z',
  people: 'M7 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM2.500 16c0-3 2-4.500 4.500-4.500s4.500 1.500 4.500 4.500M13 9a2 2 0 1 0 0-4M14 11.500c2.200.3 3.500 1.800 3.500 4.500',
  home: 'M3 10l7-6 7 6M5 9v7h10V9',
  moon: 'M15.500 12A6.500 6.500 0 0 1 8 4.500 6.500 6.500 0 1 0 15.500 12z',
  sun: 'M10 6.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1 1M14.700 14.700l1 1M15.700 4.300l-1 1M5.300 14.700l-1 1',
  half: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  warn: 'M10 3 2.500 16.500h15zM10 8v4M10 14.500v.01',
  plus: 'M10 4v12M4 10h12',
  file: 'M5 2.500h6.500L15 6v11.500H5zM11.500 2.500V6H15',
  play: 'M6 4l10 6-10 6z',
  trash: 'M4 6h12M8 6V4h4v2M5.500 6l1 11h7l1-11',
  good: 'M6 9v8H3.500V9zM6 9l3.500-6c1.500 0 2 1 1.700 2.300L10.700 8H16l-1.500 9H6',
  bad: 'M6 11V3H3.500v8zM6 11l3.500 6c1.500 0 2-1 1.700-2.300L10.700 12H16l-1.500-9H6',
};

export function Icon({ name }) {
  return html`<svg class=${`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d=${paths[name]} /></svg>`;
}
