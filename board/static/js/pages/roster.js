/** Reads a pasted staff list: lines of name, e-mail and job in any order, divided by tabs, semicolons or commas; with a line of titles or without. */

const ADDRESS = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/;
const TITLES = {
  name: ['name', 'full name', 'display name', 'staff', 'teacher', 'employee'],
  first: ['first name', 'firstname', 'given name', 'first'],
  last: ['last name', 'lastname', 'surname', 'family name', 'last'],
  email: ['email', 'e-mail', 'mail', 'email address', 'e-mail address'],
  job: ['job', 'job title', 'title', 'role', 'position', 'function'],
};
export const MOST = 500;

/**
 * @typedef {{ name: string, email: string | null, job_title: string, problem: '' | 'name' | 'email' | 'twice' }} Person
 * @param {string} text
 * @returns {Person[]} one for each line with something on it
 */
export function readRoster(text) {
  const rows = records(text).filter((cells) => cells.some((cell) => cell !== ''));
  const titles = titlesOf(rows[0] ?? []);
  /** @type {Set<string>} */
  const seen = new Set();
  return rows.slice(titles ? 1 : 0).map((cells) => {
    const person = titles ? byTitles(cells, titles) : byLook(cells);
    const key = (person.email ?? person.name).toLowerCase();
    if (!person.problem && seen.has(key)) return { ...person, problem: 'twice' };
    seen.add(key);
    return person;
  });
}

/** Lines of cells, as spreadsheets write them: quotes may hold the divider and line ends. @param {string} text */
function records(text) {
  const divider = dividerOf(text);
  /** @type {string[][]} */
  const rows = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    rows[rows.length - 1].push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === divider) end();
    else if (sign === '\n' || sign === '\r') {
      end();
      rows.push([]);
    } else cell += sign;
  }
  end();
  return rows;
}

/** @param {string} text */
function dividerOf(text) {
  return ['\t', ';', ','].find((sign) => text.includes(sign)) ?? ',';
}

/** What each column holds, when the first line says so. @param {string[]} cells @returns {(keyof typeof TITLES | null)[] | null} */
function titlesOf(cells) {
  const found = cells.map((cell) => {
    const plain = cell
      .toLowerCase()
      .replace(/[_\s]+/g, ' ')
      .trim();
    return (
      /** @type {(keyof typeof TITLES)[]} */ (Object.keys(TITLES)).find((key) => TITLES[key].includes(plain)) ?? null
    );
  });
  return found.some((key) => key === 'name' || key === 'first' || key === 'email') &&
    !cells.some((c) => ADDRESS.test(c))
    ? found
    : null;
}

/** @param {string[]} cells @param {(keyof typeof TITLES | null)[]} titles */
function byTitles(cells, titles) {
  const of = (/** @type {keyof typeof TITLES} */ key) => cells[titles.indexOf(key)] ?? '';
  return checked(of('name') || `${of('first')} ${of('last')}`.trim(), of('email'), of('job'));
}

/** Without titles an address is known by its look; the first other cell is the name. @param {string[]} cells */
function byLook(cells) {
  const wrapped = cells.length === 1 ? /^(.*?)\s*<([^<>]+)>$/.exec(cells[0]) : null;
  if (wrapped) return checked(wrapped[1].replace(/^"|"$/g, ''), wrapped[2], '');
  const at = cells.findIndex((cell) => cell.includes('@'));
  const [name = '', ...rest] = cells.filter((cell, i) => i !== at && cell !== '');
  return checked(name, at < 0 ? '' : cells[at], rest.join(', '));
}

/** @param {string} name @param {string} email @param {string} job @returns {Person} */
function checked(name, email, job) {
  const problem = name === '' || name.length > 200 ? 'name' : email !== '' && !ADDRESS.test(email) ? 'email' : '';
  return { name, email: email || null, job_title: job.slice(0, 200), problem };
}
