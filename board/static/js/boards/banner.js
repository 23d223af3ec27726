/** One line above the board, when something about the line to the server should be known. */
import { html } from '#ui';
import { t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { board } from './context.js';

export function Banner() {
  const { live, queue } = board;
  const status = live.status.value;
  const waiting = queue.count.value;
  if (status === 'revoked') {
    return line(
      'problem',
      'lock',
      t('This board is no longer shared with you.'),
      html`<a class="button" href="/">${t('To my page')}</a>`,
    );
  }
  if (status === 'signed-out') {
    const next = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
    return line(
      'problem',
      'lock',
      t('You are signed out. What you typed is still here.'),
      html`<a class="button" href=${next} target="_blank" rel="opener">${t('Sign in again')}</a>`,
    );
  }
  if (status === 'restarting')
    return line('note', 'refresh-cw', t('The server is being restarted. You can go on working.'));
  if (status === 'offline' || queue.held.value) {
    const kept = waiting
      ? tn(
          waiting,
          '{count} change is kept here and goes out when the line is back.',
          '{count} changes are kept here and go out when the line is back.',
        )
      : t('You can go on working; changes are kept here.');
    return line('warning', 'wifi-off', `${t('No connection.')} ${kept}`);
  }
  if (live.outdated.value) {
    return line(
      'note',
      'refresh-cw',
      t('There is a newer version of Staffroom.'),
      html`<button type="button" class="button" onClick=${() => location.reload()}>${t('Load it')}</button>`,
    );
  }
  return null;
}

/** @param {'note' | 'warning' | 'problem'} kind @param {string} name @param {string} text @param {any} [way] */
function line(kind, name, text, way) {
  return html`<div class=${`strip strip--${kind}`} role="status">${icon(name)}<span>${text}</span>${way}</div>`;
}
