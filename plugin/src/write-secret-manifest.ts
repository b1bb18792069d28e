import { sealManifest, writeSecret } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { MadeSecret } from "./make-secret.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { SecretCreateFlags } from "./secret-flags.ts";

/** Seals a manifest where that is asked for, and writes or prints it. */
export async function writeManifest(
  flags: SecretCreateFlags,
  terminal: Pick<Terminal, "out">,
  made: MadeSecret,
): Promise<void> {
  const { place, name, format } = flags;
  const file = `${name}.${format}`;
  const text = await sealed(flags, made, place.kind === "directory" ? `${place.path}/${file}` : file);
  if (place.kind !== "directory") terminal.out(text);
  else {
    const written = await writeSecret(place.path, file, text);
    if (!written.ok) throw new CliError(printable(written.error));
    terminal.out(`${printable(written.value)} written\n`);
  }
}

async function sealed(
  { sealer, certificate, garden }: SecretCreateFlags,
  { request, draft }: MadeSecret,
  path: string,
): Promise<string> {
  if (sealer === undefined) return draft.manifest;
  const { kubeconfig, context } = garden.flags;
  const hidden = [request.credential.password];
  const text = await sealManifest({ sealer, certificate, kubeconfig, context, manifest: draft.manifest, path, hidden });
  if (!text.ok) throw new CliError(printable(text.error));
  return text.value;
}
