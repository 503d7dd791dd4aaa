import type { Root } from 'hast';
import { visit } from 'unist-util-visit';

/** A rehype plugin that makes tables focusable, because a wide table is a scroll container on narrow screens. */
export function focusableTables() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName === 'table') properties['tabIndex'] = 0;
    });
  };
}
