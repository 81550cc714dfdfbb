// CRNs in addresses: the console has them there, with their colons written as `%3A`.

/** The parts of an address in which CRNs may stand, as a person would read them. */
export function partsOf(address: string): string[] {
  return address.split(/[?#&=]/).map(readable);
}

function readable(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
