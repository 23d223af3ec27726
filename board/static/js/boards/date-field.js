/** A day and perhaps a time, typed as one says it: what was understood stands below at once, in words. */
import { html, useEffect, useLayoutEffect, useRef, useState } from '#ui';
import { announce } from '../core/announce.js';
import { dayOf, fromNow, longDay, timeOf, whenOf } from '../core/dates.js';
import { locale, t, tn } from '../core/i18n.js';
import { icon } from '../core/icon.js';
import { plainWeek, schoolDays } from '../core/school-days.js';
import { schoolDaysBetween, whenMeant } from '../core/when-words.js';
import { DatePicker } from './date-picker.js';
import { closeMenu, openPopup } from './menu.js';

/** @param {{ value: string | null, label: string, id: string, save: (when: string | null) => void, bare?: boolean, say?: boolean, alone?: boolean }} props `bare`: days only, and nothing to take off; `alone`: the month stands below it already */
export function DateField({ value, label, id, save, bare = false, say = true, alone = false }) {
  const ref = useRef(/** @type {any} */ (null));
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [days, setDays] = useState(plainWeek);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    schoolDays().then(setDays);
  }, []);
  const shown = value ? asText(value) : '';
  useLayoutEffect(() => {
    if (typed === null) ref.current.value = shown;
  }, [shown, typed]);
  const today = dayOf(new Date().toISOString());
  const around = { today, monthFirst: monthFirst(), names: names(), ...days };
  const meant = typed?.trim() ? whenMeant(typed, around) : null;
  const when = meant ? whenOf(meant.day, meant.time) : null;
  const finish = () => {
    if (typed === null) return true;
    if (typed.trim() === '' && !bare) {
      setTyped(null);
      if (value) save(null);
      return true;
    }
    if (!when) {
      if (typed.trim() === '' || typed.trim() === shown) {
        setTyped(null);
        return true;
      }
      setWrong(true);
      return false;
    }
    setTyped(null);
    setWrong(false);
    if (when !== value) {
      save(when);
      announce(told(when, today, days));
    }
    return true;
  };
  const hint = `${id}-hint`;
  return html`<div class="date">
    <div class="date__row">
      <input
        ref=${ref}
        id=${id}
        class="input date__text"
        type="text"
        autocomplete="off"
        spellcheck="false"
        aria-label=${label}
        aria-describedby=${hint}
        aria-invalid=${wrong || null}
        placeholder=${t('fri 3pm, 24 dec, in 2 weeks')}
        maxlength="60"
        onInput=${() => {
          setTyped(ref.current.value);
          setWrong(false);
        }}
        onFocus=${() => ref.current.select()}
        onBlur=${finish}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            if (finish() && document.activeElement === ref.current) ref.current.select();
          } else if (event.key === 'Escape' && typed !== null) {
            event.preventDefault();
            event.stopPropagation();
            setTyped(null);
            setWrong(false);
          } else if (event.key === 'ArrowDown' && !alone) {
            event.preventDefault();
            pick();
          }
        }}
      />
      ${!alone && html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t('Choose a day: {what}', { what: label })} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => pick()}>${icon('calendar-days')}</button>`}
      ${value && !bare && !alone && html`<button type="button" class="tool" aria-label=${t('Remove the date: {what}', { what: label })} onClick=${clear}>${icon('x')}</button>`}
    </div>
    <p class=${`date__hint ${wrong ? 'date__hint--wrong' : ''}`} id=${hint} role=${typed === null ? null : 'status'}>
      ${
        wrong
          ? t('That is no day we know. Try “fri 3pm”, “24 dec” or “in 3 school days”. Nothing was changed.')
          : typed?.trim() && typed.trim() !== shown
            ? when
              ? told(when, today, days)
              : t('Not a day yet…')
            : value && say
              ? inSchoolDays(dayOf(value), today, days)
              : ''
      }
    </p>
  </div>`;

  function clear() {
    setTyped(null);
    setWrong(false);
    save(null);
  }

  function pick() {
    const now = value ?? when;
    openPopup(
      ref.current,
      label,
      () =>
        html`<${DatePicker} value=${now ? dayOf(now) : ''} today=${today} days=${days} choose=${(
          /** @type {string} */ day,
        ) => {
          setTyped(null);
          setWrong(false);
          const next = whenOf(day, now ? timeOf(now) : '');
          if (next !== value) save(next);
          closeMenu();
        }} />`,
    );
  }
}

/** "Fri 27 Nov, 15:00, in 3 days: 3 school days" @param {string} when @param {string} today @param {import('../core/school-days.js').SchoolDays} days */
export function told(when, today, days) {
  const day = dayOf(when);
  return [longDay(when), fromNow(day), inSchoolDays(day, today, days)].filter(Boolean).join(' · ');
}

/** @param {string} day @param {string} today @param {import('../core/school-days.js').SchoolDays} days */
function inSchoolDays(day, today, days) {
  const count = schoolDaysBetween(today, day, days.isSchoolDay);
  const shut = days.nameOf(day) || (days.isSchoolDay(day) ? '' : t('no school then'));
  const many = count > 0 ? tn(count, '{count} school day', '{count} school days') : '';
  return [many, shut].filter(Boolean).join(' · ');
}

/** As it can be typed again. @param {string} when */
function asText(when) {
  const year =
    dayOf(when).slice(0, 4) === String(new Date().getFullYear()) ? {} : { year: /** @type {const} */ ('numeric') };
  const day = new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), {
    day: 'numeric',
    month: 'short',
    ...year,
    timeZone: 'UTC',
  }).format(Date.parse(dayOf(when)));
  return `${day} ${timeOf(when)}`.trim();
}

function monthFirst() {
  const parts = new Intl.DateTimeFormat(
    locale() === 'en' ? (navigator.language?.startsWith('en') ? navigator.language : 'en-GB') : locale(),
    { day: 'numeric', month: 'numeric' },
  ).formatToParts(0);
  return parts.find(({ type }) => type === 'day' || type === 'month')?.type === 'month';
}

/** @type {Map<string, import('../core/when-words.js').Names>} */
const known = new Map();

function names() {
  const language = locale();
  const found = known.get(language);
  if (found) return found;
  const forms = /** @type {const} */ (['long', 'short']);
  const of = (/** @type {string} */ day, /** @type {Intl.DateTimeFormatOptions} */ options) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
      .format(Date.parse(day))
      .toLocaleLowerCase(language);
  const made = {
    weekdays: Array.from({ length: 7 }, (_, n) => forms.map((weekday) => of(`2024-01-0${n + 1}`, { weekday }))),
    months: Array.from({ length: 12 }, (_, n) =>
      forms.map((month) => of(`2024-${String(n + 1).padStart(2, '0')}-15`, { month })),
    ),
  };
  known.set(language, made);
  return made;
}
