// A resource as a person knows it: its name or the end of its CRN, its service and region; the CRN below.

import { css, html, nothing, type TemplateResult } from 'lit';
import { shortName } from './names.js';
import type { Labels } from './worker/questions.js';

/** Name, service and region alone, where the CRN stands elsewhere on the page. */
export function resourceTitle(crn: string, labels: Labels): TemplateResult {
  const label = labels[crn];
  return html`<span class="resource-name">${shortName(crn, labels)}</span>
    ${label
      ? html`<span class="quiet">${label.service}${label.region ? html` · ${label.region}` : nothing}</span>`
      : nothing}`;
}

export function resourceName(crn: string, labels: Labels): TemplateResult {
  return html`<div class="resource">
    ${resourceTitle(crn, labels)}
    <span class="mono quiet crn">${crn}</span>
  </div>`;
}

export const resourceStyles = css`
  .resource {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.75rem;
    min-inline-size: 0;
  }
  .resource-name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .crn {
    flex-basis: 100%;
    font-size: 0.75rem;
    overflow-wrap: anywhere;
  }
`;
