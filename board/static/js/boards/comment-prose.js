/** The text of a comment as elements; who is mentioned is shown by the name she has now. */
import { html, useLayoutEffect, useRef } from '#ui';
import { safeHtml } from '../core/safe-html.js';
import { board } from './context.js';
import { toField } from './mentions.js';

/** @param {{ source?: string | null, text: string }} props `source`: HTML made safe by the server; without it the text stands as it was typed */
export function Prose({ source, text }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    const shown = source ? safeHtml(source) : document.createTextNode(toField(text ?? ''));
    ref.current.replaceChildren(shown);
    for (const chip of ref.current.querySelectorAll('[data-member]')) {
      const id = Number(chip.dataset.member);
      const name = board.store.peek('members', id)?.name;
      if (name) chip.textContent = `@${name}`;
      chip.classList.add('mention');
      chip.classList.toggle('mention--me', id === board.me.id);
    }
  }, [source, text]);
  return html`<div ref=${ref} class=${`prose ${source ? '' : 'prose--plain'}`} dir="auto"></div>`;
}
