/** What is chosen in these forms is shown at once; without a script there is a button. */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-submits]')))
  form.addEventListener('change', () => form.requestSubmit());
