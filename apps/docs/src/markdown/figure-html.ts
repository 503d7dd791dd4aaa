import { drawFigure } from '../figures/draw-parts.ts';
import { startOf } from '../figures/figure.ts';
import { figureNamed, figures } from '../figures/index.ts';

// All figures are loaded here, because Astro closes the module loader of its configuration before it renders pages.
const loaded = new Map(
  await Promise.all(Object.keys(figures).map(async (name) => [name, await figureNamed(name)] as const)),
);

/** The static HTML of a figure. `name` selects the figure; other attributes set entries of its initial state. */
export function figureHtml(attributes: Readonly<Record<string, string>>): string {
  const name = attributes['name'] ?? '';
  const figure = loaded.get(name);
  if (figure === undefined) throw new Error(`Unknown figure ${name}: figures are ${[...loaded.keys()].join(', ')}.`);
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<nn-figure class="not-content"${written.join('')}>${drawFigure(figure, startOf(figure, attributes))}</nn-figure>`;
}
