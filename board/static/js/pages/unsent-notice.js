/** Once after signing in: there is text that was typed and not sent, and the way to it. */
import { t } from '../core/i18n.js';
import { readUnsent } from '../core/unsent.js';
import { say } from './say.js';

const TOLD = 'unsent-told';

export async function tellUnsent() {
  if (sessionStorage.getItem(TOLD)) return;
  const found = await readUnsent().catch(() => []);
  const path = found.find(({ path }) => path)?.path;
  if (!path) return;
  sessionStorage.setItem(TOLD, '1');
  if (path === location.pathname) return;
  say(t('You typed something that is not sent yet. It is kept.'), {
    action: t('Go there'),
    act: () => location.assign(path),
  });
}
