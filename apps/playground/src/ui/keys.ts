import * as store from '../state/store.ts';
import { back, play, reset, step } from '../state/workers.ts';
import { tab, tabs } from './tabs.ts';

/** A keyboard shortcut with its label and description. */
export interface Key {
  readonly key: string;
  readonly shown: string;
  readonly action: string;
  readonly run: () => void;
}

export const keys: readonly Key[] = [
  { key: ' ', shown: 'Space', action: 'Train or pause', run: () => play(!store.running.value) },
  { key: '.', shown: '.', action: 'One step forward', run: () => step(store.settings.value.stride) },
  { key: ',', shown: ',', action: 'One step back', run: () => back(store.settings.value.stride) },
  { key: 'r', shown: 'R', action: 'Reset with the same seed', run: reset },
  {
    key: 'n',
    shown: 'N',
    action: 'Reset with a new seed',
    run: () => store.change({ ...store.settings.value, seed: store.newSeed() }),
  },
  ...tabs.map(({ name, title }, at): Key => ({
    key: String(at + 1),
    shown: String(at + 1),
    action: `Go to ${title}`,
    run: () => {
      tab.value = name;
      // On narrow screens the panel is rendered after its tab is selected, so focus it in the next frame.
      requestAnimationFrame(() => document.getElementById(`${name}-title`)?.focus());
    },
  })),
  { key: '?', shown: '?', action: 'Show this help', run: () => (store.helpOpen.value = true) },
];

/** Elements that use letters or Space themselves. */
const typing = 'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]';
const pressing = 'button, a, summary, select, input:not([type=range])';

/** Handles keyboard shortcuts, unless the focused element uses the key itself. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || store.helpOpen.value) return;
    if (event.key === 'Escape') store.pinned.value = undefined;
    const { target } = event;
    if (!(target instanceof Element) || target.matches(typing) || (event.key === ' ' && target.matches(pressing)))
      return;
    const found = keys.find(({ key }) => key === event.key.toLowerCase());
    if (!found || (event.repeat && found.key !== '.' && found.key !== ',')) return;
    event.preventDefault();
    found.run();
  });
}
