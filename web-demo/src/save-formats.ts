// What can be saved of an account: every answer in every form that it has, and the exports themselves under pseudonyms.

import type { Saved as Question } from './worker/questions.js';

interface Form {
  title: string;
  extension: string;
  type: string;
}

const json: Form = { title: 'JSON', extension: 'json', type: 'application/json' };
const csv: Form = { title: 'CSV', extension: 'csv', type: 'text/csv' };
const markdown: Form = { title: 'Markdown', extension: 'md', type: 'text/markdown' };
const html: Form = { title: 'HTML', extension: 'html', type: 'text/html' };
const mermaid: Form = { title: 'Mermaid', extension: 'mmd', type: 'text/plain' };
const svg: Form = { title: 'SVG picture', extension: 'svg', type: 'image/svg+xml' };

const reports = {
  audit: {
    title: 'Findings',
    forms: {
      html,
      markdown,
      csv,
      json,
      sarif: { title: 'SARIF', extension: 'sarif', type: 'application/json' },
      junit: { title: 'JUnit', extension: 'xml', type: 'application/xml' },
      github: { title: 'GitHub annotations', extension: 'txt', type: 'text/plain' },
      concise: { title: 'Lines', extension: 'txt', type: 'text/plain' },
      mermaid,
      svg,
    },
  },
  inventory: { title: 'Keys and what they protect', forms: { markdown, csv, json, mermaid } },
  authz: { title: 'Who may use which key', forms: { markdown, csv, json } },
  migrate: {
    title: 'Migration',
    forms: { html, markdown, csv, json, pairs: { title: 'Pairs of keys', extension: 'csv', type: 'text/csv' } },
  },
} as const;

export interface Saved {
  /** Also its value in a list. */
  id: string;
  title: string;
  name: string;
  type: string;
  asked: Question;
}

export interface SavedGroup {
  title: string;
  saved: readonly Saved[];
}

/** By what they tell. */
export const savedGroups: readonly SavedGroup[] = [
  ...Object.entries(reports).map(([kind, { title, forms }]) => ({
    title,
    saved: Object.entries<Form>(forms).map(([format, form]) => ({
      id: `${kind} ${format}`,
      title: form.title,
      name: `kmsguard-${kind}${format === 'pairs' ? '-pairs' : ''}.${form.extension}`,
      type: form.type,
      asked: { kind, format },
    })),
  })),
  {
    title: 'The exports, in one file',
    saved: [
      {
        id: 'snapshot redacted',
        title: 'Snapshot with pseudonyms',
        name: 'kmsguard-snapshot-redacted.json',
        type: 'application/json',
        asked: { kind: 'snapshot', redact: true },
      },
      {
        id: 'snapshot',
        title: 'Snapshot with all names',
        name: 'kmsguard-snapshot.json',
        type: 'application/json',
        asked: { kind: 'snapshot', redact: false },
      },
    ],
  },
];
