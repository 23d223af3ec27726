/** Bringing in a board: the file goes up, the server reads it; who is who is asked; then it is written, and the report stands here. */
import { html, render } from '#ui';
import { announce } from '../core/announce.js';
import { newOp, Refused, read, request, Unreachable } from '../core/http.js';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { busy } from './forms.js';
import { hideProblem, showProblem, showRefusal } from './problems.js';

const LOOK_EVERY = 700;

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
const root = /** @type {HTMLElement} */ (document.getElementById('import'));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('import-form'));
let told = '';

form?.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (form.getAttribute('aria-busy') === 'true') return;
  hideProblem(form);
  await busy(form, async () => {
    try {
      const { data } = await upload(form);
      document.getElementById('import-start')?.remove();
      history.replaceState(null, '', `/imports/${data.id}`);
      follow(data);
    } catch (error) {
      render(null, root);
      showProblem(form, error);
    }
  });
});

/** Sends the file, showing how much of it is there: `fetch` cannot tell. @param {HTMLFormElement} source @returns {Promise<any>} */
function upload(source) {
  const fields = new FormData(source);
  const [place, id] = String(fields.get('place')).split(':');
  const body = new FormData();
  body.set('kind', 'trello');
  body.set(place, id);
  body.set('hold', String(fields.has('hold')));
  body.set('file', /** @type {File} */ (fields.get('file')));
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', '/api/v1/imports');
    sending.setRequestHeader('Idempotency-Key', newOp());
    sending.responseType = 'json';
    sending.upload.onprogress = ({ loaded, total }) => show({ state: 'sending', progress: total ? loaded / total : 0 });
    sending.onerror = () => reject(new Unreachable('network'));
    sending.onload = () => {
      if (sending.status === 202) resolve(sending.response);
      else reject(new Refused(sending.status, sending.response ?? {}));
    };
    sending.send(body);
  });
}

/** Looks again and again until there is something to do for a person, or nothing left to do. @param {any} found */
async function follow(found) {
  show(found);
  while (found.state === 'reading' || found.state === 'writing') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    try {
      found = (await read(`/imports/${found.id}`)).data;
    } catch (error) {
      if (error instanceof Unreachable) continue;
      showRefusal(error);
      return;
    }
    show(found);
  }
}

/** @param {any} found */
function show(found) {
  const words = STATES[found.state]?.() ?? '';
  if (words && words !== told) announce(words);
  told = words;
  const view = { waiting: Mapping, done: Report, failed: Failure }[/** @type {string} */ (found.state)] ?? Progress;
  render(html`<${view} found=${found} words=${words} />`, root);
}

/** @type {Record<string, () => string>} */
const STATES = {
  sending: () => t('The file is being sent.'),
  reading: () => t('The file is being read.'),
  waiting: () => t('Say who is who, then the board is made.'),
  writing: () => t('The board is being made. Nobody sees it until it is whole.'),
  done: () => t('The board is here.'),
  failed: () => t('The import failed.'),
};

/** @param {{ found: any, words: string }} props */
function Progress({ found, words }) {
  const percent = Math.round(found.progress * 100);
  return html`<section class="panel">
    <div class="panel__head"><h2 id="import-state">${words}</h2><span class="chip chip--count">${percent} %</span></div>
    <progress class="import__bar" aria-labelledby="import-state" max="100" value=${percent}></progress>
  </section>`;
}

/** @param {{ found: any, words: string }} props */
function Failure({ found }) {
  return html`<section class="panel">
    <div class="panel__head"><h2>${t('The import failed')}</h2></div>
    <div class="banner tint-red" role="alert">${icon('circle-alert')}<span class="banner__words">${found.error.message}</span></div>
    <p><a class="button" href="/imports/new">${t('Try another file')}</a></p>
  </section>`;
}

/** @param {{ found: any, words: string }} props */
function Mapping({ found, words }) {
  const people = [...found.people].sort((a, b) => b.cards + b.comments - (a.cards + a.comments));
  /** @param {SubmitEvent} event */
  const send = async (event) => {
    event.preventDefault();
    const source = /** @type {HTMLFormElement} */ (event.target);
    if (source.getAttribute('aria-busy') === 'true') return;
    /** @type {Record<string, number | null>} */
    const mapping = {};
    for (const [name, value] of new FormData(source)) mapping[name] = value ? Number(value) : null;
    await busy(source, async () => {
      try {
        follow((await request('PUT', `/imports/${found.id}/mapping`, { body: { mapping } })).data);
      } catch (error) {
        showProblem(source, error);
      }
    });
  };
  return html`<section class="panel">
    <div class="panel__head"><h2>${t('Who is who in “{board}”', { board: found.title })}</h2></div>
    <p class="panel__lead">${words} ${t('Whoever is nobody here keeps the name in comments and on cards.')}</p>
    <form class="form" method="post" onSubmit=${send}>
      <div class="banner tint-red" data-problem role="alert" hidden>${icon('circle-alert')}<span class="banner__words" data-problem-words></span></div>
      <div class="table-wrap"><table class="table">
        <thead><tr><th scope="col">${t('In Trello')}</th><th scope="col" class="import__number">${t('Cards')}</th><th scope="col" class="import__number">${t('Comments')}</th><th scope="col">${t('Here')}</th></tr></thead>
        <tbody>${people.map((person) => html`<${PersonRow} key=${person.id} person=${person} ours=${found.mapping[person.id]} />`)}</tbody>
      </table></div>
      <div class="form__actions"><button class="button button--primary">${t('Make the board')}</button></div>
    </form>
  </section>`;
}

