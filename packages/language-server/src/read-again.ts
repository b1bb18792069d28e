import type { Session } from "./session.ts";

/** What reading files again needs. */
export type Rereading = Pick<Session, "files" | "diagnostics" | "scan">;

/** Reads files again of which something is known now that was not, or is no more: those that are open at once. */
export function readAgain({ files, diagnostics, scan }: Rereading, uris: readonly string[]): void {
  for (const uri of uris) {
    const document = files.open.get(uri);
    // One that was never judged will be.
    if (document?.inspection !== undefined) diagnostics.changed(files.inspect(document));
  }
  scan.reread(uris.filter((uri) => !files.open.has(uri)));
}

/** Reads those of some files that are not open as they are on the disk now. */
export async function readFromDisk({ files, diagnostics, source }: Session, uris: readonly string[]): Promise<void> {
  for (const uri of uris) {
    if (!files.open.has(uri)) diagnostics.changed(files.read(uri, await source.read(uri)));
  }
}
