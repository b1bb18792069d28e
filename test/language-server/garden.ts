import { rmSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFor, makeScratch } from "@registry-cache/testkit";
import { onTestFinished } from "vitest";
import type { TestGarden } from "../cli/garden.ts";
import { openServer, type Server, type ServerOptions, type ShownDiagnostic, uriOf } from "./server.ts";

/** An editor with a folder, beside a garden that it may connect to. */
export interface GardenEditor {
  readonly server: Server;
  readonly folder: string;
  readonly kubeconfig: string;
  /** Connects by the context `test`; more parameters as they are given. */
  connect(more?: object): Promise<unknown>;
  /** Waits until the garden is in a phase, and gives all that is told of it. */
  phase(name: string): Promise<GardenTold>;
  /** The findings of all files, as `file code`. */
  findings(): Promise<readonly string[]>;
}

/** What is told of the garden. */
export interface GardenTold {
  readonly phase: string;
  readonly message?: string;
  readonly unseen?: readonly string[];
}

/** How to open an editor. */
export interface GardenEditorOptions {
  readonly token?: string;
  readonly user?: object;
  readonly trusted?: boolean;
  readonly answers?: ServerOptions["answers"];
  readonly env?: ServerOptions["env"];
}

/** Opens an editor beside a garden. Files are those of its folder. */
export async function openGardenEditor(
  garden: Pick<TestGarden, "server">,
  files: { readonly [path: string]: string },
  { token = "admin", user = { token }, trusted = true, answers = {}, env = {} }: GardenEditorOptions = {},
): Promise<GardenEditor> {
  const root = makeScratch({ config: kubeconfigFor(garden.server, { user, namespace: "garden-dev" }) });
  const folder = makeScratch(files);
  onTestFinished(() => {
    for (const it of [root, folder]) rmSync(it, { recursive: true, force: true });
  });
  const kubeconfig = join(root, "config");
  const capabilities = { textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } } };
  const server = await openServer({ folders: [folder], capabilities, options: { trusted } }, { answers, env });
  return {
    server,
    folder,
    kubeconfig,
    connect: (more = {}) => server.request("registryCache/garden/connect", { kubeconfig, context: "test", ...more }),
    async phase(name) {
      const now = (await server.request("registryCache/garden/state")) as GardenTold;
      if (now.phase === name) return now;
      return (await server.next(
        "registryCache/gardenChanged",
        (it) => (it as GardenTold).phase === name,
      )) as GardenTold;
    },
    findings: async () => (await allFindings(server, folder)).map(({ file, code }) => `${file} ${code}`),
  };
}

/** The findings of all files, in the order of the files. */
async function allFindings(
  server: Server,
  folder: string,
): Promise<readonly (ShownDiagnostic & { readonly file: string })[]> {
  const report = (await server.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly uri: string; readonly items: readonly ShownDiagnostic[] }[];
  };
  const root = `${uriOf(folder)}/`;
  return report.items
    .flatMap(({ uri, items }) => items.map((it) => ({ ...it, file: uri.slice(root.length) })))
    .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}
