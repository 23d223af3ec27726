/** Marks as read what has been in view for a moment, for the person alone. */
import { request } from '../core/http.js';

const MOMENT = 1000;
/** How far each thread was marked from here. @type {Map<number, number>} */
const marked = new Map();

/** @param {HTMLElement} place @param {number} thread @param {number} read_to @returns {() => void} */
export function watchReading(place, thread, read_to) {
  let furthest = Math.max(marked.get(thread) ?? 0, read_to);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const send = () => {
    if (document.visibilityState !== 'visible' || furthest <= Math.max(marked.get(thread) ?? 0, read_to)) return;
    marked.set(thread, furthest);
    request('PUT', `/threads/${thread}/read`, { body: { up_to: furthest } }).catch(() => marked.delete(thread));
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries)
      if (isIntersecting) furthest = Math.max(furthest, Number(/** @type {HTMLElement} */ (target).dataset.comment));
    clearTimeout(timer);
    timer = setTimeout(send, MOMENT);
  });
  for (const comment of place.querySelectorAll('[data-comment]')) observer.observe(comment);
  document.addEventListener('visibilitychange', send);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', send);
  };
}
