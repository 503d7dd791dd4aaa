import type { Figure } from './figure.ts';

// Every figure by the name that tags use. A page loads a figure on the first interaction.
export const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  'dot-product': () => import('./dot-product.ts').then(({ dotProduct }) => dotProduct),
  layer: () => import('./layer.ts').then(({ layer }) => layer),
  batch: () => import('./batch.ts').then(({ batch }) => batch),
  'data-flow': () => import('./data-flow.ts').then(({ dataFlow }) => dataFlow),
  'first-weights': () => import('./first-weights.ts').then(({ firstWeights }) => firstWeights),
  blocks: () => import('./blocks.ts').then(({ blocks }) => blocks),
  untrained: () => import('./untrained.ts').then(({ untrained }) => untrained),
  backpropagation: () => import('./backpropagation.ts').then(({ backpropagation }) => backpropagation),
  'chain-rule': () => import('./chain-rule.ts').then(({ chainRule }) => chainRule),
  neuron: () => import('./neuron.ts').then(({ neuron }) => neuron),
  gallery: () => import('./gallery.ts').then(({ gallery }) => gallery),
  'sine-fit': () => import('./sine-fit.ts').then(({ sineFit }) => sineFit),
  activation: () => import('./activation.ts').then(({ activation }) => activation),
  'vanishing-gradient': () => import('./vanishing-gradient.ts').then(({ vanishingGradient }) => vanishingGradient),
  softmax: () => import('./softmax.ts').then(({ softmax }) => softmax),
  zigzag: () => import('./zigzag.ts').then(({ zigzag }) => zigzag),
  crossentropy: () => import('./crossentropy.ts').then(({ crossentropy }) => crossentropy),
  'gradient-descent': () => import('./gradient-descent.ts').then(({ gradientDescent }) => gradientDescent),
};

/** Loads the figure with a given name. */
export async function figureNamed(name: string): Promise<Figure> {
  const load = figures[name];
  if (load === undefined) throw new Error(`Unknown figure ${name}: figures are ${Object.keys(figures).join(', ')}.`);
  return load();
}
