import { renderToString } from 'katex';
import type { Html, Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** A formula node of remark-math. */
interface MathNode {
  readonly type: 'math' | 'inlineMath';
  readonly value: string;
}

/**
 * A remark plugin that runs after remark-math and renders `$formula$` and `$$formula$$` with KaTeX at build time. A formula
 * that KaTeX cannot parse stops the build.
 */
export function typesetMath() {
  return (tree: Root): void => {
    visit(tree as { type: 'root'; children: (Html | MathNode)[] }, ['math', 'inlineMath'], (node, at, parent) => {
      const { type, value } = node as MathNode;
      const displayMode = type === 'math';
      const formula = renderToString(value, { displayMode, throwOnError: true, strict: 'error' });
      const text = displayMode ? `<div class="formula" tabindex="0">${formula}</div>` : formula;
      (parent as { children: unknown[] }).children[at!] = { type: 'html', value: text };
    });
  };
}
