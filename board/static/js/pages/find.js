/** A field that filters the rows of the table it names. */
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('[data-find]'))) {
  const place = /** @type {HTMLElement} */ (document.getElementById(field.dataset.find ?? ''));
  const none = document.querySelector(`[data-found-none="${field.dataset.find}"]`);
  field.addEventListener('input', () => {
    const wanted = plain(field.value.trim());
    let found = 0;
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll('[data-row]'))) {
      row.hidden = !plain(row.textContent ?? '').includes(wanted);
      if (!row.hidden) found++;
    }
    none?.toggleAttribute('hidden', found > 0);
  });
}

/** Without accents and capitals: who types "lucia" finds Lucía. @param {string} text */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
