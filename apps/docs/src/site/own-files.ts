import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Pages may hold no code and no styles of their own, so that one strict policy serves all of them on any host:
// `script-src 'self'; style-src 'self'`, without hashes and without 'unsafe-inline'.

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8);

/** A page with its inline scripts and styles replaced, and what has to be written beside it. */
export interface OwnFiles {
  readonly html: string;
  /** The text of each script by the path under which the page asks for it. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The declarations of each class that stands in the place of a style attribute. */
  readonly classes: ReadonlyMap<string, string>;
}

/**
 * Takes inline scripts and style attributes out of a page.
 *
 * A script becomes a file of its own that is loaded at the same place, so that it runs at the same moment. A style
 * attribute becomes a class; equal ones share it.
 */
export function takeOut(html: string, folder: string): OwnFiles {
  const scripts = new Map<string, string>();
  const classes = new Map<string, string>();
  const withScripts = html.replace(
    /<script((?:\s+(?!src\b)[a-z-]+(?:="[^"]*")?)*)\s*>([\s\S]*?)<\/script>/g,
    (whole, attributes: string, code: string) => {
      if (code.trim() === '') return whole;
      const path = `${folder}own.${hash(code)}.js`;
      scripts.set(path, code);
      return `<script${attributes} src="${path}"></script>`;
    },
  );
  const withClasses = withScripts.replace(/<[a-z][a-z0-9-]*\b[^>]*?\sstyle="[^"]*"[^>]*>/g, (tag) => {
    const written = /\sstyle="([^"]*)"/.exec(tag)![1]!;
    const style = plainText(written).trim().replace(/;$/, '');
    const bare = tag.replace(/\sstyle="[^"]*"/, '');
    if (style === '') return bare;
    const name = `o-${hash(style)}`;
    classes.set(name, style);
    return /\sclass="/.test(bare)
      ? bare.replace(/\sclass="/, ` class="${name} `)
      : bare.replace(/^<[a-z][a-z0-9-]*/, (start) => `${start} class="${name}"`);
  });
  return { html: withClasses, scripts, classes };
}

/** The text of an attribute. */
const plainText = (attribute: string): string =>
  attribute.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Carries that out for a whole built site; the classes of all its pages are one style sheet. */
export function giveOwnFiles(site: string): void {
  const pages = globSync('**/*.html', { cwd: site });
  // Astro logs a page that it cannot render and goes on; a site with holes is none.
  const empty = pages.filter((page) =>
    /class="sl-markdown-content">\s*<\/div>/.test(readFileSync(join(site, page), 'utf8')),
  );
  if (empty.length > 0)
    throw new Error(`These pages could not be rendered: ${empty.join(', ')}. The log above says why.`);
  const taken = pages.map((page) => ({ page, ...takeOut(readFileSync(join(site, page), 'utf8'), '/_astro/') }));
  const classes = new Map(taken.flatMap((each) => [...each.classes]));
  // Three times the class, so that it weighs more than any rule that a style attribute would have overruled.
  const sheet = [...classes]
    .map(([name, style]) => `.${name}.${name}.${name}{${style}}`)
    .toSorted()
    .join('\n');
  const path = `/_astro/own.${hash(sheet)}.css`;
  writeFileSync(join(site, path), sheet);
  for (const { page, html, scripts } of taken) {
    for (const [script, code] of scripts) writeFileSync(join(site, script), code);
    writeFileSync(join(site, page), html.replace('</head>', `<link rel="stylesheet" href="${path}"></head>`));
  }
}
