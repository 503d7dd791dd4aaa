import { signal } from '@preact/signals';

/** The panels in the order of their shortcuts. A new panel is a file and a line here. */
export const tabs = [
  { name: 'data', title: 'Data' },
  { name: 'network', title: 'Network' },
  { name: 'training', title: 'Training' },
  { name: 'curves', title: 'Curves' },
] as const;

/** The selected panel on narrow screens. */
export const tab = signal<string>('network');
