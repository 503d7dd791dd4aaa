import type { AddressOf } from '../machine.ts';
import type { Plan } from '../plan.ts';
import { type ProgramModule, programModule } from '../program-module.ts';
import { i32 } from '../value-type.ts';
import { type Grain, portionOf } from './portions.ts';

/** A loop that threads share: how many rows it has, and how many of them a thread takes at a time. */
export interface Share {
  readonly rows: number;
  readonly portion: number;
}

/** A module whose large loops threads share: loop N of those is the export `shareN`; `run` calls the import `share` with N. */
export interface SharedModule extends ProgramModule {
  readonly shares: readonly Share[];
}

export function sharedModule(plan: Plan, addressOf: AddressOf, grain: Grain | undefined): SharedModule {
  const shares: Share[] = [];
  const module = programModule(plan, addressOf, (assembler) => {
    const share = assembler.import('share', [i32]);
    return (run, index, pass) => {
      const { rows } = pass;
      const portion = portionOf(pass, plan.relaxed, grain);
      if (portion >= rows) {
        run.i32(0).i32(rows).call(index);
        return;
      }
      const at = shares.push({ rows, portion }) - 1;
      const f = assembler.function([i32, i32], [], `share${at}`);
      for (const parameter of f.parameters) f.get(parameter);
      f.call(index);
      run.i32(at).call(share);
    };
  });
  return { ...module, shares };
}
