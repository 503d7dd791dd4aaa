import { encodeLink } from '@nn/playground/link';
import { presets } from '@nn/playground/presets';
import { escapeHtml } from '../figures/escape-html.ts';
import { playgroundAddress } from '../site/playground.ts';

// All of them at once, since links are packed asynchronously and Markdown is not.
const links = new Map(
  await Promise.all(
    Object.entries(presets).map(async ([name, { settings }]) => [name, await encodeLink(settings)] as const),
  ),
);

/** A way into the playground: `preset` is what it opens with, as the playground names it, `label` what the link says. */
export function playgroundHtml({ preset, label = 'Open the playground' }: Readonly<Record<string, string>>): string {
  const link = preset === undefined ? '' : links.get(preset);
  if (link === undefined) {
    throw new Error(`The playground has no preset ${preset}: it has ${[...links.keys()].join(', ')}.`);
  }
  const address = link === '' ? playgroundAddress : `${playgroundAddress}#${link}`;
  return `<nn-playground class="not-content"><a href="${escapeHtml(address)}">${escapeHtml(label)}</a></nn-playground>`;
}
