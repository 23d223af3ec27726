/** My settings: a new token is shown once. */
document.getElementById('make-token')?.addEventListener('sent', (event) => {
  const { data } = /** @type {CustomEvent} */ (event).detail;
  const given = /** @type {HTMLElement} */ (document.getElementById('token-given'));
  /** @type {HTMLInputElement} */ (document.getElementById('token-secret')).value = data.token;
  given.hidden = false;
  given.focus();
  /** @type {HTMLFormElement} */ (event.target).reset();
});
