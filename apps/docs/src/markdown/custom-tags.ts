/** A custom element in Markdown, alone on its line: `<nn-cell n="1" in="60" />`. */
export interface CustomTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const tag = /^<(nn-[a-z]+)((?:\s+[a-z-]+="[^"]*")*)\s*\/>\s*$/;

/** Parses a tag; undefined if the text is not one. */
export function readTag(html: string): CustomTag | undefined {
  const [, name, rest] = tag.exec(html) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const attributes = Object.fromEntries([...rest.matchAll(/([a-z-]+)="([^"]*)"/g)].map((each) => [each[1]!, each[2]!]));
  return { name, attributes };
}

/** All tags of a page's Markdown, in order. */
export function tagsOf(markdown: string): readonly CustomTag[] {
  return markdown.split('\n').flatMap((line) => readTag(line) ?? []);
}
