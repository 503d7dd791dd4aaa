/** The pages in reading order, by file name. */
export const sidebar = [
  {
    label: '1 Layers',
    items: ['dot-product', 'neuron', 'layer', 'batch', 'two-layers', 'four-layers', 'dense-layer'].map(
      (page) => `layers/${page}`,
    ),
  },
  {
    label: '2 Activations',
    items: [
      'why-activations',
      'sigmoid',
      'vanishing-gradient',
      'blocks-and-functions',
      'tanh',
      'relu',
      'leaky-relu',
      'softmax',
      'swish',
      'zigzag',
      'choosing',
      'activation-classes',
      'first-forward-pass',
    ].map((page) => `activations/${page}`),
  },
  {
    label: '3 Losses',
    items: ['categorical-crossentropy', 'loss-classes', 'loss-and-accuracy', 'mean-squared-error'].map(
      (page) => `losses/${page}`,
    ),
  },
  {
    label: '4 Training',
    items: ['backpropagation', 'gradient-descent', 'chain-rule'].map((page) => `learning/${page}`),
  },
  { label: 'Reference', items: ['reference/numpy', 'reference/errata'] },
];
