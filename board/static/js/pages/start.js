/** What every page does: its language, the colours, forms that talk to the API, and leaving for good. */
import { speak } from '../core/i18n.js';
import { beginUnsent } from '../core/unsent.js';
import { offerCommands } from './everywhere.js';
import { followButtons, followForms } from './forms.js';
import { watchIdle } from './idle.js';
import { sayKept } from './say-next.js';
import { followThemes } from './themes.js';

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
speak(boot.messages, boot.locale);

followThemes();
followForms();
followButtons();
sayKept();
if (boot.me) beginUnsent(Boolean(boot.shared));
if (boot.shared) watchIdle();
// A board puts it back where it was typed.
if (boot.drafts && !boot.snapshot) import('./unsent-notice.js').then(({ tellUnsent }) => tellUnsent());
if (boot.me) offerCommands();
// A board has a line of its own, which carries the notices too.
if (boot.notices && !boot.snapshot) import('../core/line.js').then(({ openLine }) => openLine(boot));

// A page that comes back from the browser's memory may belong to somebody who has left.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
