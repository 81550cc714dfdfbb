// Grounds: what each says, where it was seen, and the page that says so.

import type { Evidence, Reason } from 'kmsguard/slim';
import { html, nothing, type TemplateResult } from 'lit';
import { counted, prose } from './text.js';

/** So many places are told at once, and so many at all. */
const few = 4;
const most = 100;

/** What is said of several things is said once, with all the places where it was seen. */
export function reasonList(reasons: readonly Reason[]): TemplateResult {
  const alike = Map.groupBy(reasons, ({ text, source }) => JSON.stringify([text, source]));
  return html`<ul class="reasons">
    ${[...alike.values()].map((same) => {
      const [{ text, source } = { text: '', source: undefined }] = same;
      const seen = same.flatMap(({ evidence }) => evidence ?? []);
      return html`<li>
        ${prose(text)} ${source ? html`<span class="quiet">(${sourceLink(source)})</span>` : nothing}
        ${seen.slice(0, few).map(place)}
        ${seen.length > few
          ? html`<details>
              <summary>${counted(seen.length - few, 'more place')}</summary>
              ${seen.slice(few, most).map(place)}
              ${seen.length > most ? html`<p>${(seen.length - most).toLocaleString('en')} more are left out.</p>` : nothing}
            </details>`
          : nothing}
      </li>`;
    })}
  </ul>`;
}

function place({ input, line, pointer }: Evidence): TemplateResult {
  return html`<span class="mono quiet seen">${input}:${line} ${pointer}</span>`;
}

export function sourceLink({ title, url, as_of }: NonNullable<Reason['source']>): TemplateResult {
  return html`<a href=${url} target="_blank" rel="noreferrer noopener"
      >${title}<span class="unseen"> (opens a new window)</span></a
    >, as of ${as_of}`;
}
