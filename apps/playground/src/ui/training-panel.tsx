import { trainSize } from '../state/data-kinds.ts';
import { optimizerNames } from '../state/names.ts';
import * as store from '../state/store.ts';
import { Choice, NumberChoice, Panel } from './fields.tsx';
import { narrow } from './media.ts';
import { SpeedRange, StrideChoice } from './transport.tsx';

const learningRates = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.05, 0.1, 0.3, 1, 3, 10];
const decays = [0, 5e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1];
const regularizationStrengths = [0, 1e-5, 1e-4, 5e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 1];
const momenta = [0, 0.5, 0.8, 0.9, 0.95, 0.99];
const batches = [0, 1, 2, 5, 10, 16, 32, 64, 128];

export function TrainingPanel() {
  const { data, training } = store.settings.value;
  const change = store.changeTraining;
  const sgd = training.optimizer === 'sgd';
  return (
    <Panel name="training" title="Training">
      {/* On narrow screens there is no room for them in the transport bar. */}
      {narrow.value && <SpeedRange />}
      <div class="pairs">
        {narrow.value && <StrideChoice />}
        <Choice
          label="Optimizer"
          value={training.optimizer}
          names={optimizerNames}
          choose={(optimizer) => change({ optimizer })}
        />
        <NumberChoice
          label="Learning rate"
          value={training.learningRate}
          numbers={learningRates}
          choose={(learningRate) => change({ learningRate })}
        />
        <NumberChoice
          label="Decay"
          hint="Learning rate at each step: initial rate / (1 + decay · step)"
          value={training.decay}
          numbers={decays}
          show={(value) => (value === 0 ? 'none' : String(value))}
          choose={(decay) => change({ decay })}
        />
        <NumberChoice
          label="Batch size"
          hint="Number of samples per training step"
          value={training.batch}
          numbers={batches}
          show={(value) => (value === 0 ? `all ${trainSize(data)}` : String(value))}
          choose={(batch) => change({ batch })}
        />
        {(sgd || training.optimizer === 'rmsprop') && (
          <NumberChoice
            label="Momentum"
            value={training.momentum}
            numbers={momenta}
            show={(value) => (value === 0 ? 'none' : String(value))}
            choose={(momentum) => change({ momentum })}
          />
        )}
        {sgd && training.momentum > 0 && (
          <label class="field check">
            <input
              type="checkbox"
              checked={training.nesterov}
              onChange={({ currentTarget }) => change({ nesterov: currentTarget.checked })}
            />
            <span>Nesterov</span>
          </label>
        )}
        <NumberChoice
          label="L1"
          hint="L1 regularization: adds L1 · Σ|w| to the loss"
          value={training.l1}
          numbers={regularizationStrengths}
          show={(value) => (value === 0 ? 'none' : String(value))}
          choose={(l1) => change({ l1 })}
        />
        <NumberChoice
          label="L2"
          hint="L2 regularization: adds L2 · Σw² to the loss"
          value={training.l2}
          numbers={regularizationStrengths}
          show={(value) => (value === 0 ? 'none' : String(value))}
          choose={(l2) => change({ l2 })}
        />
      </div>
    </Panel>
  );
}
