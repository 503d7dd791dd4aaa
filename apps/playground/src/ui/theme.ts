import { computed, effect, signal } from '@preact/signals';
import { sendToPainter } from '../state/workers.ts';
import { prefersDark } from './media.ts';

/** The colour scheme: the choice of the user, else that of the system. */
const choice = signal<boolean | undefined>(undefined);
export const dark = computed(() => choice.value ?? prefersDark.value);

export function toggleTheme(): void {
  choice.value = !dark.value;
}

effect(() => {
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  sendToPainter({ type: 'appearance', appearance: { dark: dark.value, ratio: Math.min(3, devicePixelRatio) } });
});
