import { type Comment, parse, type Program } from 'acorn';

/** A module of JavaScript as a tree, and its comments, in the order that they stand in. */
export interface ParsedModule {
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/** @throws SyntaxError when it is no module */
export function parsedModule(code: string): ParsedModule {
  const comments: Comment[] = [];
  return { program: parse(code, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments }), comments };
}
