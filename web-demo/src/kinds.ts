// What the kinds of CRNs are called.

const titles: Record<string, string> = {
  'kms-key': 'A KMS key',
  'kms-instance': 'A KMS instance',
  instance: 'A service instance',
  resource: 'A resource',
  role: 'An IAM role',
  endpoint: 'An endpoint',
  unknown: 'Not known what',
};

/** A kind that is newer than this page goes by its own name. */
export function kindTitle(kind: string): string {
  return titles[kind] ?? kind;
}
