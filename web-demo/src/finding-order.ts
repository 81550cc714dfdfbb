// Findings as a person wants them: those that match some words, in an order, in groups.

import type { Finding, InventoryAnswer } from 'kmsguard/slim';
import { shortName } from './resource-name.js';
import { severities } from './severity.js';

type Labels = InventoryAnswer['labels'];

export interface Order {
  value: string;
  title: string;
  /** What the finding is told by: of the same text are in one group. */
  of: (finding: Finding, labels: Labels) => string;
}

/** How findings can be sorted and grouped. */
export const orders: readonly Order[] = [
  { value: 'severity', title: 'severity', of: ({ severity }) => severity },
  { value: 'rule', title: 'rule', of: ({ rule, name }) => `${rule} · ${name}` },
  { value: 'account', title: 'account', of: ({ account, account_name }) => account_name ?? account ?? 'no account' },
  { value: 'key', title: 'key', of: ({ key }, labels) => (key ? shortName(key, labels) : 'no key') },
];

/** Whether every word stands somewhere in a finding, as it is shown. */
export function matches(finding: Finding, labels: Labels, words: string): boolean {
  const { rule, name, title, message, account, account_name, owner, key, resources } = finding;
  const named = [key ?? '', ...resources].flatMap((crn) => [crn, labels[crn]?.name ?? '']);
  const text = [rule, name, title, message, account, account_name, owner, ...named].join(' ').toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export interface Group {
  title: string;
  findings: Finding[];
}

/** The findings by what tells them; inside a group they stay as the answer has them, which is the worst first. */
export function grouped(findings: readonly Finding[], labels: Labels, { value, of }: Order): Group[] {
  const groups = Map.groupBy(findings, (finding) => of(finding, labels));
  const all = [...groups].map(([title, findings]) => ({ title, findings }));
  if (value === 'severity') {
    const rank = ({ title }: Group): number => (severities as readonly string[]).indexOf(title);
    return all.sort((first, second) => rank(first) - rank(second));
  }
  return all.sort((first, second) => first.title.localeCompare(second.title, 'en'));
}
