import { escapeHtml } from '../figures/escape-html.ts';
import { playgroundAddress } from '../site/playground.ts';

/** A way into the playground: `label` is what the link says, `state` what it opens with, as the playground writes it. */
export function playgroundHtml({
  label = 'Open the playground',
  state = '',
}: Readonly<Record<string, string>>): string {
  const inside =
    playgroundAddress === undefined
      ? '<p>The playground trains networks before your eyes: <code>pnpm playground</code> opens it.</p>'
      : `<a href="${escapeHtml(`${playgroundAddress}${state === '' ? '' : `#${state}`}`)}">${escapeHtml(label)}</a>`;
  return `<nn-playground class="not-content">${inside}</nn-playground>`;
}
