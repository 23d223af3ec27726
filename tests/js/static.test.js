import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const STATIC = new URL('../../board/static/', import.meta.url).pathname;
const BUDGET = 150_000;

test('a board page costs at most 150 kB of compressed script, and what is opened later is fetched later', () => {
  const all = imported('js/boards/page.js');
  const bytes = [...all].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(STATIC, file)), { level: 9 }).length,
    0,
  );
  assert.ok(bytes < BUDGET, `${bytes} bytes`);
  assert.ok(bytes > 100_000, 'all of it was found');
  for (const later of ['dialog', 'views/table', 'views/calendar', 'views/present'])
    assert.ok(!all.has(`js/boards/${later}.js`), later);
});

test('every icon that a script names is in the sheet', () => {
  const sheet = readFileSync(join(STATIC, 'icons/sprite.svg'), 'utf8');
  const known = new Set([...sheet.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id));
  for (const file of ['js/boards', 'js/boards/views', 'js/core', 'js/search', 'js/pages'].flatMap((folder) =>
    files(folder).map((name) => join(folder, name)),
  )) {
    const text = readFileSync(join(STATIC, file), 'utf8');
    const used = [...text.matchAll(/icon(?:: |\()'([a-z0-9-]+)'/g)].map(([, name]) => name);
    for (const name of used) assert.ok(known.has(name), `${file}: ${name}`);
  }
});

test('every icon that a page names is in the sheet', () => {
  const sheet = readFileSync(join(STATIC, 'icons/sprite.svg'), 'utf8');
  const known = new Set([...sheet.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id));
  const templates = join(STATIC, '../templates');
  let found = 0;
  for (const file of readdirSync(templates, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    const text = readFileSync(join(templates, file), 'utf8');
    const named = [...text.matchAll(/\b(?:icon|empty)\('([^']+)'/g), ...text.matchAll(/mark='([^']+)'/g)];
    const openers = text.matchAll(/\bopener\('[^']+', _\((?:'[^']*')\), '([^']+)'/g);
    const ways = text.matchAll(/\bway\('[^']+', '([^']+)'/g);
    for (const [, name] of [...named, ...openers, ...ways]) {
      found += 1;
      assert.ok(known.has(name), `${file}: ${name}`);
    }
  }
  assert.ok(found > 40);
});

test('every text for people goes through t() with the English text in one piece', () => {
  for (const file of ['js/boards', 'js/boards/views', 'js/search'].flatMap((folder) =>
    files(folder).map((name) => join(folder, name)),
  )) {
    const text = readFileSync(join(STATIC, file), 'utf8');
    assert.ok(!/\bt\(\s*`/.test(text), `${file}: a template string cannot be translated`);
    for (const [, words] of text.matchAll(/(?:aria-label|placeholder|title)="([^"$]+)"/g)) {
      assert.fail(`${file}: "${words}" is not translated`);
    }
  }
});

function files(folder) {
  return readdirSync(join(STATIC, folder))
    .filter((name) => name.endsWith('.js'))
    .sort();
}

/** A module and all that it imports at once. */
function imported(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  const bundles = { '#ui': 'vendor/ui.js', '#dnd': 'vendor/dnd.js', '#socket': 'vendor/socket.js' };
  const text = readFileSync(join(STATIC, entry), 'utf8');
  for (const [, from, bare] of text.matchAll(/^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'/gm)) {
    const name = from ?? bare;
    imported(bundles[name] ?? join(entry, '..', name), found);
  }
  return found;
}
