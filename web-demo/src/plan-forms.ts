// The forms of a step: what a person copies, in each of the places where it can be done.

import type { PlanStep, RestCall } from 'kmsguard/slim';

export const forms = [
  { value: 'cli', title: 'CLI' },
  { value: 'curl', title: 'curl' },
  { value: 'rest', title: 'REST' },
  { value: 'terraform', title: 'Terraform' },
  { value: 'console', title: 'Console' },
] as const;

export type Form = (typeof forms)[number]['value'];

/** A step in one form; empty where it has no such form. */
export function stepAs(form: Form, step: PlanStep): string {
  switch (form) {
    case 'cli':
      return step.cli.join('\n');
    case 'curl':
      return step.curl ?? '';
    case 'rest':
      return step.rest ? request(step.rest) : '';
    case 'terraform':
      return (step.terraform ?? '').trimEnd();
    case 'console':
      return step.console.join('\n');
  }
}

/** As a tool for requests takes it: the line, the headers, the body. */
function request({ method, url, headers, body }: RestCall): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${url}`, ...lines].join('\n');
  return body === undefined ? head : `${head}\n\n${JSON.stringify(body, null, 2)}`;
}
