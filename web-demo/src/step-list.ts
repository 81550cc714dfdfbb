// Steps in their order: what is done, how long it waits, what to run, and what shows that it may go on.

import type { Command, Now, Reason, Unknown } from 'kmsguard/slim';
import { css, html, nothing, type TemplateResult } from 'lit';
import './command-box.js';
import { commandForms, commandFormStyles } from './command-forms.js';
import { sourceLink } from './reason-list.js';
import { prose, sentence } from './text.js';

type Source = NonNullable<Reason['source']>;

interface Step {
  readonly text: string;
  readonly checks: readonly Command[];
  readonly commands: readonly Command[];
  readonly source?: Source;
  readonly undo?: string;
  readonly undo_until?: Now;
  readonly wait?: { readonly why: string; readonly source?: Source; readonly not_before?: Now };
}

export function stepList(steps: readonly Step[]): TemplateResult {
  return html`<ol class="steps">
    ${steps.map(
      ({ text, checks, commands, source, undo, undo_until, wait }) => html`<li>
        <p>${prose(sentence(text))} ${source ? html`<span class="quiet">(${sourceLink(source)})</span>` : nothing}</p>
        ${wait ? waiting(wait) : nothing} ${commandForms(commands)}
        ${undo
          ? html`<p class="quiet">Undone by <code>${undo}</code>${undo_until ? `, until ${undo_until.slice(0, 10)}` : ''}</p>`
          : nothing}
        ${checks.length
          ? html`<details>
              <summary>What shows that it may go on</summary>
              ${commandForms(checks)}
            </details>`
          : nothing}
      </li>`,
    )}
  </ol>`;
}

/** What is not known, each with the command that would tell. */
export function unknownList(unknown: readonly Unknown[]): TemplateResult[] {
  return unknown.map(
    ({ why, command, role }) => html`<div class="unknown">
      <p>${prose(sentence(why))}</p>
      ${command ? html`<command-box .text=${role ? `needs no more than ${role}` : ''} .command=${command}></command-box>` : nothing}
    </div>`,
  );
}

/** `2026-11-21T12:00:00Z` as `2026-11-21 12:00`. */
export function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

function waiting({ why, source, not_before }: NonNullable<Step['wait']>): TemplateResult {
  return html`<p class="quiet">
    Wait ${prose(why)}${not_before ? `, not before ${minute(not_before)}` : ''}${source ? html` (${sourceLink(source)})` : nothing}
  </p>`;
}

export const stepStyles = css`
  ${commandFormStyles}
  .steps {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    counter-reset: step;
  }
  .steps > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    padding-inline-start: 1.75rem;
    position: relative;
    counter-increment: step;
  }
  .steps > li::before {
    content: counter(step);
    position: absolute;
    inset-inline-start: 0;
    font-weight: 600;
  }
  .unknown {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  summary {
    cursor: pointer;
    inline-size: fit-content;
    color: var(--cds-link-primary);
  }
`;
