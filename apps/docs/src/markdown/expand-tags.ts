import { basename } from 'node:path';
import type { Html, Root, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import { cellNodes } from './cell-nodes.ts';
import { type CustomTag, readTag } from './custom-tags.ts';
import { figureHtml } from './figure-html.ts';
import { speedHtml } from '../site/speed.ts';
import { playgroundHtml } from './playground-html.ts';

/** What remark tells a plugin about the file. */
interface MarkdownFile {
  readonly path?: string | undefined;
}

/**
 * A remark plugin that replaces `<nn-cell />`, `<nn-figure />` and `<nn-playground />` by static HTML, and `<!-- speed -->` by
 * the table of benchmark results.
 */
export function expandTags() {
  return (tree: Root, file: MarkdownFile): void => {
    const page = basename(file.path ?? '').replace(/\.mdx?$/, '');
    const found: { readonly parent: { children: RootContent[] }; readonly node: Html; readonly tag: CustomTag }[] = [];
    visit(tree, 'html', (node, _at, parent) => {
      if (node.value === '<!-- speed -->') node.value = speedHtml();
      const tag = readTag(node.value);
      if (tag && parent) found.push({ parent: parent as { children: RootContent[] }, node, tag });
    });
    for (const { parent, node, tag } of found) {
      parent.children.splice(parent.children.indexOf(node), 1, ...expanded(tag, page));
    }
  };
}

function expanded({ name, attributes }: CustomTag, page: string): readonly RootContent[] {
  switch (name) {
    case 'nn-cell':
      return cellNodes(page, attributes);
    case 'nn-figure':
      return [{ type: 'html', value: figureHtml(attributes) }];
    case 'nn-playground':
      return [{ type: 'html', value: playgroundHtml(attributes) }];
    default:
      throw new Error(`Unknown element ${name}: pages can use nn-cell, nn-figure and nn-playground.`);
  }
}
