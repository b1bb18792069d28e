import {
  type Certificates,
  neededCertificates,
  type OpenShoot,
  placeholders,
  printManifests,
  type RenderedShoot,
  type RenderNote,
  renderShoot,
  writeManifests,
  writeRendered,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { openNamedShoot } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { plural } from "./print/summary.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { readEndpoints, readText } from "./shoot-flags.ts";

/** Runs `render`: prints or writes the runtime of a Shoot's caches. Gives the exit code. */
export async function runRender({ flags }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const readyMade = readText(flags["ready-made"]);
  if (readyMade !== undefined) return putReadyMade(readyMade, flags, terminal);
  const output = readRenderOutput(flags);
  const open = await openNamedShoot(flags, terminal);
  const endpoints = readEndpoints(flags);
  const rendered = renderShoot(open, {
    profile: flags["profile"] === "cluster" ? "cluster" : "gardener",
    withCredentials: flags["with-credentials"] === true,
    image: readText(flags["image"]),
    endpoints,
    seedNamespace: readText(flags["seed-namespace"]),
    namespace: readText(flags["cluster-namespace"]),
    serviceMonitor: flags["service-monitor"] === true,
    certificates: await certificatesFor(open, endpoints, flags),
  });
  if (!rendered.ok) throw new CliError(printable(rendered.error));
  return put(rendered.value, output, terminal);
}

type Output = { readonly kind: "yaml" | "json" | "hosts.toml" } | { readonly kind: "dir"; readonly path: string };

function readRenderOutput(flags: FlagValues): Output {
  const text = readText(flags["output"]) ?? "yaml";
  if (text.startsWith("dir=") && text.length > "dir=".length) return { kind: "dir", path: text.slice("dir=".length) };
  const kind = (["yaml", "json", "hosts.toml"] as const).find((it) => it === text);
  if (kind === undefined) throw new CliError(`-o takes yaml, json, hosts.toml or dir=PATH, not "${printable(text)}"`);
  return { kind };
}

async function certificatesFor(
  open: OpenShoot,
  endpoints: ReadonlyMap<string, string>,
  flags: FlagValues,
): Promise<Certificates> {
  const needed = neededCertificates(open, endpoints);
  if (!needed.ok) throw new CliError(printable(needed.error));
  if (flags["reproducible"] === true) return placeholders;
  const { makeCertificates } = await import("./certificates/make-certificates.ts");
  return makeCertificates(needed.value, { certificate: readText(flags["ca-cert"]), key: readText(flags["ca-key"]) });
}

function put(rendered: RenderedShoot, output: Output, terminal: Terminal): number {
  if (output.kind === "dir") {
    const code = tellWritten(writeRendered(output.path, rendered), output.path, terminal);
    if (code !== 0) return code;
  } else terminal.out(printManifests(rendered, output.kind));
  terminal.flush();
  // Standard output is a list that kubectl can read, so the notes of JSON are lines of JSON beside it.
  for (const note of rendered.notes)
    terminal.err(output.kind === "json" ? `${JSON.stringify(note)}\n` : `note: ${renderNote(note)}\n`);
  return 0;
}

function renderNote({ code, upstream, message }: RenderNote): string {
  return `${code} ${printable(upstream)}: ${printable(message)}`;
}

function putReadyMade(name: string, flags: FlagValues, terminal: Terminal): number {
  const output = readRenderOutput(flags);
  if (output.kind !== "dir")
    throw new CliError("--ready-made manifests are a folder for kubectl apply -k, say where by -o dir=PATH");
  const code = tellWritten(writeManifests(output.path, name), output.path, terminal);
  terminal.flush();
  if (code === 0)
    terminal.err(`note: look through them, then kubectl apply -k ${printable(output.path)}/overlays/${name}\n`);
  return code;
}

function tellWritten(
  { written, unchanged, problem }: ReturnType<typeof writeRendered>,
  path: string,
  terminal: Terminal,
): number {
  const rest = unchanged === 0 ? "" : `, ${unchanged} unchanged`;
  terminal.out(`Wrote ${plural(written.length, "file")} to ${printable(path)}${rest}.\n`);
  if (problem === undefined) return 0;
  terminal.flush();
  terminal.err(`error: ${printable(problem.file)}: ${printable(problem.message)}\n`);
  return 2;
}
