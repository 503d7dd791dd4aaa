import type { Schedule } from './fuse.ts';
import type { Buffer, ScheduledKernel } from './ir.ts';

/**
 * Takes the kernels out of the body of a loop that do the same in all steps, such as copies of shared weights.
 *
 * @param outside  the buffers that lie outside of the loop; those that the kernels taken out write are added
 * @returns  the rest of the body, and the kernels to run before the loop
 */
export function withoutInvariants(
  body: Schedule,
  outside: Set<Buffer>,
): { readonly schedule: Schedule; readonly before: readonly ScheduledKernel[] } {
  const parts = body.groups.flatMap((group) => group.parts);
  const kept = new Set<Buffer>([...body.inputs, ...body.outputs]);
  const moves = new Set(parts.filter(({ kernel }) => kernel.kind === 'map'));
  // A kernel stays where it reads what stays, or writes to a buffer that another writes to and that stays.
  for (let before = -1; before !== moves.size;) {
    before = moves.size;
    const written = new Set<Buffer>();
    for (const part of parts) {
      if (moves.has(part)) continue;
      for (const { buffer, written: isWritten } of part.accesses) if (isWritten) written.add(buffer);
    }
    for (const part of moves) {
      const stays = part.accesses.some(({ buffer, written: isWritten }) =>
        isWritten
          ? kept.has(buffer) || written.has(buffer)
          : written.has(buffer) || (kept.has(buffer) && !outside.has(buffer)),
      );
      if (stays) moves.delete(part);
    }
  }
  for (const { accesses } of moves) for (const { buffer, written } of accesses) if (written) outside.add(buffer);
  const groups = body.groups
    .map(({ rows, parts: own }) => ({ rows, parts: own.filter((part) => !moves.has(part)) }))
    .filter((group) => group.parts.length > 0);
  return { schedule: { ...body, groups }, before: parts.filter((part) => moves.has(part)) };
}
