/**
 * The only place where text of people becomes elements: comments, already made safe by the server. Parsed in a document that runs nothing,
 * then copied node by node with what is allowed here, so a fault of the server alone opens no door.
 */
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
  if (!ELEMENTS.has(name)) return copy(element, to);
  const made = copyInto(name.toLowerCase(), element, to);
  if (name !== 'A') return;
  const href = element.getAttribute('href') ?? '';
  if (!ADDRESS.test(href)) return;
  made.setAttribute('href', href);
  made.setAttribute('rel', 'noopener nofollow ugc');
  if (/^https?:/i.test(href)) made.setAttribute('target', '_blank');
}

/** @param {string} name @param {Element} element @param {Node} to */
function copyInto(name, element, to) {
  const made = document.createElement(name);
  copy(element, made);
  to.appendChild(made);
  return made;
}
