/** A text of people as it is meant to look: from the server's HTML; while that is not here yet, as it was typed. */
import { html, useLayoutEffect, useRef } from '#ui';
import { safeHtml } from '../core/safe-html.js';

/** @param {{ source?: string | null, text?: string | null }} props */
export function Prose({ source, text }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    ref.current.replaceChildren(source ? safeHtml(source) : document.createTextNode(text ?? ''));
  }, [source, text]);
  return html`<div ref=${ref} class=${`prose ${source ? '' : 'prose--plain'}`} dir="auto"></div>`;
}
