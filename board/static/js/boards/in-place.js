/** A title that is changed where it stands. Enter and leaving it save, Escape takes it back. */
import { html, useLayoutEffect, useRef } from '#ui';

/** @param {{ value: string, label: string, save: (text: string) => any, close: () => void }} props */
export function InPlace({ value, label, save, close }) {
  const ref = useRef(/** @type {any} */ (null));
  const over = useRef(false);
  useLayoutEffect(() => {
    ref.current.value = value;
    ref.current.select();
  }, []);
  const finish = (/** @type {boolean} */ keep) => {
    if (over.current) return;
    over.current = true;
    const text = ref.current.value.trim();
    if (keep && text && text !== value) save(text);
    close();
  };
  return html`<input
    ref=${ref}
    class="in-place"
    aria-label=${label}
    maxlength="512"
    dir="auto"
    autocomplete="off"
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing) return;
      if (event.key === 'Enter') finish(true);
      else if (event.key === 'Escape') {
        event.stopPropagation();
        event.preventDefault();
        finish(false);
      }
    }}
    onBlur=${(/** @type {FocusEvent} */ event) => {
      // A list that others move takes the focus with it for a moment: only a real leave saves.
      const input = event.currentTarget;
      const look = () => ref.current && document.activeElement !== input && document.hasFocus() && finish(true);
      requestAnimationFrame(() => setTimeout(look, 50));
    }}
  />`;
}
