import { describe, DTypeError, ShapeError } from '../errors.ts';
import { type Shape, showShape, sizeOf } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';
import { diagonal } from './diagonals.ts';

/** A tensor whose axes have labels. Labels of ellipsis axes count from the right: '.0' is the last of them. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/**
 * Sums of products of tensors, by Einstein's notation: each axis has a letter, and letters that the result has not are
 * summed over.
 *
 *   einsum('ij,jk->ik', a, b)      y[i, k] = Σⱼ a[i, j] · b[j, k]
 *
 * A letter that occurs twice in one operand is its diagonal. `...` stands for any axes, which are broadcast. Without `->`
 * the result has the axes of `...` and then the letters that occur once, in alphabetical order. Two operands at a time are
 * contracted by one product of matrices, the pair with the smallest result first.
 *
 * @param subscripts  the letters of each operand, with commas between them, and those of the result after `->`
 * @throws ShapeError when an operand has another number of axes, or a letter stands for two lengths
 * @throws DTypeError when the subscripts are no such text, or there are more or fewer operands
 * @example String(einsum('ii', tensor([[1, 2], [3, 4]])))   // 5.0
 * @example String(einsum('i,j->ij', tensor([1, 2]), tensor([3, 4])))   // [[3. 4.]\n [6. 8.]]
 * @see NumPy: einsum
 */
export function einsum(subscripts: string, ...operands: readonly Tensor[]): Tensor {
  const given = operands.map((operand) => checkTensor(operand, 'einsum').current());
  const { inputs, output } = parsed(subscripts, given);
  const lengths = new Map<string, number>();
  let open = given.map((x, at) => withoutRepeats({ x, labels: inputs[at]! }));
  for (const { x, labels } of open)
    labels.forEach((label, axis) => addLength(lengths, label, x.shape[axis]!, subscripts));
  const result = output ?? implicitOutput(inputs);
  const known = new Set(open.flatMap(({ labels }) => labels));
  for (const label of result) {
    if (known.has(label)) continue;
    throw new ShapeError(
      `einsum: '${subscripts}' gives the result the axis ${label}, which no operand has. Use letters of the operands.`,
    );
  }
  while (open.length > 1) {
    const [first, second] = cheapestPair(open, result, lengths);
    const rest = open.filter((one) => one !== first && one !== second);
    const kept = new Set([...result, ...rest.flatMap(({ labels }) => labels)]);
    open = [...rest, contracted(first, second, kept)];
  }
  const { x, labels } = summedTo(open[0]!, new Set(result));
  return x.permute(result.map((label) => labels.indexOf(label))) as Tensor;
}

/** The labels of each operand, and of the result if they are written. */
function parsed(
  subscripts: string,
  operands: readonly Tensor[],
): { readonly inputs: readonly (readonly string[])[]; readonly output: readonly string[] | undefined } {
  if (typeof subscripts !== 'string') {
    throw new DTypeError(
      `einsum: subscripts must be a text, got ${describe(subscripts)}. Write einsum('ij,jk->ik', a, b).`,
    );
  }
  const [left = '', right, more] = subscripts.replaceAll(/\s/g, '').split('->');
  const terms = left.split(',');
  const isTerm = (term: string): boolean => /^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(term);
  if (more !== undefined || ![...terms, right ?? ''].every(isTerm)) {
    throw new DTypeError(
      `einsum: '${subscripts}' is no list of subscripts. Write letters for axes, one ... for the others, commas between ` +
        `operands, and the result after ->.`,
    );
  }
  if (terms.length !== operands.length) {
    throw new DTypeError(
      `einsum: '${subscripts}' has subscripts for ${terms.length} operands, got ${operands.length}. Give one for each.`,
    );
  }
  const inputs = terms.map((term, at) => labelsOf(term, operands[at]!.shape, subscripts));
  if (right === undefined) return { inputs, output: undefined };
  if (new Set(right.replace('...', '')).size < right.replace('...', '').length) {
    throw new DTypeError(`einsum: '${subscripts}' gives the result one axis twice. Each letter stands there once.`);
  }
  const broadcast = ellipsisOf(inputs);
  if (broadcast.length > 0 && !right.includes('...')) {
    throw new ShapeError(
      `einsum: '${subscripts}' leaves out the axes of ..., ${broadcast.length} in an operand. Write ... in the result, too.`,
    );
  }
  return {
    inputs,
    output: right.split('...').flatMap((part, at) => [...(at > 0 ? broadcast : []), ...lettersOf(part)]),
  };
}

function labelsOf(term: string, shape: Shape, subscripts: string): readonly string[] {
  const [before = '', after] = term.split('...');
  const letters = before.length + (after?.length ?? 0);
  const others = shape.length - letters;
  if (after === undefined ? others === 0 : others >= 0) {
    const ellipsis = Array.from({ length: others }, (_, at) => `.${others - 1 - at}`);
    return [...lettersOf(before), ...ellipsis, ...lettersOf(after ?? '')];
  }
  throw new ShapeError(
    `einsum: '${term}' in '${subscripts}' has ${letters} letters for a tensor of shape ${showShape(shape)}. ` +
      `Write one letter for each axis, or ... for the others.`,
  );
}

