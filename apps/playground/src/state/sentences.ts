import type { FromTrainer, Report } from '../protocol.ts';
import { networkNames } from './names.ts';
import { dataFacts } from './data-kinds.ts';
import type { Settings } from './schema.ts';
import type { Notice } from './store.ts';

/** A loss with four significant digits. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  if (loss !== 0 && (loss < 0.001 || loss >= 10_000)) return loss.toExponential(2);
  return loss.toPrecision(4);
}

export function percentText(fraction: number): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(1)} %` : '–';
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

/** The name of the second metric. */
export function accuracyName({ data }: Settings): string {
  return dataFacts[data.kind].task === 'regression' ? 'Within ±0.1' : 'Accuracy';
}

/** A summary of the current epoch, for screen readers. */
export function summary({ epoch, metrics }: Report, settings: Settings): string {
  const parts = metrics.map(({ loss, accuracy }, at) => {
    const name = metrics.length > 1 ? `Network ${networkNames[at]}: ` : '';
    return `${name}loss ${lossText(loss)}, ${accuracyName(settings).toLowerCase()} ${percentText(accuracy)}`;
  });
  return `Epoch ${countText(epoch)}. ${parts.join('. ')}.`;
}

/** The notice for a network that has diverged. */
export function divergenceNotice(
  { networks, training: { learningRate } }: Settings,
  { network, layer, layers, epoch }: Extract<FromTrainer, { readonly type: 'diverged' }>,
): Notice {
  const name = layer === layers - 1 ? 'the output layer' : `layer ${layer + 1}`;
  const whose = networks.length > 1 ? ` of network ${networkNames[network]}` : '';
  return {
    kind: 'error',
    title: `Training diverged: ${name}${whose} has NaN or infinite values`,
    lines: [
      `Training is paused, and the networks are restored to epoch ${countText(epoch)}, the last state with finite values.`,
      `The learning rate of ${learningRate} may be too high. Try a tenth of it; the weights are kept.`,
    ],
  };
}
