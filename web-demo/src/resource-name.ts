// A resource as a person knows it: its name or the end of its CRN, its service and region; the CRN below.

import type { InventoryAnswer } from 'kmsguard/slim';
import { css, html, nothing, type TemplateResult } from 'lit';

export type Labels = InventoryAnswer['labels'];

/** The name, else the last part of the CRN that is not empty. */
export function shortName(crn: string, labels: Labels): string {
  const named = labels[crn]?.name;
  if (named) return named;
  const parts = crn.split(':').filter((part) => part !== '');
  return parts.at(-1) ?? crn;
}

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
