/**
 * The only place where text of people becomes elements: comments, already made safe by the server. Parsed in a document that runs nothing,
 * then copied node by node with what is allowed here, so a fault of the server alone opens no door.
 */
import { t } from './i18n.js';

const ELEMENTS = new Set([
  'P',
  'BR',
  'A',
  'STRONG',
  'EM',
  'B',
  'I',
  'S',
  'DEL',
  'CODE',
  'PRE',
  'BLOCKQUOTE',
  'UL',
  'OL',
  'LI',
  'HR',
  'TABLE',
  'THEAD',
  'TBODY',
  'TR',
  'TH',
  'TD',
]);
const HEADINGS = /^H[1-6]$/;
const ADDRESS = /^(https?:|mailto:|\/(?![/\\])|#)/i;

/** @type {{ createHTML: (html: string) => any }} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('staffroom', {
  createHTML: (/** @type {string} */ html) => html,
}) ?? {
  createHTML: (html) => html,
};

/** @param {string} html @returns {DocumentFragment} */
export function safeHtml(html) {
  const parsed = new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
  const out = document.createDocumentFragment();
  copy(parsed.body, out);
  return out;
}

/** @param {Node} from @param {Node} to */
function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.appendChild(document.createTextNode(node.textContent ?? ''));
    else if (node instanceof Element || node.nodeType === Node.ELEMENT_NODE)
      copyElement(/** @type {Element} */ (node), to);
  }
}

/** @param {Element} element @param {Node} to */
function copyElement(element, to) {
  const name = element.tagName;
  if (name === 'SCRIPT' || name === 'STYLE' || name === 'TEMPLATE') return;
  if (HEADINGS.test(name)) return copyInto('strong', element, to);
  const member = name === 'SPAN' ? element.getAttribute('data-member') : null;
  if (member && /^\d{1,16}$/.test(member)) return copyInto('span', element, to).setAttribute('data-member', member);
  if (name === 'SPAN' && element.hasAttribute('data-box')) return box(element.getAttribute('data-box') === 'done', to);
  if (!ELEMENTS.has(name)) return copy(element, to);
  const made = copyInto(name.toLowerCase(), element, to);
  if (name !== 'A') return;
  const href = element.getAttribute('href') ?? '';
  if (!ADDRESS.test(href)) return;
  made.setAttribute('href', href);
  made.setAttribute('rel', 'noopener nofollow ugc');
  if (/^https?:/i.test(href)) made.setAttribute('target', '_blank');
}

/** A box of a list of tasks, to be seen and not to be ticked. @param {boolean} done @param {Node} to */
function box(done, to) {
  const made = document.createElement('span');
  made.className = done ? 'box box--done' : 'box';
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', done ? t('done:') : t('to do:'));
  to.appendChild(made);
}

/** @param {string} name @param {Element} element @param {Node} to */
function copyInto(name, element, to) {
  const made = document.createElement(name);
  copy(element, made);
  to.appendChild(made);
  return made;
}
