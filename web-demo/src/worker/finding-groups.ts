// Findings as a person wants them: those that match some words, in groups, of which those that are open are told.

import type { AuditAnswer, Finding } from 'kmsguard/slim';
import { shortName } from '../names.js';
import { severities } from '../severities.js';
import type { FindingGroup, FindingQuestion, Labels, OrderName } from './questions.js';
import { wordsOf } from './table-rows.js';

/** A group tells so many findings at first; so many in all are told at once. */
const shownAtFirst = 25;

/** What a finding is told by: of the same text are in one group. */
const titles: Record<OrderName, (finding: Finding, labels: Labels) => string> = {
  severity: ({ severity }) => severity,
  rule: ({ rule, name }) => `${rule} · ${name}`,
  account: ({ account, account_name }) => account_name ?? account ?? 'no account',
  key: ({ key }, labels) => (key ? shortName(key, labels) : 'no key'),
};

/** The texts of findings in small letters, as they were looked through last. */
const texts = new WeakMap<Finding, string>();

export function findingGroups({ findings, labels }: AuditAnswer, question: FindingQuestion): { found: number; groups: FindingGroup[] } {
  const { only, order, open } = question;
  const words = wordsOf(question.words);
  const found = findings.filter((finding) => (!only || finding.severity === only) && matches(finding, labels, words));
  const titleOf = titles[order];
  const sorted = [...Map.groupBy(found, (finding) => titleOf(finding, labels))].sort(inOrder(order));
  const few = found.length <= shownAtFirst;
  const groups = sorted.map(([title, of], place) => {
    const shown = open?.[title] ?? (open === undefined && (few || place === 0) ? shownAtFirst : 0);
    return { title, count: of.length, findings: of.slice(0, shown) };
  });
  return { found: found.length, groups };
}

/** Inside a group findings stay as the answer has them, which is the worst first. */
function inOrder(order: OrderName): (first: readonly [string, unknown], second: readonly [string, unknown]) => number {
  if (order !== 'severity') return ([first], [second]) => first.localeCompare(second, 'en');
  const rank = (title: string): number => (severities as readonly string[]).indexOf(title);
  return ([first], [second]) => rank(first) - rank(second);
}

/** Whether every word stands somewhere in a finding, as it is shown. */
function matches(finding: Finding, labels: Labels, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = texts.get(finding) ?? textOf(finding, labels);
  texts.set(finding, text);
  return words.every((word) => text.includes(word));
}

function textOf({ rule, name, title, message, account, account_name, owner, key, resources }: Finding, labels: Labels): string {
  const named = [key ?? '', ...resources].flatMap((crn) => [crn, labels[crn]?.name ?? '']);
  return [rule, name, title, message, account, account_name, owner, ...named].join(' ').toLowerCase();
}
