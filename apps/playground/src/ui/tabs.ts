import { signal } from '@preact/signals';

/** The panels, in the order of their keys. A new one is a file and a line here. */
export const tabs = [
  { name: 'data', title: 'Data' },
  { name: 'network', title: 'Network' },
  { name: 'training', title: 'Training' },
  { name: 'curves', title: 'Curves' },
] as const;

/** Which panel is shown where there is room for one only. */
export const tab = signal<string>('network');
