/** What is said on the page that comes next, where this one is left for it; it can offer to take back what was done. */
import { t } from '../core/i18n.js';
import { showRefusal } from './problems.js';
import { send } from './reauth.js';
import { say } from './say.js';

const KEPT = 'said-next';

/** @param {string} text @param {string} [op] of what can be taken back there */
export function sayNext(text, op) {
  sessionStorage.setItem(KEPT, JSON.stringify({ text, op }));
}

export function sayKept() {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  const { text, op } = JSON.parse(kept);
  say(text, op && { action: t('Undo'), act: () => takeBack(op) });
}

/** @param {string} op */
async function takeBack(op) {
  try {
    await send('PUT', `/ops/${op}/undone`, {});
    sayNext(t('Taken back.'));
    location.reload();
  } catch (error) {
    showRefusal(error);
  }
}
