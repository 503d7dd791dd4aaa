import { computed, effect, signal } from '@preact/signals';
import { tellPainter } from '../state/workers.ts';
import { prefersDark } from './media.ts';

/** Light or dark, where the person at the page has chosen; else as the system has it. */
const choice = signal<boolean | undefined>(undefined);
export const dark = computed(() => choice.value ?? prefersDark.value);

export function toggleTheme(): void {
  choice.value = !dark.value;
}

effect(() => {
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light';
  tellPainter({ type: 'look', look: { dark: dark.value, ratio: Math.min(3, devicePixelRatio) } });
});
