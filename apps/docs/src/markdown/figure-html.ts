import { drawFigure } from '../figures/draw-parts.ts';
import { startOf } from '../figures/figure.ts';
import { figureNamed, figures } from '../figures/index.ts';

// All of them at once: Astro reads its configuration with a loader that it closes before it comes to the pages.
const loaded = new Map(
  await Promise.all(Object.keys(figures).map(async (name) => [name, await figureNamed(name)] as const)),
);

/** A figure as a page without JavaScript shows it; `name` names it, other attributes are entries of its state. */
export function figureHtml(attributes: Readonly<Record<string, string>>): string {
  const name = attributes['name'] ?? '';
  const figure = loaded.get(name);
  if (figure === undefined) throw new Error(`There is no figure ${name}: there are ${[...loaded.keys()].join(', ')}.`);
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<nn-figure class="not-content"${written.join('')}>${drawFigure(figure, startOf(figure, attributes))}</nn-figure>`;
}
