// A CRN cut into the pieces that a page shows: named segments, and marks where something is wrong.

import type { CrnReport, Problem, Severity } from 'kmsguard/slim';

/** The ten places, by the names that answers use, and how a person reads them. */
export const places = [
  { segment: 'crn', title: 'prefix', hue: 'gray', about: 'Every CRN begins with it.' },
  { segment: 'version', title: 'version', hue: 'gray', about: 'Of the format; there is one, v1.' },
  { segment: 'cname', title: 'cloud', hue: 'gray', about: 'bluemix is IBM Cloud itself.' },
  { segment: 'ctype', title: 'cloud type', hue: 'gray', about: 'Public, dedicated or local.' },
  { segment: 'service_name', title: 'service', hue: 'blue', about: 'By its name in the catalogue of IBM Cloud.' },
  { segment: 'location', title: 'location', hue: 'teal', about: 'A region, a zone, or global; empty where it has none.' },
  { segment: 'scope', title: 'account', hue: 'purple', about: 'Who owns it: a/ and the id of the account.' },
  { segment: 'service_instance', title: 'instance', hue: 'cyan', about: 'Which instance of the service, mostly by its GUID.' },
  { segment: 'resource_type', title: 'resource type', hue: 'magenta', about: 'What it is inside the instance; empty for the instance itself.' },
  { segment: 'resource', title: 'resource', hue: 'magenta', about: 'Which of them, by its id; it may hold colons of its own.' },
] as const;

/** A stretch of the text that carries one mark or none. */
export interface Piece {
  text: string;
  mark: Severity | undefined;
}

export interface Segment {
  /** Undefined for a text that has no segments. */
  title: string | undefined;
  /** What stands in it, in a sentence. */
  about: string;
  hue: string;
  /** Whether the text lacks this segment altogether. */
  missing: boolean;
  pieces: Piece[];
}

export function segmentsOf(report: CrnReport): Segment[] {
  const laid = layout(report);
  if (laid.length === 0) {
    const whole = pieces(report.input, 0, report.problems);
    return [{ title: undefined, about: '', hue: 'gray', missing: false, pieces: whole }];
  }
  // A mark over the whole text would say nothing about any segment.
  const length = report.input.length;
  const inside = report.problems.filter(({ span }) => span && span[1] - span[0] < length);
  return laid.map(({ segment, text, start }) => {
    const place = places.find((place) => place.segment === segment);
    return {
      title: segment === 'scope' && text && !text.startsWith('a/') ? 'scope' : (place?.title ?? segment),
      about: place?.about ?? '',
      hue: place?.hue ?? 'gray',
      missing: text === undefined,
      pieces: text === undefined ? [] : pieces(text, start, inside),
    };
  });
}

interface Laid {
  segment: string;
  text: string | undefined;
  start: number;
}

/** The answer's own layout, where the segments are too few; else the text between its first nine colons. */
function layout({ input, crn, layout: given }: CrnReport): Laid[] {
  if (given?.length) {
    return given.map(({ segment, text, span }) => ({
      segment,
      text,
      start: span?.[0] ?? 0,
    }));
  }
  const parts: string[] = input.split(':');
  if (crn === null && parts.length !== places.length) return [];
  let start = 0;
  return places.map(({ segment }, place) => {
    const text = place === places.length - 1 ? parts.slice(place).join(':') : (parts[place] ?? '');
    const laid = { segment, text, start };
    start += text.length + 1;
    return laid;
  });
}

/** A text with marks where something is wrong with it. Its spans count bytes, as answers do where nothing else was asked. */
export function marked(text: string, problems: readonly Problem[]): Piece[] {
  const bytes = new TextEncoder().encode(text);
  const units = (end: number): number => new TextDecoder().decode(bytes.subarray(0, end)).length;
  const spanned = problems.flatMap((problem) => {
    const { span } = problem;
    return span ? [{ ...problem, span: [units(span[0]), units(span[1])] as const }] : [];
  });
  return pieces(text, 0, spanned);
}

/** Cuts a text that stands at `offset` wherever a mark begins or ends. An error hides a warning below it. */
function pieces(text: string, offset: number, problems: readonly Problem[]): Piece[] {
  const spans = problems.flatMap(({ span, severity }) =>
    span ? [{ start: span[0] - offset, end: span[1] - offset, severity }] : [],
  );
  if (text === '') {
    const here = spans.filter(({ start, end }) => start === 0 && end === 0);
    return here.length ? [{ text, mark: worst(here) }] : [];
  }
  const cuts = new Set([0, text.length]);
  for (const { start, end } of spans) {
    for (const cut of [start, end]) if (cut > 0 && cut < text.length) cuts.add(cut);
  }
  const sorted = [...cuts].sort((first, second) => first - second);
  return sorted.slice(1).map((end, place) => {
    const start = sorted[place] ?? 0;
    const over = spans.filter((span) => span.start < end && span.end > start);
    return { text: text.slice(start, end), mark: worst(over) };
  });
}

function worst(spans: readonly { severity: Severity }[]): Piece['mark'] {
  return spans.find(({ severity }) => severity === 'error')?.severity ?? spans[0]?.severity;
}
