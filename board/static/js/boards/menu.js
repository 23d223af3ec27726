/** One small window at a time beside its button: a menu of verbs, or a piece of form. Escape and a click elsewhere close it. */
import { html, signal, useLayoutEffect, useRef } from '#ui';
import { icon } from '../core/icon.js';

/** @typedef {{ label: string, icon?: string, act: () => void, danger?: boolean, hint?: string }} Choice */
/** @typedef {{ turn: number, anchor: HTMLElement, title: string, choices?: Choice[], content?: () => any }} Open */

/** @type {import('#ui').Signal<Open | null>} */
const open = signal(null);
let turns = 0;

/** @param {HTMLElement} anchor @param {string} title @param {Choice[]} choices */
export function openMenu(anchor, title, choices) {
  open.value = { turn: ++turns, anchor, title, choices };
}

/** @param {HTMLElement} anchor @param {string} title @param {() => any} content draws what stands in it */
export function openPopup(anchor, title, content) {
  open.value = { turn: ++turns, anchor, title, content };
}

/** The focus goes back to the button, unless somebody has put it elsewhere already. */
export function closeMenu() {
  const shown = open.peek();
  open.value = null;
  const held = document.activeElement;
  const free = !held || held === document.body || held.closest('[popover]');
  if (shown?.anchor.isConnected && free) shown.anchor.focus({ preventScroll: true });
}

/** What lies outside a modal dialog cannot be used while it is open: there is a host in the page and one in the dialog. @param {{ dialog?: boolean }} props */
export function MenuHost({ dialog = false }) {
  const shown = open.value;
  if (!shown || Boolean(shown.anchor.closest('dialog')) !== dialog) return null;
  return html`<${Window} key=${shown.turn} ...${shown} />`;
}

/** @param {Open} props */
function Window({ turn, anchor, title, choices, content }) {
  const ref = useRef(/** @type {any} */ (null));
  useLayoutEffect(() => {
    const window = ref.current;
    window.showPopover();
    place(window, anchor);
    /** @type {HTMLElement | null} */ (
      window.querySelector('[autofocus], [role=menuitem], input, button, select')
    )?.focus();
    // Not `toggle`: that one comes some time after Escape, and would take the focus from where the next key has led.
    const closing = (/** @type {ToggleEvent} */ event) => {
      if (event.newState === 'closed' && event.target === window && open.peek()?.turn === turn) closeMenu();
    };
    window.addEventListener('beforetoggle', closing);
    return () => {
      window.removeEventListener('beforetoggle', closing);
      // The dialog around it was closed.
      if (open.peek()?.turn === turn) open.value = null;
    };
  }, []);
  return html`<div ref=${ref} popover="auto" class=${`popup ${choices ? 'popup--menu' : ''}`} role=${choices ? 'menu' : 'dialog'} aria-label=${title} onKeyDown=${choices ? walk : null}>
    ${!choices && html`<header class="popup__head"><h2>${title}</h2></header>`}
    ${
      choices
        ? choices.map(
            (choice) => html`<button
              type="button"
              role="menuitem"
              tabindex="-1"
              class=${`choice ${choice.danger ? 'choice--danger' : ''}`}
              onClick=${() => {
                closeMenu();
                choice.act();
              }}
            >
              ${choice.icon && icon(choice.icon)}<span>${choice.label}</span>${choice.hint && html`<kbd>${choice.hint}</kbd>`}
            </button>`,
          )
        : content?.()
    }
  </div>`;
}

/** Below the button where there is room, else above; never outside the window. @param {HTMLElement} window @param {HTMLElement} anchor */
function place(window, anchor) {
  const button = anchor.getBoundingClientRect();
  const { width, height } = window.getBoundingClientRect();
  const [wide, high] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
  const below = button.bottom + 4 + height <= high || button.top < height;
  const top = below ? Math.min(button.bottom + 4, Math.max(8, high - height - 8)) : button.top - 4 - height;
  const start = document.dir === 'rtl' ? button.right - width : button.left;
  const left = Math.max(8, Math.min(start, wide - width - 8));
  window.style.setProperty('top', `${top}px`);
  window.style.setProperty('left', `${left}px`);
}

/** Arrow keys, Home, End and first letters walk through a menu. @param {KeyboardEvent} event */
function walk(event) {
  const items = /** @type {HTMLElement[]} */ ([
    .../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('[role=menuitem]'),
  ]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const keys = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
  let next = keys[/** @type {keyof typeof keys} */ (event.key)];
  if (event.key === 'Tab') return closeMenu();
  if (next === undefined && event.key.length === 1) {
    const rotated = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    const found = rotated.find((item) => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    if (found) next = items.indexOf(found);
  }
  if (next === undefined) return;
  event.preventDefault();
  items[next % items.length].focus();
}
