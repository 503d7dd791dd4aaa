import { encodeLink } from '@nn/playground/link';
import { presets } from '@nn/playground/presets';
import { escapeHtml } from '../figures/escape-html.ts';
import { playgroundAddress } from '../site/playground.ts';

// All links are encoded here, because encoding is asynchronous and the Markdown plugin is synchronous.
const links = new Map(
  await Promise.all(
    Object.entries(presets).map(async ([name, { settings }]) => [name, await encodeLink(settings)] as const),
  ),
);

/** A link to the playground. `preset` is the name of one of its presets, `label` the text of the link. */
export function playgroundHtml({ preset, label = 'Open the playground' }: Readonly<Record<string, string>>): string {
  const link = preset === undefined ? '' : links.get(preset);
  if (link === undefined) {
    throw new Error(`Unknown preset ${preset}: presets of the playground are ${[...links.keys()].join(', ')}.`);
  }
  const address = link === '' ? playgroundAddress : `${playgroundAddress}#${link}`;
  return `<nn-playground class="not-content"><a href="${escapeHtml(address)}">${escapeHtml(label)}</a></nn-playground>`;
}
