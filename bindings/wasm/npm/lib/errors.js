// What is thrown for misuse: an `Error` that says what is wrong, under which code, and what to do.

/** @returns an error with `code`, `help` and, where a place in a text is known, `span` */
export function misuse(error, code, help, span) {
  return Object.assign(error, span === undefined ? { code, help } : { code, help, span });
}
