// The looks of the graph.

import { css } from 'lit';

export const graphStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .none,
  aside {
    padding: 1rem;
    background: var(--cds-layer-01);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: space-between;
    gap: 1rem;
  }
  .find {
    flex: 0 1 20rem;
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    min-block-size: 2.5rem;
    overflow-wrap: anywhere;
  }
  nav button {
    padding: 0.25rem 0;
    border: 0;
    background: none;
    color: var(--cds-link-primary);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-items: start;
  }
  aside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  aside h3 {
    overflow-wrap: anywhere;
  }
  .crn {
    font-size: 0.75rem;
    overflow-wrap: anywhere;
  }
  .asked {
    padding-block-start: 1rem;
    border-block-start: 1px solid var(--cds-border-subtle-01);
  }
  .graph {
    position: relative;
    display: grid;
    grid-template-columns: repeat(3, minmax(11rem, 1fr));
    gap: 0 4rem;
    padding: 1rem;
    overflow: auto;
    background: var(--cds-layer-01);
  }
  .graph:focus-visible,
  nav button:focus-visible,
  button.node:focus-visible {
    outline: 2px solid var(--cds-focus);
    outline-offset: 1px;
  }
  svg {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  path {
    fill: none;
    stroke: var(--cds-border-strong-01);
  }
  path.not-covered {
    stroke: var(--cds-support-error);
    stroke-dasharray: 6 4;
  }
  path.unknown {
    stroke-dasharray: 2 4;
  }
  path.far {
    stroke: var(--cds-border-subtle-01);
  }
  path.lit {
    stroke: var(--cds-support-error);
    stroke-width: 3;
  }
  section {
    position: relative;
    min-inline-size: 0;
  }
  section h3 {
    margin-block-end: 0.75rem;
    color: var(--cds-text-secondary);
    font-weight: 400;
    font-size: 0.75rem;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  .node {
    display: grid;
    gap: 0.125rem;
    inline-size: 100%;
    min-block-size: 2.75rem;
    align-content: center;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--cds-border-strong-01);
    border-inline-start-width: 3px;
    background: var(--cds-background);
    color: inherit;
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  button.node {
    cursor: pointer;
  }
  button.node:hover {
    background: var(--cds-layer-hover-01);
  }
  .several {
    box-shadow:
      3px 3px 0 -1px var(--cds-layer-01),
      3px 3px 0 0 var(--cds-border-strong-01);
  }
  .shared {
    border-inline-start-color: var(--cds-interactive);
  }
  .found,
  .lit {
    border-inline-start-color: var(--severity);
  }
  .lit {
    border-color: var(--severity);
    border-width: 2px 2px 2px 6px;
  }
  .node[aria-pressed='true'] {
    background: var(--cds-layer-selected-01);
    outline: 2px solid var(--cds-interactive);
  }
  .far {
    border-color: var(--cds-border-subtle-01);
    color: var(--cds-text-secondary);
    background: none;
  }
  .title {
    font-weight: 600;
  }
  .far .title {
    font-weight: 400;
  }
  .detail {
    font-size: 0.75rem;
    color: var(--cds-text-secondary);
  }
  .effect {
    justify-self: start;
    padding: 0 0.375rem;
    background: var(--severity);
    color: var(--on-severity);
    font-size: 0.75rem;
  }
  .hint {
    font-size: 0.75rem;
  }
  @media (max-width: 42rem) {
    .graph {
      grid-template-columns: repeat(3, minmax(9rem, 1fr));
      gap: 0 2.5rem;
    }
  }
  @media (min-width: 80rem) {
    .split {
      grid-template-columns: minmax(0, 1fr) 24rem;
    }
    .graph {
      gap: 0 3rem;
    }
    aside {
      position: sticky;
      inset-block-start: 1rem;
      max-block-size: calc(100vh - 2rem);
      overflow: auto;
    }
  }
`;
