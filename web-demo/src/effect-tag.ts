// What happens to a resource, in its colour.

import type { Effect } from 'kmsguard/slim';
import { html, type TemplateResult } from 'lit';
import { effectOf } from './effects.js';

export function effectTag(effect: Effect): TemplateResult {
  const { title, severity } = effectOf(effect);
  return html`<span class="severity ${severity}">${title}</span>`;
}
