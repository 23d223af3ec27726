/** My settings: which kinds of notices are wished. Each switch is kept at once. */
import { read, request } from '../core/http.js';
import { t } from '../core/i18n.js';

const group = /** @type {HTMLFieldSetElement} */ (document.getElementById('notice-settings'));
const said = /** @type {HTMLElement} */ (document.getElementById('notice-settings-said'));
const boxes = /** @type {HTMLInputElement[]} */ ([...group.elements].filter((e) => e instanceof HTMLInputElement));
const wished = () => boxes.filter(({ checked }) => !checked).map(({ name }) => name);

load();
group.addEventListener('change', async (event) => {
  const box = /** @type {HTMLInputElement} */ (event.target);
  try {
    await request('PUT', '/me/notice-settings', { body: { off: wished() } });
    said.textContent = t('Kept.');
  } catch (error) {
    box.checked = !box.checked;
    said.textContent = t('Not kept: {why}', { why: /** @type {Error} */ (error).message });
  }
});

async function load() {
  try {
    const { data } = await read('/me/notice-settings');
    for (const box of boxes) box.checked = !data.off.includes(box.name);
    group.disabled = false;
  } catch (error) {
    said.textContent = t('Your choice could not be read: {why}', { why: /** @type {Error} */ (error).message });
  }
}
