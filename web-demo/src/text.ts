// Texts of answers as a page shows them.

import { html, type TemplateResult } from 'lit';

export { counted, sentence } from './words.js';

/** What stands between backticks is code. */
export function prose(text: string): TemplateResult {
  return html`${text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
