import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Moves inline scripts and styles of built pages into files. Then all pages work under one strict policy on any host:
// `script-src 'self'; style-src 'self'`, without hashes and without 'unsafe-inline'.

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 8);

/** A page without inline scripts and styles, and the files and classes that replace them. */
export interface ExternalizedPage {
  readonly html: string;
  /** The code of each script file, by path. */
  readonly scripts: ReadonlyMap<string, string>;
  /** The declarations of each class that replaces a style attribute. */
  readonly classes: ReadonlyMap<string, string>;
}

/**
 * Replaces the inline scripts and style attributes of a page.
 *
 * A script becomes a file that is loaded at the same position, so the order of execution is unchanged. A style attribute
 * becomes a class; equal attributes share one.
 */
export function externalize(html: string, folder: string): ExternalizedPage {
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

/** The unescaped text of an attribute. */
const plainText = (attribute: string): string =>
  attribute.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Externalizes all pages of a built site. The classes of all pages are in one style sheet. */
export function externalizeSite(site: string): void {
  const pages = globSync('**/*.html', { cwd: site });
  // Astro logs a page that it cannot render and continues. Here the build fails instead.
  const empty = pages.filter((page) =>
    /class="sl-markdown-content">\s*<\/div>/.test(readFileSync(join(site, page), 'utf8')),
  );
  if (empty.length > 0)
    throw new Error(`These pages could not be rendered: ${empty.join(', ')}. The log above says why.`);
  const externalized = pages.map((page) => ({
    page,
    ...externalize(readFileSync(join(site, page), 'utf8'), '/_astro/'),
  }));
  const classes = new Map(externalized.flatMap((each) => [...each.classes]));
  // The class is repeated three times: its specificity must exceed that of rules that a style attribute overrides.
  const sheet = [...classes]
    .map(([name, style]) => `.${name}.${name}.${name}{${style}}`)
    .toSorted()
    .join('\n');
  const path = `/_astro/own.${hash(sheet)}.css`;
  writeFileSync(join(site, path), sheet);
  for (const { page, html, scripts } of externalized) {
    for (const [script, code] of scripts) writeFileSync(join(site, script), code);
    writeFileSync(join(site, page), html.replace('</head>', `<link rel="stylesheet" href="${path}"></head>`));
  }
}