/** The labels of the axes of `...` in the result, in order. */
function ellipsisOf(inputs: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(...inputs.map((labels) => labels.filter(isEllipsis).length));
  return Array.from({ length: longest }, (_, at) => `.${longest - 1 - at}`);
}

const lettersOf = (text: string): readonly string[] => text.split('');

const isEllipsis = (label: string): boolean => label.startsWith('.');

function implicitOutput(inputs: readonly (readonly string[])[]): readonly string[] {
  const all = inputs.flat().filter((label) => !isEllipsis(label));
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  return [...ellipsisOf(inputs), ...once.toSorted((a, b) => (a < b ? -1 : 1))];
}

/** Notes the length of an axis. Axes of `...` may have length 1 and are broadcast. */
function addLength(lengths: Map<string, number>, label: string, length: number, subscripts: string): void {
  const known = lengths.get(label);
  const fits = known === undefined || known === length || (isEllipsis(label) && (known === 1 || length === 1));
  if (!fits) {
    throw new ShapeError(
      `einsum: ${isEllipsis(label) ? 'an axis of ...' : label} in '${subscripts}' has length ${known} in one operand and ` +
        `${length} in another. Axes of one letter are equally long.`,
    );
  }
  if (known === undefined || known === 1) lengths.set(label, length);
}

/** An operand whose repeated labels are diagonals. */
function withoutRepeats({ x, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (second < 0) return { x, labels };
  const first = labels.indexOf(labels[second]!);
  const [a, b] = [x.shape[first]!, x.shape[second]!];
  if (a !== b) {
    throw new ShapeError(
      `einsum: ${labels[first]!} stands for axes of lengths ${a} and ${b} of ${showShape(x.shape)}. A diagonal needs equal lengths.`,
    );
  }
  const others = labels.filter((_, axis) => axis !== first && axis !== second);
  return withoutRepeats({ x: diagonal(x, { axes: [first, second] }), labels: [...others, labels[first]!] });
}

/** Sums over the axes that are not kept. */
function summedTo({ x, labels }: Labelled, kept: ReadonlySet<string>): Labelled {
  const axes = [...labels.keys()].filter((axis) => !kept.has(labels[axis]!));
  if (axes.length === 0) return { x, labels };
  return { x: x.sum(axes) as Tensor, labels: labels.filter((label) => kept.has(label)) };
}

/** The pair whose product is the smallest, compared with what it replaces. */
function cheapestPair(
  open: readonly Labelled[],
  result: readonly string[],
  lengths: ReadonlyMap<string, number>,
): readonly [Labelled, Labelled] {
  let best: readonly [Labelled, Labelled] = [open[0]!, open[1]!];
  let least = Infinity;
  const size = (labels: readonly string[]): number => sizeOf(labels.map((label) => lengths.get(label)!));
  open.forEach((a, at) => {
    for (const b of open.slice(at + 1)) {
      const rest = new Set(open.filter((one) => one !== a && one !== b).flatMap(({ labels }) => labels));
      const kept = [...new Set([...a.labels, ...b.labels])].filter(
        (label) => result.includes(label) || rest.has(label),
      );
      const cost = size(kept) - size(a.labels) - size(b.labels);
      if (cost < least) [least, best] = [cost, [a, b]];
    }
  });
  return best;
}

/** The sum of products of two operands, as one product of matrices where they share a summed axis. */
function contracted(first: Labelled, second: Labelled, kept: ReadonlySet<string>): Labelled {
  const a = summedTo(first, new Set([...kept, ...second.labels]));
  const b = summedTo(second, new Set([...kept, ...first.labels]));
  const inBoth = a.labels.filter((label) => b.labels.includes(label));
  const batch = inBoth.filter((label) => kept.has(label));
  const summed = inBoth.filter((label) => !kept.has(label));
  const [left, right] = [a, b].map(({ labels }) => labels.filter((label) => !inBoth.includes(label)));
  const labels = [...batch, ...left!, ...right!];
  const lengthsOf = ({ x, labels: own }: Labelled, of: readonly string[]): Shape =>
    of.map((one) => x.shape[own.indexOf(one)]!);
  const arranged = (one: Labelled, order: readonly string[], shape: Shape): Tensor =>
    one.x.permute(order.map((label) => one.labels.indexOf(label))).reshape(shape) as Tensor;
  const [m, n] = [lengthsOf(a, left!), lengthsOf(b, right!)];
  if (summed.length === 0) {
    const x = arranged(a, [...batch, ...left!], [...lengthsOf(a, batch), ...m, ...n.map(() => 1)]);
    const y = arranged(b, [...batch, ...right!], [...lengthsOf(b, batch), ...m.map(() => 1), ...n]);
    return { x: x.mul(y), labels };
  }
  const k = sizeOf(lengthsOf(a, summed));
  const x = arranged(a, [...batch, ...left!, ...summed], [...lengthsOf(a, batch), sizeOf(m), k]);
  const y = arranged(b, [...batch, ...summed, ...right!], [...lengthsOf(b, batch), k, sizeOf(n)]);
  const product: Tensor = x.matmul(y);
  return { x: product.reshape([...product.shape.slice(0, -2), ...m, ...n]) as Tensor, labels };
}
