/** Light, dark, or as the device is set. A cookie tells the server, so that the next page comes in the right colours at once. */

const YEAR = 31_536_000;

export function followThemes() {
  document.addEventListener('click', (event) => {
    const button = /** @type {Element} */ (event.target).closest?.('[data-theme-choice]');
    if (button) choose(button.getAttribute('data-theme-choice') ?? '');
  });
}

/** @param {string} theme '' follows the device */
export function choose(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = `theme=${theme}; Path=/; SameSite=Lax; Max-Age=${theme ? YEAR : 0}`;
  for (const button of document.querySelectorAll('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-theme-choice') === theme));
  }
}
