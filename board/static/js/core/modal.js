/** A window over the page that is drawn while it is open: it takes the focus, and gives it back. */
import { html, render, useLayoutEffect } from '#ui';

/** @param {{ current: any }} ref of the dialog; the focus goes to what is marked `data-first` in it */
export function useModal(ref) {
  useLayoutEffect(() => {
    const back = document.activeElement;
    ref.current.showModal();
    ref.current.querySelector('[data-first]')?.focus();
    return () => {
      // What was chosen in it may have opened another window, which has the focus now.
      if (back instanceof HTMLElement && back.isConnected && !document.querySelector('dialog[open]:focus-within'))
        back.focus({ preventScroll: true });
    };
  }, []);
}

/** A place of its own at the end of the page, made when it is first needed. @param {string} id @param {any} Host */
export function mount(id, Host) {
  if (document.getElementById(id)) return;
  const root = document.createElement('div');
  root.id = id;
  document.body.append(root);
  render(html`<${Host} />`, root);
}
