/**
 * The content security policy that every page of ours must live under: nothing from elsewhere, no code from strings.
 * `wasm-unsafe-eval` lets WebAssembly be compiled, and nothing else.
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
