import { readSettings, type Settings } from "@registry-cache/core";
import type { NearestSettings, SourceReader } from "@registry-cache/files";

/** The settings that hold for a file, and the file's path from their folder. */
export interface FileSettings {
  readonly settings: Settings;
  readonly path: string;
}

/** Gives the settings of a file, each settings file read once. One that cannot be read asks for nothing. */
export function openSettings(
  nearest: (uri: string) => NearestSettings | undefined,
  reader: SourceReader,
): (uri: string) => FileSettings | undefined {
  const read = new Map<string, Settings | undefined>();
  return (uri) => {
    const found = nearest(uri);
    if (found === undefined) return undefined;
    const { file, path } = found;
    if (!read.has(file)) {
      const reading = reader.read({ uri: file, named: true, base: 0 });
      read.set(file, reading.kind === "text" ? readSettings(file, reading.text).settings : undefined);
    }
    const settings = read.get(file);
    return settings && { settings, path };
  };
}
