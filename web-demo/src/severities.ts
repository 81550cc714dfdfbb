// How bad something can be, the worst first.

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
