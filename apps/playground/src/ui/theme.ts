import { computed, effect, signal } from '@preact/signals';
import { sendToPainter } from '../state/workers.ts';
import { prefersDark } from './media.ts';

/** Light or dark, where the person at the page has selected; else as the system has it. */
const choice = signal<boolean | undefined>(undefined);
export const dark = computed(() => choice.value ?? prefersDark.value);

export function toggleTheme(): void {
  choice.value = !dark.value;
}

effect(() => {
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  sendToPainter({ type: 'appearance', appearance: { dark: dark.value, ratio: Math.min(3, devicePixelRatio) } });
});
