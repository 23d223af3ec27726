/** A set of ids in a signal, read one id at a time: a change of one draws one. */
import { computed } from '#ui';

/** @param {import('#ui').Signal<ReadonlySet<number>>} ids @returns {(id: number) => import('#ui').ReadonlySignal<boolean>} */
export function flagsOf(ids) {
  /** @type {Map<number, import('#ui').ReadonlySignal<boolean>>} */
  const flags = new Map();
  return (id) => {
    let flag = flags.get(id);
    if (!flag) {
      flag = computed(() => ids.value.has(id));
      flags.set(id, flag);
    }
    return flag;
  };
}
