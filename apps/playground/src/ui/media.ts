import { signal, type Signal } from '@preact/signals';

/** Whether a question about the screen is true, as it is and as it becomes. */
function mediaSignal(query: string): Signal<boolean> {
  const media = matchMedia(query);
  const answer = signal(media.matches);
  media.addEventListener('change', () => (answer.value = media.matches));
  return answer;
}

/** Fingers, not a mouse: everything that is touched must be large. */
export const coarse = mediaSignal('(pointer: coarse)');
/** So narrow that the panels stand behind tabs. */
export const narrow = mediaSignal('(max-width: 759px)');
export const prefersDark = mediaSignal('(prefers-color-scheme: dark)');
