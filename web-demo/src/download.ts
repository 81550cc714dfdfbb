// Gives a text or bytes to the person as a file. It is made in the page; nothing is asked of a server.

export function download(name: string, data: Blob | string, type: string): void {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
