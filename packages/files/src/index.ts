export { decodeSafetensors, type SafetensorsFile } from './decode-safetensors.ts';
export { encodeSafetensors } from './encode-safetensors.ts';
export { FormatError, type FormatFault } from './format-error.ts';
export { loadParameters, ParametersError } from './load-parameters.ts';
