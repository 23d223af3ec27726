/**
 * Two people changed one text. Both versions stand side by side with their differences marked; she keeps hers, keeps the other, or makes a third
 * of both. Neither is lost before she has decided. Knows nothing of cards: descriptions, titles and comments use it alike.
 */
import { html, useLayoutEffect, useMemo, useRef, useState } from '#ui';
import { t } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { mergeTexts, wordDiff } from '../core/word-diff.js';

/**
 * @typedef {object} Conflict
 * @property {string} base what both began from; '' when that is not known
 * @property {string} mine typed here, saved nowhere
 * @property {string} theirs what is saved now
 * @property {number} version of what is saved now
 * @property {string} [who] whose change it is, where that is known
 */

/** @param {{ conflict: Conflict, label: string, short?: boolean, settle: (text: string | null) => void, keep?: (mine: string) => void, back?: () => void }} props `settle`: the text to be saved, or null to leave theirs; `keep`: hears what is typed into the third; `back`: go on writing first */
export function TwoTexts({ conflict, label, short = false, settle, keep, back }) {
  const ref = useRef(/** @type {any} */ (null));
  const third = useRef(/** @type {any} */ (null));
  const [merging, setMerging] = useState(false);
  const { base, mine, theirs, who } = conflict;
  const pieces = useMemo(() => wordDiff(mine, theirs), [mine, theirs]);
  useLayoutEffect(() => ref.current.focus({ preventScroll: false }), []);
  useLayoutEffect(() => {
    if (!merging) return;
    third.current.value = mergeTexts(base, mine, theirs);
    third.current.focus();
  }, [merging]);
  const name = who || t('Somebody');
  return html`<div class="both" role="group" aria-label=${t('Two texts: {label}', { label })}>
    <p class="both__why" ref=${ref} tabindex="-1">
      ${icon('users')}<span>${t('{name} changed this while you were writing. Nothing is lost: here are both.', { name })}</span>
    </p>
    <div class="both__sides">
      <${Version} title=${t('Yours, not saved yet')} pieces=${pieces} side="mine" />
      <${Version} title=${who ? t('{name}’s, saved', { name: who }) : t('Theirs, saved')} pieces=${pieces} side="theirs" />
    </div>
    ${
      merging
        ? html`<label class="both__third">
              <span class="both__label">${t('Made of both: change it as you like')}</span>
              <textarea ref=${third} class="editor__text" rows=${short ? 2 : 6} maxlength=${short ? 512 : 65536} dir="auto" onInput=${() => keep?.(third.current.value)}></textarea>
            </label>
            <div class="editor__row">
              <button type="button" class="button button--primary" onClick=${() => settle(third.current.value)}>${t('Save this one')}</button>
              <button type="button" class="button" onClick=${() => setMerging(false)}>${t('Back to the two')}</button>
            </div>`
        : html`<div class="editor__row">
            <button type="button" class="button" onClick=${() => settle(mine)}>${t('Keep mine')}</button>
            <button type="button" class="button" onClick=${() => settle(null)}>${t('Keep theirs')}</button>
            <button type="button" class="button button--primary" onClick=${() => setMerging(true)}>${icon('arrow-right-left')}<span>${t('Merge')}</span></button>
            ${back && html`<button type="button" class="button button--quiet" onClick=${back}>${t('Write on first')}</button>`}
          </div>`
    }
  </div>`;
}

/** @param {{ title: string, pieces: import('../core/word-diff.js').Piece[], side: 'mine' | 'theirs' }} props */
function Version({ title, pieces, side }) {
  const shown = pieces.filter(({ kind }) => kind === 'same' || kind === side);
  return html`<section class="both__side">
    <h4>${title}</h4>
    <div class="prose prose--plain both__text" dir="auto" tabindex="0" role="region" aria-label=${title}>
      ${shown.length ? shown.map(({ kind, text }) => (kind === 'same' ? text : html`<mark class=${`both__mark both__mark--${side}`}>${text}</mark>`)) : t('(empty)')}
    </div>
  </section>`;
}

/** While she types, another's change has arrived: said gently, with a way to look. @param {{ who?: string, look: () => void }} props */
export function ChangedMeanwhile({ who, look }) {
  return html`<p class="meanwhile" role="status">
    ${icon('users')}<span>${who ? t('{name} has changed this text.', { name: who }) : t('Somebody has changed this text.')}</span>
    <button type="button" class="word" onClick=${look}>${t('Look')}</button>
  </p>`;
}
