/** Puts back what was typed on a shared computer and not sent, each into its place, before the board is drawn. */
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { readUnsent } from '../core/unsent.js';
import { restoreLine } from './composer.js';
import { restoreDraft } from './drafts.js';
import { restoreText } from './saved-texts.js';

export async function restoreUnsent() {
  let found;
  try {
    found = await readUnsent();
  } catch {
    toast(t('What you typed before cannot be read now. It is kept: open the page again to see it.'), {
      kind: 'problem',
    });
    return;
  }
  for (const { kind, key, text, base, version } of found) {
    if (kind === 'draft') restoreDraft(key, text);
    else if (kind === 'line') restoreLine(key, text);
    else if (kind === 'text') restoreText(key, { base: base ?? '', version: version ?? 0, mine: text });
  }
}
