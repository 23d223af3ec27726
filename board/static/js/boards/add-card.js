/** A new card, from any view: at the end of a list, and said when the filter may hide it. */
import { t } from '../core/i18n.js';
import { toast } from '../core/toast.js';
import { makeCard } from './commands.js';
import { clearFilter, filtering } from './filter.js';

/** @import { Beginning } from './commands.js' */

/** @param {number} list @param {string} title @param {Beginning} [beginning] */
export function addCard(list, title, beginning = {}) {
  const asked = makeCard(list, title, beginning);
  if (filtering.peek()) toast(t('Added. The filter may hide it.'), { action: t('Show all'), act: clearFilter });
  return asked;
}
