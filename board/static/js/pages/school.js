/** The school's year from a calendar file: sent as it is; what was taken and what was not is said in its place. */
import { newOp, Refused } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { busy } from './forms.js';
import { hideProblem, showProblem } from './problems.js';

/** @typedef {{ what: string, why: string }} LeftOut */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('import-form'));
const place = /** @type {HTMLElement | null} */ (document.querySelector('[data-import-report]'));

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  hideProblem(form);
  await busy(form, async () => {
    try {
      report(await send(form));
    } catch (error) {
      showProblem(form, error);
    }
  });
});

/** @param {HTMLFormElement} source */
async function send(source) {
  const file = /** @type {HTMLInputElement} */ (source.elements.namedItem('file')).files?.[0];
  const everything = /** @type {HTMLInputElement} */ (source.elements.namedItem('everything')).checked;
  const response = await fetch(`/api/v1/school/calendar-files?everything=${everything}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/calendar', Accept: 'application/json', 'Idempotency-Key': newOp() },
    body: file,
    credentials: 'same-origin',
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(response.status, answer);
  return answer.data;
}

/** @param {Record<string, any>} data */
function report(data) {
  if (!place || !form) return;
  /** @type {LeftOut[]} */
  const left = data.left_out ?? [];
  const made = Object.values(data.made ?? {}).reduce((sum, part) => sum + Number(part), 0);
  const said = document.createElement('p');
  said.textContent = made
    ? tn(made, 'One entry was taken from the file.', '{count} entries were taken from the file.')
    : t('Nothing new was in the file.');
  const list = document.createElement('ul');
  for (const { what, why } of left) {
    const line = document.createElement('li');
    line.textContent = `${what}: ${why}`;
    list.append(line);
  }
  const done = document.createElement('a');
  done.href = '';
  done.className = 'button button--primary';
  done.textContent = t('Done');
  place.replaceChildren(said, ...(left.length ? [heading(t('Not taken:')), list] : []), done);
  place.hidden = false;
  form.hidden = true;
  place.focus();
}

/** @param {string} text */
function heading(text) {
  const found = document.createElement('h3');
  found.textContent = text;
  return found;
}
