/** The line that says that this school is made up: read once, it stays away until the browser is closed. */

document.querySelector('[data-made-up-read]')?.addEventListener('click', (event) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http
  document.cookie = 'made-up=read; Path=/; SameSite=Lax';
  /** @type {Element} */ (event.currentTarget).closest('[data-made-up]')?.remove();
  document.getElementById('main')?.focus();
});
