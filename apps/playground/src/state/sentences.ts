import type { FromTrainer, Report } from '../protocol.ts';
import { networkNames } from './names.ts';
import { dataFacts } from './data-kinds.ts';
import type { Settings } from './schema.ts';
import type { Notice } from './store.ts';

/** A loss in four digits that mean something. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  if (loss !== 0 && (loss < 0.001 || loss >= 10_000)) return loss.toExponential(2);
  return loss.toPrecision(4);
}

export function shareText(share: number): string {
  return Number.isFinite(share) ? `${(share * 100).toFixed(1)} %` : '–';
}

export function countText(count: number): string {
  return Math.floor(count + 1e-9).toLocaleString('en');
}

/** A weight or a bias. */
export function weightText(value: number): string {
  const text =
    Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 0.001) ? value.toExponential(1) : value.toFixed(3);
  return text.replaceAll('-', '−');
}

/** What the second number of a score is called. */
export function accuracyName({ data }: Settings): string {
  return dataFacts[data.kind].task === 'regression' ? 'Within ±0.1' : 'Accuracy';
}

/** Where training stands, in a sentence. */
export function summary({ epoch, scores }: Report, settings: Settings): string {
  const parts = scores.map(({ loss, accuracy }, at) => {
    const name = scores.length > 1 ? `Network ${networkNames[at]}: ` : '';
    return `${name}loss ${lossText(loss)}, ${accuracyName(settings).toLowerCase()} ${shareText(accuracy)}`;
  });
  return `Epoch ${countText(epoch)}. ${parts.join('. ')}.`;
}

/** What to tell when a network has lost its numbers. */
export function breakdownNotice(
  { networks, training: { learningRate } }: Settings,
  { network, layer, layers, epoch }: Extract<FromTrainer, { readonly type: 'broke' }>,
): Notice {
  const name = layer === layers - 1 ? 'the output layer' : `layer ${layer + 1}`;
  const whose = networks.length > 1 ? ` of network ${networkNames[network]}` : '';
  return {
    kind: 'fault',
    title: `Training paused: the numbers of ${name}${whose} grew past what can be stored`,
    lines: [
      `That is shown as NaN or infinity, and nothing can be learned from it. You see the last moment before it, epoch ${countText(epoch)}.`,
      `Is the learning rate of ${learningRate} too high? Try a tenth of it: the weights stay as they are.`,
    ],
  };
}
