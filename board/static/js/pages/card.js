/** A card that was scanned brings its code behind the # of the address. */
const code = decodeURIComponent(location.hash.slice(1));
const field = /** @type {HTMLInputElement} */ (document.getElementById('f-card'));
if (code) {
  field.value = code;
  history.replaceState(null, '', location.pathname);
  /** @type {HTMLElement | null} */ (document.querySelector('#card button:not([type])'))?.focus();
} else field.focus();
