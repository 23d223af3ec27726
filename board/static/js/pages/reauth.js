/** Important changes ask for the password once more, and then go on by themselves. */
import { Refused, request } from '../core/http.js';
import { hideProblem, showProblem } from './problems.js';

/**
 * @param {string} method @param {string} path
 * @param {{ body?: any, op?: string, ifMatch?: number }} options
 */
export async function send(method, path, options) {
  try {
    return await request(method, path, options);
  } catch (error) {
    if (!(error instanceof Refused && error.type === 'reauth' && (await confirmed()))) throw error;
    return await request(method, path, options);
  }
}

/** Whether she gave her password; false when she closed the window. @returns {Promise<boolean>} */
function confirmed() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('password-again'));
  const form = /** @type {HTMLFormElement} */ (document.getElementById('password-again-form'));
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem('password'));
  field.value = '';
  hideProblem(form);
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    let good = false;
    form.onsubmit = async (event) => {
      event.preventDefault();
      try {
        await request('PUT', '/session/confirmation', { body: { password: field.value } });
        good = true;
        dialog.close();
      } catch (error) {
        showProblem(form, error);
      }
    };
    dialog.onclose = () => {
      field.value = '';
      resolve(good);
    };
  });
}
