// What to run: on the command line, and on demand what the same is called elsewhere.

import type { Command } from 'kmsguard/slim';
import { css, html, type TemplateResult } from 'lit';
import './command-box.js';

const forms: Partial<Record<Command['surface'], string>> = { rest: 'REST', terraform: 'Terraform' };

export function commandForms(all: readonly Command[]): TemplateResult | TemplateResult[] {
  const box = ({ text, command }: Command) => html`<command-box .text=${text} .command=${command}></command-box>`;
  const [first, others] = [all.filter(({ surface }) => surface === 'cli'), all.filter(({ surface }) => surface !== 'cli')];
  if (first.length === 0 || others.length === 0) return all.map(box);
  return html`${first.map(box)}
    <details class="forms">
      <summary>${[...new Set(others.map(({ surface }) => `As ${forms[surface] ?? surface}`))].join(', ')}</summary>
      ${others.map(box)}
    </details>`;
}

export const commandFormStyles = css`
  .forms command-box {
    margin-block-start: 0.75rem;
  }
`;
