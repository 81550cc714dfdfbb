// Where a person writes or chooses, and the line under what is wrong in a text.

import { css } from 'lit';

export const fieldStyles = css`
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  input[type='text'],
  select,
  textarea {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 2.5rem;
    padding: 0.5rem 1rem;
    border: 0;
    border-block-end: 1px solid var(--cds-border-strong-01);
    border-radius: 0;
    background: var(--cds-field-01);
    color: var(--cds-text-primary);
    font: inherit;
  }
  input.mono,
  textarea {
    font-family: var(--mono);
    font-size: 0.8125rem;
  }
  input[type='checkbox'] {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--cds-link-primary);
  }
  [aria-invalid='true'] {
    box-shadow: inset 0 0 0 2px var(--cds-support-error);
  }
  input:focus-visible,
  select:focus-visible,
  textarea:focus-visible {
    outline: 2px solid var(--cds-focus);
    outline-offset: -2px;
    box-shadow: none;
  }
`;

export const markStyles = css`
  mark {
    background: none;
    color: inherit;
    text-decoration: underline wavy var(--cds-support-error) 1.5px;
    text-decoration-skip-ink: none;
    text-underline-offset: 0.1875rem;
  }
  mark.warning {
    text-decoration-color: var(--cds-support-warning);
  }
  mark.empty {
    display: inline-block;
    inline-size: 0.75rem;
    block-size: 1.25rem;
    border-block-end: 2px dotted var(--cds-support-error);
  }
  mark.empty.warning {
    border-block-end-color: var(--cds-support-warning);
  }
`;
