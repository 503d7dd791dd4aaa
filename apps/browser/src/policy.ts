/**
 * The content security policy of all our pages: nothing from other origins, no code from strings.
 * `wasm-unsafe-eval` allows WebAssembly to be compiled, and nothing else.
 */
export const strictPolicy: string = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "frame-src 'self'",
].join('; ');