/** @param {{ person: any, ours: number | null }} props */
function PersonRow({ person, ours }) {
  const name = person.name || t('Somebody on Trello');
  return html`<tr>
    <th scope="row"><bdi>${name}</bdi>${person.username && html` <span class="lines__under">@${person.username}</span>`}</th>
    <td class="import__number">${person.cards}</td><td class="import__number">${person.comments}</td>
    <td><select class="input" name=${person.id} aria-label=${t('{name} is here', { name })}>
      <option value="" selected=${!ours}>${t('nobody')}</option>
      ${boot.members.map((/** @type {any} */ one) => html`<option key=${one.id} value=${one.id} selected=${one.id === ours}>${one.name}</option>`)}
    </select></td>
  </tr>`;
}

/** @param {{ found: any, words: string }} props */
function Report({ found }) {
  const { report } = found;
  const [board] = found.board_ids;
  return html`<section class="panel">
      <div class="panel__head"><h2>${report.again ? t('“{board}” is up to date', { board: found.title }) : t('“{board}” is here', { board: found.title })}</h2>
        <a class="button button--primary" href=${`/boards/${board}`}>${icon('square-kanban')}${t('Open the board')}</a></div>
      <${Counts} report=${report} />
    </section>
    <${Missing} missing=${report.missing} board=${board} />
    <${LeftOut} rows=${report.left_out} />`;
}

/** @type {Record<string, () => string>} */
const KINDS = {
  lists: () => t('Lists'),
  cards: () => t('Cards'),
  archived_cards: () => t('of them archived'),
  labels: () => t('Labels'),
  checklists: () => t('Checklists'),
  items: () => t('Checklist items'),
  item_owners: () => t('of them with a person'),
  item_dates: () => t('of them with a date'),
  comments: () => t('Comments'),
  attachments: () => t('Attachments'),
  custom_fields: () => t('Custom fields'),
  people: () => t('People'),
  votes: () => t('Votes'),
  stickers: () => t('Stickers'),
  covers: () => t('Covers'),
};

/** @param {{ report: any }} props */
function Counts({ report }) {
  const kinds = Object.keys(report.found).filter((kind) => report.found[kind] || report.made[kind]);
  return html`<div class="table-wrap"><table class="table">
    <thead><tr><th scope="col">${t('What')}</th><th scope="col" class="import__number">${t('In the file')}</th><th scope="col" class="import__number">${t('Made')}</th>
      ${report.again && html`<th scope="col" class="import__number">${t('Changed')}</th>`}</tr></thead>
    <tbody>${kinds.map(
      (kind) => html`<tr key=${kind}><th scope="row">${KINDS[kind]?.() ?? kind}</th>
      <td class="import__number">${report.found[kind]}</td><td class="import__number">${report.made[kind]}</td>
      ${report.again && html`<td class="import__number">${report.changed[kind] ?? 0}</td>`}</tr>`,
    )}</tbody>
  </table></div>`;
}

/** @param {{ missing: any, board: number }} props */
function Missing({ missing, board }) {
  if (!missing.comments) return null;
  return html`<section class="panel" aria-labelledby="import-missing">
    <div class="panel__head"><h2 id="import-missing">${tn(missing.comments, '1 comment is not in this export', '{count} comments are not in this export')}</h2></div>
    <p class="panel__lead">${t('Trello exports only the newest 1,000 actions of a board. What is older is missing from the file itself, on these cards:')}</p>
    <ul class="lines">${missing.by_card.map(
      (
        /** @type {any} */ row,
      ) => html`<li key=${row.card_id}><span class="lines__words"><a href=${`/boards/${board}/cards/${row.card_id}`}><bdi>${row.card}</bdi></a></span>
        <span class="chip chip--count">${tn(row.comments, '1 comment', '{count} comments')}</span></li>`,
    )}</ul>
  </section>`;
}

/** The same reason is told once, with all it concerns. @param {{ rows: Array<{ kind: string, what: string, why: string }> }} props */
function LeftOut({ rows }) {
  if (!rows.length)
    return html`<section class="panel"><p>${icon('circle-check')} ${t('Nothing was left out.')}</p></section>`;
  /** @type {Map<string, { kind: string, why: string, whats: string[] }>} */
  const reasons = new Map();
  for (const { kind, what, why } of rows) {
    const key = `${kind} ${why}`;
    if (!reasons.has(key)) reasons.set(key, { kind, why, whats: [] });
    reasons.get(key)?.whats.push(what);
  }
  return html`<section class="panel" aria-labelledby="import-left">
    <div class="panel__head"><h2 id="import-left">${t('What did not come along as it was')}</h2></div>
    <ul class="lines">${[...reasons.entries()].map(
      ([key, { kind, why, whats }]) => html`<li key=${key}><span class="lines__words">
        <span class="lines__title">${KINDS[kind]?.() ?? kind}</span>: ${why}
        <${Whats} whats=${whats} />
      </span></li>`,
    )}</ul>
  </section>`;
}

/** @param {{ whats: string[] }} props */
function Whats({ whats }) {
  if (whats.length === 1) return html`<br><bdi class="lines__under">${whats[0]}</bdi>`;
  return html`<details class="more-box" open=${whats.length <= 5}><summary>${tn(whats.length, '1 of them', '{count} of them')}</summary>
    <ul>${whats.map((what) => html`<li><bdi>${what}</bdi></li>`)}</ul></details>`;
}

// Last: what is shown needs the words above.
if (boot.import) follow(boot.import);
