import { fileURLToPath } from "node:url";
import type { LspClient } from "@registry-cache/testkit";
import type { ShownDiagnostic } from "../language-server/server.ts";

/** A finding as both ways tell it. */
export interface Told {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly range: unknown;
  readonly related: readonly { readonly file: string; readonly range: unknown; readonly message: string }[];
}

/** What is told of each file that has something. */
export type ToldByFile = { readonly [file: string]: readonly Told[] };

/** What `lint -o json` printed. */
export function toldByLint(stdout: string): ToldByFile {
  const { findings }: { readonly findings: readonly (Told & { readonly file: string })[] } = JSON.parse(stdout);
  const files: { [file: string]: Told[] } = {};
  for (const { file, code, severity, message, range, related } of findings) {
    files[file] = [...(files[file] ?? []), { code, severity, message, range, related }];
  }
  return files;
}

const severities = ["", "error", "warning", "info"];

/** What an editor shows of a file; files are named from a folder. */
export function toldByEditor(folder: string, diagnostics: readonly ShownDiagnostic[]): readonly Told[] {
  return diagnostics.map(({ code, severity, message, range, relatedInformation = [] }) => {
    const related = relatedInformation.map(({ location, message: of }) => {
      return { file: fileOf(folder, location.uri), range: location.range, message: of };
    });
    return { code, severity: severities[severity] ?? "", message, range, related };
  });
}

/** What an editor shows of all files. */
export async function allToldByEditor(client: LspClient, folder: string): Promise<ToldByFile> {
  const report = (await client.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly uri: string; readonly items: readonly ShownDiagnostic[] }[];
  };
  const shown = report.items.map(({ uri, items }) => [fileOf(folder, uri), toldByEditor(folder, items)] as const);
  return Object.fromEntries(shown.filter(([, told]) => told.length > 0));
}

function fileOf(folder: string, uri: string): string {
  return fileURLToPath(uri).slice(folder.length + 1);
}
