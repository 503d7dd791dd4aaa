import { signal, type Signal } from '@preact/signals';

/** A signal that follows a media query. */
function mediaSignal(query: string): Signal<boolean> {
  const media = matchMedia(query);
  const answer = signal(media.matches);
  media.addEventListener('change', () => (answer.value = media.matches));
  return answer;
}

/** Touch input, which needs large targets. */
export const coarse = mediaSignal('(pointer: coarse)');
/** Narrow screens, where the panels are tabs. */
export const narrow = mediaSignal('(max-width: 759px)');
export const prefersDark = mediaSignal('(prefers-color-scheme: dark)');
