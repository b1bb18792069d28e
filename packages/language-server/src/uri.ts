/**
 * The one spelling that we know a file by. Clients and we escape the same path in different ways, such as
 * `file:///c%3A/a` and `file:///C:/a`.
 */
export function canonicalUri(uri: string): string {
  const [, scheme, rest] = /^([A-Za-z][\w+.-]*:)(.*)$/s.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined || !rest.startsWith("/")) return uri;
  const path = rest
    .split("/")
    .map((it) => encodeURIComponent(decode(it)))
    .join("/");
  // Windows takes drives in either case.
  return `${scheme.toLowerCase()}${path.replace(/^\/\/\/([A-Za-z])%3A/, (_, drive: string) => `///${drive.toLowerCase()}%3A`)}`;
}

/** The folder that a file or folder lies in; undefined at the root, and for documents that are no files. */
export function folderOf(uri: string): string | undefined {
  const slash = uri.lastIndexOf("/");
  const isPath = /^[\w+.-]+:\/\/[^/]*\/./.test(uri);
  return isPath ? uri.slice(0, slash) : undefined;
}

/** The name of a file without its folders, as a person writes it. */
export function nameOf(uri: string): string {
  return decode(uri.slice(uri.lastIndexOf("/") + 1));
}

/** The path of a file from a folder that it lies in, as a person writes it. */
export function pathFrom(folder: string, uri: string): string {
  return uri
    .slice(folder.length + 1)
    .split("/")
    .map(decode)
    .join("/");
}

/** Tells whether a file lies in a folder or in one below it. */
export function isBelow(folder: string, uri: string): boolean {
  return uri.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
