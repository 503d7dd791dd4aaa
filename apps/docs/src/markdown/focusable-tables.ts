import type { Root } from 'hast';
import { visit } from 'unist-util-visit';

/** A rehype plugin: a table can be focused, since on a narrow screen it is a place to scroll. */
export function focusableTables() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName === 'table') properties['tabIndex'] = 0;
    });
  };
}
