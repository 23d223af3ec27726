// Makes sprite.svg from the icons named here. Its source is big and rarely needed, so it is not among the installed packages:
//   npm install --no-save lucide-static@1.62.0 && node board/static/icons/build.mjs
// A test knows which icons the pages use.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = `
activity align-left archive archive-restore arrow-down arrow-left arrow-right arrow-right-left arrow-up at-sign bell book-open calendar
calendar-check calendar-days calendar-off calendar-plus check chevron-down chevron-left chevron-right chevron-up circle circle-alert
circle-check circle-dashed circle-dot circle-question-mark circle-user-round circle-x clock coffee columns-3 copy download ellipsis external-link eye eye-off
file-text flag funnel globe grip-vertical hand hand-helping hash history hourglass house id-card image inbox info key-round keyboard
laptop layers layout-dashboard link list list-checks list-plus list-todo lock lock-open log-out mail menu message-square mic milestone
monitor moon move palette panel-left paperclip pencil plus printer qr-code refresh-cw reply rotate-ccw school search send settings shield
smartphone smile sparkles square square-arrow-out-up-right square-check square-kanban square-pen star sticky-note sun tag target thumbs-up trash-2 tree-palm triangle-alert
undo-2 unlink upload user user-check user-minus user-plus user-x users wifi-off x zap
`
  .trim()
  .split(/\s+/);

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../../../node_modules/lucide-static');
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));

const symbols = NAMES.map((name) => {
  const drawn = readFileSync(join(source, 'icons', `${name}.svg`), 'utf8');
  const inside = drawn
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>[\s\S]*$/, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s+/g, ' ').replace(/ \/>/g, '/>').replace(/> </g, '><').trim()}</symbol>`;
});

writeFileSync(
  join(here, 'sprite.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide ${version}, ISC licence: lucide.dev -->\n${symbols.join('\n')}\n</svg>\n`,
);
process.stdout.write(`${symbols.length} icons\n`);
