import type { Node } from 'acorn';
import { MagicString } from 'magic-string';
import { parsedModule } from './parsed-module.ts';

/** A function, and what it belongs to. */
interface Found {
  readonly node: FunctionNode;
  readonly parent: Node;
  readonly block: Block;
}

/** The block that something stands in. */
interface Block {
  readonly start: number;
  /** Is it the body of a function, or the whole module? */
  readonly isBody: boolean;
}

interface FunctionNode extends Node {
  readonly async: boolean;
  readonly generator: boolean;
  readonly id: Node | null;
  readonly body: Node;
}

/** What a class or an object calls by a name. */
interface Member extends Node {
  readonly key: Node;
  readonly value: Node;
  readonly kind: string;
  readonly computed: boolean;
  readonly static?: boolean;
  readonly method?: boolean;
}

/**
 * Puts functions in parentheses, so that engines compile them along with their module.
 *
 * An engine skims over a function, and compiles it when it is first called, having found it again: good for what may never
 * be called. Hundreds of small functions that are all called as soon as they are there take less time when they are
 * compiled in one go, and every engine takes a parenthesis before a function as the wish to do so. For this a declaration
 * becomes a variable at the start of its block, and methods are put into their class by a static block.
 *
 * @param code   a module as ESBuild writes it: comments name the file that the lines after them come from
 * @param files  the files whose functions are meant, as comments name them
 */
export function eagerFunctions(code: string, files: ReadonlySet<string>): MagicString {
  const text = new MagicString(code);
  const { program, comments } = parsedModule(code);
  const heads = comments.filter(({ type, value }) => type === 'Line' && /^ \S+\.ts$/.test(value));
  const isMeant = ({ start }: Node): boolean => {
    const head = heads.findLast((comment) => comment.start < start);
    return head !== undefined && files.has(head.value.trim());
  };
  // Bundlers look for this mark before a declaration.
  const isMarked = ({ start }: Node): boolean =>
    comments.some(
      ({ value, end }) => value.includes('__NO_SIDE_EFFECTS__') && end <= start && code.slice(end, start).trim() === '',
    );
  const wrap = ({ start, end }: Node): void => {
    text.appendRight(start, '(').appendLeft(end, ')');
  };
  const asProperty = ({ start, key, value }: Member): void => {
    text.update(start, key.end, `${code.slice(key.start, key.end)}: (function `).appendLeft(value.end, ')');
  };

  for (const { node, parent, block } of functionsIn(program)) {
    if (!isMeant(node)) continue;
    const isPlain = !node.async && !node.generator;
    if (node.type === 'FunctionDeclaration') {
      const { id, body } = node;
      if (!isPlain || !id || parent.type.startsWith('Export') || isMarked(node) || hasThis(node)) continue;
      // As an arrow it is shorter, and has the same name; as a `var`, where that reaches no further than the declaration
      // did, nobody asks at every use whether it is there yet.
      text.update(node.start, id.end, `${block.isBody ? 'var' : 'const'} ${code.slice(id.start, id.end)} = (`);
      text.appendLeft(body.start, '=> ').appendLeft(node.end, ');\n');
      text.move(node.start, node.end, block.start);
    } else if (isMember(parent)) {
      if (parent.method && parent.kind === 'init') {
        if (isPlainMethod(parent)) asProperty(parent);
      } else if (parent.kind === 'init') wrap(node);
    } else wrap(node);
  }
  for (const methods of runsOfMethods(program)) {
    if (!isMeant(methods[0]!)) continue;
    methods.forEach((method, at) => {
      asProperty(method);
      if (at > 0) text.appendLeft(methods[at - 1]!.end, ',');
    });
    text.prependRight(methods[0]!.start, 'static { Object.assign(this.prototype, {\n  ');
    text.appendLeft(methods.at(-1)!.end, '\n  }); }');
  }
  return text;
}

/** All functions in a tree. */
function* functionsIn(node: Node, parent: Node = node, block: Block = { start: 0, isBody: true }): Generator<Found> {
  if (/Function/.test(node.type)) yield { node: node as FunctionNode, parent, block };
  const isBlock = node.type === 'BlockStatement';
  const inner = isBlock ? { start: node.start + 1, isBody: /Function/.test(parent.type) } : block;
  for (const child of childrenOf(node)) yield* functionsIn(child, node, inner);
}

/** The methods of all classes in a tree, as far as they stand one after the other. */
function* runsOfMethods(node: Node): Generator<Member[]> {
  if (node.type === 'ClassBody') {
    let run: Member[] = [];
    for (const member of childrenOf(node) as Member[]) {
      if (member.type === 'MethodDefinition' && member.kind === 'method' && !member.static && isPlainMethod(member)) {
        run.push(member);
        continue;
      }
      if (run.length > 0) yield run;
      run = [];
    }
    if (run.length > 0) yield run;
  }
  for (const child of childrenOf(node)) yield* runsOfMethods(child);
}

function isMember(node: Node): node is Member {
  return node.type === 'MethodDefinition' || node.type === 'Property';
}

/** Would a method be the same as a function? */
function isPlainMethod({ key, value, computed }: Member): boolean {
  const { async, generator } = value as FunctionNode;
  return key.type === 'Identifier' && !computed && !async && !generator && !usesSuper(value);
}

/** Does a function, in its body or in defaults, speak of what only functions have that are no arrows? */
function hasThis(node: Node): boolean {
  const { type, name, meta } = node as Node & { readonly name?: string; readonly meta?: { readonly name: string } };
  // new.target is the function's own, import.meta its module's.
  if (type === 'ThisExpression' || (type === 'MetaProperty' && meta?.name === 'new')) return true;
  if (type === 'Identifier' && name === 'arguments') return true;
  return childrenOf(node).some((child) => !/^Function|^Class/.test(child.type) && hasThis(child));
}

function usesSuper(node: Node): boolean {
  return node.type === 'Super' || childrenOf(node).some((child) => child.type !== 'ClassBody' && usesSuper(child));
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flat()
    .filter((child): child is Node => typeof (child as Partial<Node> | null)?.type === 'string');
}
