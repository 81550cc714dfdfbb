// Texts of answers as a page shows them.

import { html, type TemplateResult } from 'lit';

/** What stands between backticks is code. */
export function prose(text: string): TemplateResult {
  return html`${text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** A lower-case text as a sentence. Not for one that may begin with a name. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
