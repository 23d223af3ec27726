/** The guide: what was typed is kept until the start is made; the staff list is shown as it was understood before anybody is added. */
import { announce } from '../core/announce.js';
import { t, tn } from '../core/i18n.js';
import { busy } from './forms.js';
import { hideProblem, showProblem } from './problems.js';
import { send } from './reauth.js';
import { MOST, readRoster } from './roster.js';

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
const KEPT = 'guide';
const guide = /** @type {HTMLElement} */ (document.querySelector('[data-guide]'));
const start = /** @type {HTMLFormElement} */ (guide.querySelector('[data-start]'));
const roster = /** @type {HTMLFormElement | null} */ (guide.querySelector('[data-roster]'));

if (!boot.shared) keepTyped();
if (roster) followRoster(roster);

start.addEventListener('sent', (event) => {
  const { initiative_id, board_id } = /** @type {CustomEvent} */ (event).detail.data;
  sessionStorage.removeItem(KEPT);
  location.assign(board_id ? `/boards/${board_id}` : `/imports/new?initiative=${initiative_id}`);
});

function keepTyped() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  for (const field of fields()) {
    if (!(field.name in kept)) continue;
    if (field.type === 'radio') /** @type {HTMLInputElement} */ (field).checked = field.value === kept[field.name];
    else field.value = kept[field.name];
  }
  guide.addEventListener('input', () => {
    /** @type {Record<string, string>} */
    const now = {};
    for (const field of fields()) {
      if (field.type !== 'radio' || /** @type {HTMLInputElement} */ (field).checked) now[field.name] = field.value;
    }
    sessionStorage.setItem(KEPT, JSON.stringify(now));
  });
}

function fields() {
  const found = guide.querySelectorAll('input[name], textarea[name], select[name]');
  return /** @type {Iterable<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */ (
    /** @type {any} */ (found)
  );
}

/** @param {HTMLFormElement} form */
function followRoster(form) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem('roster'));
  const file = /** @type {HTMLInputElement} */ (form.querySelector('[data-roster-file]'));
  const show = () => showRoster(form, text.value);
  text.addEventListener('input', show);
  file.addEventListener('change', async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    text.value = await chosen.text();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    addPeople(form, text);
  });
  show();
}

/** @param {HTMLFormElement} form @param {string} text */
function showRoster(form, text) {
  const shown = /** @type {HTMLElement} */ (form.querySelector('[data-roster-shown]'));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('[data-roster-add]'));
  const words = /** @type {HTMLElement} */ (form.querySelector('[data-roster-words]'));
  const people = readRoster(text);
  const good = people.filter((person) => !person.problem);
  const tooMany = good.length > MOST;
  button.disabled = good.length === 0 || tooMany;
  words.textContent = good.length ? tn(good.length, 'Add {count} person', 'Add {count} people') : t('Add these people');
  shown.hidden = people.length === 0;
  const rows = [...people]
    .sort((a, b) => Number(!a.problem) - Number(!b.problem))
    .slice(0, 8)
    .map(line);
  const more = people.length - rows.length;
  if (more > 0) rows.push(note(tn(more, '… and {count} more', '… and {count} more')));
  if (tooMany) rows.unshift(note(t('At most {most} people at once: divide the list.', { most: MOST })));
  shown.replaceChildren(...rows);
}

/** @param {import('./roster.js').Person} person */
function line(person) {
  const row = document.createElement('p');
  row.className = person.problem ? 'roster__line roster__line--left' : 'roster__line';
  const name = document.createElement('bdi');
  name.textContent = person.name || '–';
  const rest = document.createElement('span');
  rest.className = 'roster__rest';
  const why = {
    name: t('no name: left out'),
    email: t('no such address: left out'),
    twice: t('twice: left out'),
    '': '',
  };
  rest.textContent = [person.email ?? t('no mail address'), person.job_title, why[person.problem]]
    .filter(Boolean)
    .join(' · ');
  row.append(name, rest);
  return row;
}

/** @param {string} words */
function note(words) {
  const row = document.createElement('p');
  row.className = 'roster__line roster__line--note';
  row.textContent = words;
  return row;
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} text */
async function addPeople(form, text) {
  const people = readRoster(text.value).filter((person) => !person.problem);
  await add(
    form,
    people.map(({ name, email, job_title }) => ({ name, email, job_title })),
    () => {
      text.value = '';
      text.dispatchEvent(new Event('input', { bubbles: true }));
    },
  );
}

/** @typedef {{ name: string, email: string | null, job_title: string, staff?: boolean }} Row */
/** @typedef {{ added: { id: number, name: string }[], known: string[], twice: string[], not_staff: number, left_out?: Row[] }} Added */

/** @param {HTMLFormElement} form @param {Row[]} people @param {() => void} done */
async function add(form, people, done) {
  hideProblem(form);
  await busy(form, async () => {
    try {
      /** @type {{ data: Added }} */
      const { data } = await send('POST', '/rosters', { body: { people } });
      const select = /** @type {HTMLSelectElement} */ (guide.querySelector('[data-people]'));
      for (const { id, name } of data.added) select.append(new Option(name, String(id)));
      done();
      tell(form, data);
    } catch (error) {
      showProblem(form, error);
    }
  });
}

/** @param {HTMLFormElement} form @param {Added} data */
function tell(form, data) {
  const done = /** @type {HTMLElement} */ (form.querySelector('[data-roster-done]'));
  const words = [tn(data.added.length, '{count} person came in.', '{count} people came in.')];
  if (data.known.length) words.push(tn(data.known.length, '{count} was here already.', '{count} were here already.'));
  if (data.twice.length)
    words.push(tn(data.twice.length, '{count} stands in the list twice.', '{count} stand in the list twice.'));
  if (data.not_staff)
    words.push(
      tn(data.not_staff, '{count} row was no staff, and is not kept.', '{count} rows were no staff, and are not kept.'),
    );
  done.textContent = words.join(' ');
  done.hidden = false;
  announce(done.textContent);
  offerBack(form, data.left_out ?? []);
}

/** Who was left out by the title of her job, by name: a rule can be wrong about a person. @param {HTMLFormElement} form @param {Row[]} rows */
function offerBack(form, rows) {
  const list = /** @type {HTMLElement} */ (form.querySelector('[data-roster-left]'));
  list.hidden = rows.length === 0;
  list.replaceChildren(
    ...rows.map((row) => {
      const shown = line({ ...row, problem: '' });
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button--small';
      button.textContent = t('Is staff: add');
      button.setAttribute('aria-label', t('{name} is staff: add', { name: row.name }));
      button.addEventListener('click', () =>
        add(form, [{ ...row, staff: true }], () => {
          const others = rows.filter((one) => one !== row);
          queueMicrotask(() => offerBack(form, others));
        }),
      );
      shown.append(button);
      return shown;
    }),
  );
}
