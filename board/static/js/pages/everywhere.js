/** Commands that every page has. */
import { t } from '../core/i18n.js';
import { listen, openSheet, register } from '../core/palette.js';
import { leave } from './leave.js';
import { choose } from './themes.js';

export function offerCommands() {
  listen();
  register(
    { id: 'light', title: t('Light colours'), icon: 'sun', act: () => choose('light') },
    { id: 'dark', title: t('Dark colours'), icon: 'moon', act: () => choose('dark') },
    { id: 'device', title: t('Colours as the device has them'), icon: 'monitor', act: () => choose('') },
    { id: 'keys', title: t('Keys'), icon: 'keyboard', keys: ['?'], act: openSheet },
    { id: 'sign-out', title: t('Sign out'), icon: 'log-out', act: leave },
  );
}
