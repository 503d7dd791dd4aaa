import { checkLabels, checkTensor, concat, oneHot, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { classRows } from './class-rows.ts';
import { checkBinaryTargets, checkProbabilities } from './probabilities.ts';

/**
 * Predicted probabilities of each class, and 1 for the right class of each row, 0 for the others; both [N, classes], float64.
 * Probabilities of yes, shape [N], become two columns.
 *
 * @param prediction  probabilities [N, classes] with class indices [N], or of yes, [N], with targets 0 and 1, [N]
 * @throws ShapeError when the shapes do not fit
 * @throws RangeError when a probability is not between 0 and 1, or a target is neither 0 nor 1
 */
export function predictedProbabilities(
  caller: string,
  prediction: Tensor,
  target: Tensor,
): Readonly<Record<'probabilities' | 'right', Tensor>> {
  if (checkTensor(prediction, caller).rank === 1) {
    if (checkTensor(target, caller).rank !== 1 || target.shape[0] !== prediction.shape[0]) {
      throw new ShapeError(
        `${caller}: there must be one target for each probability, shape ${showShape(prediction.shape)}, got ` +
          `${showShape(target.shape)}. Reshape it, or give a probability for each class.`,
      );
    }
    checkProbabilities(caller, prediction, 'For logits write sigmoid(logits).');
    checkBinaryTargets(caller, target, 'Give a probability for each class where there are more than two.');
    const [yes, answer] = [prediction.cast('float64').expandDims(1), target.cast('float64').expandDims(1)];
    return { probabilities: withNo(yes), right: withNo(answer) };
  }
  const { rows, classes } = classRows(caller, prediction, target);
  checkProbabilities(caller, rows, 'For logits write softmax(logits).');
  checkLabels(target, classes, caller);
  return { probabilities: rows.cast('float64'), right: oneHot(target, classes, { dtype: 'float64' }) };
}

/** A column of yes beside one of no. */
function withNo(yes: Tensor): Tensor {
  return concat([yes.neg().add(1), yes], 1);
}
