/** First start: the time zone of this computer is very likely the school's. */
const field = /** @type {HTMLSelectElement | null} */ (document.querySelector('[data-time-zone]'));
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (field && [...field.options].some((option) => option.value === here)) field.value = here;
