// What every element of the page looks like: headings, code, focus, tables.

import { css } from 'lit';

export const shared = css`
  :host {
    display: block;
    box-sizing: border-box;
    font-family: var(--sans);
    color: var(--cds-text-primary);
    font-size: 0.875rem;
    line-height: 1.43;
    letter-spacing: 0.01em;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  pre {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 400;
    line-height: 1.4;
    letter-spacing: 0;
  }
  h3 {
    font-size: 1rem;
    font-weight: 600;
    line-height: 1.375;
    letter-spacing: 0;
  }
  h4 {
    font-size: 0.875rem;
    font-weight: 600;
    line-height: 1.29;
  }
  code,
  pre,
  .mono {
    font-family: var(--mono);
    font-size: 0.8125rem;
    letter-spacing: 0;
  }
  code {
    background: var(--cds-layer-02);
    padding: 0.0625rem 0.25rem;
    overflow-wrap: anywhere;
  }
  pre code,
  a code {
    background: none;
    padding: 0;
  }
  a {
    color: var(--cds-link-primary);
  }
  a:hover {
    color: var(--cds-link-primary-hover);
  }
  a:focus-visible,
  pre:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--cds-focus);
    outline-offset: 1px;
  }
  .quiet {
    color: var(--cds-text-secondary);
  }
  .label {
    font-size: 0.75rem;
    line-height: 1.33;
    letter-spacing: 0.02em;
    color: var(--cds-text-secondary);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .icon {
    flex: none;
    vertical-align: -0.1875rem;
  }
  cds-tag {
    margin: 0;
    max-inline-size: 100%;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    text-align: start;
  }
  th {
    font-weight: 600;
    text-align: start;
    background: var(--cds-layer-accent-01);
  }
  th,
  td {
    padding: 0.6875rem 1rem;
    border-block-end: 1px solid var(--cds-border-subtle-01);
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  /* On a narrow screen a row is a small card, and each cell says its column. */
  @media (max-width: 42rem) {
    table,
    tbody,
    tr,
    td {
      display: block;
      width: 100%;
    }
    thead {
      display: none;
    }
    tr {
      border-block-end: 1px solid var(--cds-border-subtle-01);
      padding-block: 0.5rem;
    }
    td {
      border: 0;
      padding: 0.25rem 1rem;
    }
    td[data-column]::before {
      content: attr(data-column);
      display: block;
      font-size: 0.75rem;
      color: var(--cds-text-secondary);
    }
    td:empty {
      display: none;
    }
  }
`;
