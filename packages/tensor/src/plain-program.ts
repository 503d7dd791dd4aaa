import { DTypeError } from './error.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations/index.ts';
import type { AppliedNode, ConstantNode, InputNode, Program } from './program.ts';

/** A node whose operation goes by name. */
type PlainNode = InputNode | ConstantNode | (Omit<AppliedNode, 'operation'> & { readonly operation: string });

/** A program without functions in it: it can be posted to a worker. */
export interface PlainProgram extends Omit<Program, 'nodes'> {
  readonly nodes: readonly PlainNode[];
}

/** The program with the names of its operations in their place. */
export function toPlain(program: Program): PlainProgram {
  const nodes = program.nodes.map((node) =>
    node.kind === 'applied' ? { ...node, operation: node.operation.name } : node,
  );
  return { ...program, nodes };
}

/**
 * The program with its operations back in place.
 *
 * @throws DTypeError when a name is not that of an operation
 */
export function fromPlain(plain: PlainProgram): Program {
  const byName = new Map<string, Operation>(Object.entries(operations));
  const nodes = plain.nodes.map((node) => {
    if (node.kind !== 'applied') return node;
    const operation = byName.get(node.operation);
    if (!operation) {
      throw new DTypeError(
        `The program asks for ${node.operation}, but there are only ${[...byName.keys()].join(', ')}. ` +
          `Use the same version of @nn/tensor on both sides.`,
      );
    }
    return { ...node, operation };
  });
  return { ...plain, nodes };
}
