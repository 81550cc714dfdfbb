// How bad something is, in a word and a colour that means the same in both themes.

import { css, html, type TemplateResult } from 'lit';

export function severityTag(severity: string): TemplateResult {
  return html`<span class="severity ${severity}">${severity}</span>`;
}

export const severityStyles = css`
  .severity {
    display: inline-block;
    padding: 0.125rem 0.5rem;
    font-size: 0.75rem;
    line-height: 1.33;
    letter-spacing: 0.02em;
    background: var(--severity);
    color: var(--on-severity);
  }
  .critical {
    --severity: #a2191f;
    --on-severity: #ffffff;
  }
  .high {
    --severity: #da1e28;
    --on-severity: #ffffff;
  }
  .medium {
    --severity: #ff832b;
    --on-severity: #161616;
  }
  .low {
    --severity: #f1c21b;
    --on-severity: #161616;
  }
  .info {
    --severity: #0043ce;
    --on-severity: #ffffff;
  }
`;
