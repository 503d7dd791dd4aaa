import type { MatMulKernel } from '../../loops/kernel.ts';
import type { Pass } from '../../loops/passes.ts';
import type { FunctionBody } from '../function-body.ts';
import type { AddressOf } from '../machine.ts';
import type { Plan } from '../plan.ts';
import { ProgramModule } from '../program-module.ts';
import { type Grain, panelPortion, portionOf } from './portions.ts';

/** A loop that threads share: how many rows it has, and how many of them a thread takes at a time. */
export interface Share {
  readonly rows: number;
  readonly portion: number;
}

/** A module whose large loops threads share: loop N of those is the export `shareN`; `run` calls the import `share` with N. */
export class SharedModule extends ProgramModule {
  readonly shares: Share[] = [];
  readonly #grain: Grain | undefined;
  readonly #share: number;

  constructor(plan: Plan, addressOf: AddressOf, grain: Grain | undefined) {
    super(plan, addressOf);
    this.#grain = grain;
    this.#share = this.assembler.import('share', ['i32']);
  }

  protected override callOver(run: FunctionBody, index: number, rows: number, work: Pass | MatMulKernel): void {
    const portion =
      'parts' in work ? portionOf(work, this.relaxed, this.#grain) : panelPortion(work, rows, this.#grain);
    if (portion >= rows) {
      super.callOver(run, index, rows, work);
      return;
    }
    const at = this.shares.push({ rows, portion }) - 1;
    const f = this.assembler.function(['i32', 'i32'], [], `share${at}`);
    for (const parameter of f.parameters) f.get(parameter);
    f.call(index);
    run.i32(at).call(this.#share);
  }
}
