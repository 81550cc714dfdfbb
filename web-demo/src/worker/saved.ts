// What is saved as a file: an answer in one of its forms, or the exports themselves.

import type { Held } from './held.js';
import type { Saved } from './questions.js';

export function savedBlob({ inventory, now }: Held, saved: Saved): Blob {
  if ('redact' in saved) return new Blob([JSON.stringify(inventory.snapshot({ redact: saved.redact })), '\n']);
  // What the page offers are kinds and formats that there are.
  return new Blob([inventory.report(saved.kind as 'audit', saved.format as 'csv', { now })]);
}
