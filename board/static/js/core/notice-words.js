/** A notice in words: what happened, and why it is told to this person. */
import { longDay } from './dates.js';
import { t, tn } from './i18n.js';

/** @import { Item } from './types.js' */

/** @param {Item} notice */
export function sentence(notice) {
  const { reason, event, title, detail, count } = notice;
  const who = names(notice);
  switch (reason) {
    case 'asked':
      return t('{who} asks you to take on “{title}”', { who, title });
    case 'answered':
      return event === 'card.owner_accepted'
        ? t('{who} takes on “{title}”', { who, title })
        : t('{who} cannot take on “{title}”', { who, title });
    case 'mentioned':
      return t('{who} mentioned you in “{title}”', { who, title });
    case 'replied':
      return t('{who} replied in “{title}”', { who, title });
    case 'commented':
      return t('{who} wrote on “{title}”', { who, title });
    case 'reacted':
      return t('{who} reacted to your comment in “{title}” {emoji}', { who, title, emoji: detail ?? '' }).trim();
    case 'due':
      return t('“{title}” is due: {day}', { title, day: detail ? longDay(detail) : '' });
    case 'moved':
      return moved(who, title, detail, event, count);
    default:
      return notice.board_id
        ? t('{who} shared the board “{title}” with you', { who, title })
        : t('{who} added you to “{title}”', { who, title });
  }
}

/** Because … @param {Item} notice */
export function because({ reason, event }) {
  /** @type {Record<string, string>} */
  const words = {
    asked: t('because you were asked'),
    answered: t('because you asked'),
    mentioned: t('because you were mentioned'),
    replied: t('because you wrote there'),
    commented: t('because it is your action'),
    reacted: t('because you wrote it'),
    due: t('because you said yes to it'),
    moved: event === 'card.finished' ? t('because it is yours') : t('because it is your action'),
    joined: t('because you were added'),
  };
  return words[reason] ?? '';
}

/** Where it leads. @param {Item} notice */
export function address({ board_id, card_id, comment_id, group_id, initiative_id }) {
  if (card_id && board_id) return `/boards/${board_id}/cards/${card_id}${comment_id ? `#comment-${comment_id}` : ''}`;
  if (group_id) return `/groups/${group_id}`;
  if (initiative_id) return `/initiatives/${initiative_id}`;
  return board_id ? `/boards/${board_id}` : '/notices';
}

/** @param {Item} notice */
function names({ by_name, others }) {
  const who = by_name ?? t('Somebody');
  return others ? tn(others, '{who} and {count} other', '{who} and {count} others', { who }) : who;
}

/** @param {string} who @param {string} title @param {string | null} list @param {string} event @param {number} count */
function moved(who, title, list, event, count) {
  if (event === 'card.finished') return t('{who} finished “{title}”', { who, title });
  if (count > 1) return t('{who} moved “{title}” several times, now to “{list}”', { who, title, list: list ?? '' });
  return t('{who} moved “{title}” to “{list}”', { who, title, list: list ?? '' });
}
