// Puts the request of a vector to the package. Runs in Node and in browsers.

/** @returns the answer as JSON text with its final line feed, or the error that a request is which is none */
export function ask(kmsguard, operation, request) {
  try {
    if (operation === 'report') return report(kmsguard, request);
    return `${JSON.stringify(answer(kmsguard, operation, request))}\n`;
  } catch (error) {
    const { code, help, message } = error;
    if (!/^(REQ|CONF)/.test(code)) throw error;
    return JSON.stringify({ request_error: { code, help, message } });
  }
}

function answer(kmsguard, operation, request) {
  if (operation === 'crn') {
    const { texts, encoding = 'utf-8', ...options } = request;
    return kmsguard.crn(texts, { encoding, ...options });
  }
  if (operation === 'plan' && request.inputs !== undefined) {
    const { document, inputs, named = true, ...options } = request;
    const inventory = kmsguard.Inventory.read(Object.entries(inputs).map(([name, data]) => ({ name, data, named })));
    try {
      return kmsguard.plan(document, { inventory, ...options });
    } finally {
      inventory.free();
    }
  }
  if (operation === 'plan' || operation === 'policy') {
    const { document, ...options } = request;
    return kmsguard[operation](document, options);
  }
  if (operation === 'diff') {
    const { old, new: later, ...options } = request;
    return kmsguard.diff(old, later, options);
  }
  if (kmsguard.Inventory.prototype[operation]) {
    return read(kmsguard, request, (inventory, options) => inventory[operation](options));
  }
  throw new Error(`the package has no operation \`${operation}\``);
}

/** A report that is JSON stands for itself, any other as the member of an object. */
function report(kmsguard, request) {
  const { kind, format, ...rest } = request;
  const text = read(kmsguard, rest, (inventory, options) => inventory.report(kind, format, options));
  return ['json', 'sarif'].includes(format) ? text : `${JSON.stringify({ format, text })}\n`;
}

function read(kmsguard, request, use) {
  const { inputs, named = true, ...options } = request;
  const sources = Object.entries(inputs).map(([name, data]) => ({ name, data, named }));
  const inventory = kmsguard.Inventory.read(sources);
  try {
    return use(inventory, options);
  } finally {
    inventory.free();
  }
}
