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
      if (!notice.card_id)
        return tn(
          count,
          '{who} asks you to take on {count} action on “{title}”',
          '{who} asks you to take on {count} actions on “{title}”',
          { who, title },
        );
      return t('{who} asks you to take on “{title}”', { who, title });
    case 'named':
      if (!notice.item_id)
        return tn(
          count,
          '{who} put you down for {count} item of “{title}”',
          '{who} put you down for {count} items of “{title}”',
          { who, title },
        );
      return t('{who} put you down for “{title}” of “{card}”', { who, title, card: detail ?? '' });
    case 'answered':
      return answered(who, title, event, detail ? longDay(detail) : '');
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
      return notice.card_id ? moved(who, title, detail, event, count) : movedMany(who, title, event, count);
    default:
      return notice.board_id
        ? t('{who} shared the board “{title}” with you', { who, title })
        : t('{who} added you to “{title}”', { who, title });
  }
}

/** Because … @param {Item} notice */
export function because({ reason, event, item_id }) {
  /** @type {Record<string, string>} */
  const words = {
    asked: t('because you were asked'),
    named: t('because you are to do it'),
    answered: t('because you asked'),
    mentioned: t('because you were mentioned'),
    replied: t('because you wrote there'),
    commented: t('because it is your action'),
    reacted: t('because you wrote it'),
    due: item_id ? t('because you are to do it') : t('because you said yes to it'),
    moved: event.startsWith('cards.') ? t('because they are yours') : t('because it is your action'),
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

/** @param {string} who @param {string} title @param {string} event @param {string} day */
function answered(who, title, event, day) {
  switch (event) {
    case 'card.owner_accepted':
      return t('{who} takes on “{title}”', { who, title });
    case 'card.date_proposed':
      return t('{who} proposes another date for “{title}”: {day}', { who, title, day });
    case 'card.date_accepted':
      return t('{who} agrees to your date for “{title}”: {day}', { who, title, day });
    case 'card.date_dropped':
      return t('{who} keeps the date of “{title}”', { who, title });
    default:
      return t('{who} cannot take on “{title}”', { who, title });
  }
}

/** @param {string} who @param {string} title of the board @param {string} event @param {number} count */
function movedMany(who, title, event, count) {
  return event === 'cards.finished'
    ? tn(
        count,
        '{who} finished {count} action of yours on “{title}”',
        '{who} finished {count} actions of yours on “{title}”',
        { who, title },
      )
    : tn(
        count,
        '{who} moved {count} action of yours on “{title}”',
        '{who} moved {count} actions of yours on “{title}”',
        { who, title },
      );
}

/** @param {string} who @param {string} title @param {string | null} list @param {string} event @param {number} count */
function moved(who, title, list, event, count) {
  if (event.endsWith('.finished')) return t('{who} finished “{title}”', { who, title });
  if (count > 1) return t('{who} moved “{title}” several times, now to “{list}”', { who, title, list: list ?? '' });
  return t('{who} moved “{title}” to “{list}”', { who, title, list: list ?? '' });
}
