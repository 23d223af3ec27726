/** The links on an open card. */
import { html, useLayoutEffect, useRef, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { addAttachment, removeAttachment } from './commands.js';
import { board, may } from './context.js';

/** @param {{ card: number, edits: boolean }} props */
export function Links({ card, edits }) {
  const ids = board.store.children('attachments', card).value;
  const [adding, setAdding] = useState(false);
  if (!ids.length && !edits) return null;
  return html`<section class=${`part ${ids.length || adding ? '' : 'part--bare'}`} aria-labelledby="links-head">
    ${(ids.length > 0 || adding) && html`<div class="part__head"><h3 id="links-head">${t('Links')}</h3></div>`}
    <ul class="links">
      ${ids.map((id) => html`<${Link} key=${id} id=${id} edits=${edits} />`)}
    </ul>
    ${
      edits &&
      (adding
        ? html`<${Add} card=${card} close=${() => setAdding(false)} />`
        : html`<button type="button" class="composer__opener" onClick=${() => setAdding(true)}>${icon('link')}<span>${t('Add a link')}</span></button>`)
    }
  </section>`;
}

/** @param {{ id: number, edits: boolean }} props */
function Link({ id, edits }) {
  const link = board.store.item('attachments', id).value;
  if (!link) return null;
  // Only addresses of the web: what else might stand there is shown as text.
  const web = /^https?:\/\//i.test(link.url ?? '');
  const words = link.title || link.url;
  return html`<li class="link">
    ${icon('link')}
    ${web ? html`<a href=${link.url} target="_blank" rel="noopener nofollow ugc" dir="auto">${words}</a>` : html`<span dir="auto">${words}</span>`}
    ${web && link.title && html`<span class="link__host">${host(link.url)}</span>`}
    ${edits && may('cards', 'remove_attachment') && html`<button type="button" class="tool" aria-label=${t('Remove {title}', { title: words })} onClick=${() => removeAttachment(id)}>${icon('x')}</button>`}
  </li>`;
}

/** @param {{ card: number, close: () => void }} props */
function Add({ card, close }) {
  const url = useRef(/** @type {any} */ (null));
  const title = useRef(/** @type {any} */ (null));
  const [wrong, setWrong] = useState('');
  useLayoutEffect(() => url.current.focus(), []);
  const save = async () => {
    const address = url.current.value.trim();
    if (!address) return close();
    try {
      await addAttachment(
        card,
        /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`,
        title.current.value.trim(),
      );
      close();
    } catch (error) {
      setWrong(/** @type {any} */ (error).errors?.[0]?.message || /** @type {Error} */ (error).message);
    }
    return undefined;
  };
  return html`<form
    class="form"
    onSubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      save();
    }}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    }}
  >
    <label class="field"><span class="field__label">${t('Address')}</span><input class="input" ref=${url} type="text" inputmode="url" maxlength="2048" aria-invalid=${wrong ? true : null} aria-describedby=${wrong ? 'link-wrong' : null} /></label>
    ${wrong && html`<p class="field__error" id="link-wrong" role="alert">${wrong}</p>`}
    <label class="field"><span class="field__label">${t('Name (may stay empty)')}</span><input class="input" ref=${title} type="text" maxlength="100" dir="auto" /></label>
    <div class="editor__row">
      <button type="submit" class="button button--primary">${t('Add link')}</button>
      <button type="button" class="button" onClick=${close}>${t('Cancel')}</button>
    </div>
  </form>`;
}

/** @param {string} url */
function host(url) {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
