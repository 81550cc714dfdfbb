// A drawing as an image: there it can run nothing and fetch nothing.

export function pictureAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
