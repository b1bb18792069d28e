import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Running, start } from "./programs.ts";
import type { Stage } from "./servers.ts";

/** What a pod of a cache has mounted: the files beside config.yml, and those of a Secret with a login. */
export interface Mounted {
  readonly config: string;
  /** By their paths below /etc/distribution. */
  readonly files?: { readonly [path: string]: string };
  readonly login?: { readonly username: string; readonly password: string };
  readonly onLog?: (text: string) => void;
}

/** Starts Distribution with a rendered config.yml. Only its folders and ports are those of the test. */
export function startRendered(stage: Stage, program: string, folder: string, mounted: Mounted): Promise<Running> {
  const here = (text: string): string =>
    text
      .replaceAll("/etc/distribution/", `${folder}/etc/`)
      .replaceAll("/var/lib/registry", `${folder}/data`)
      .replaceAll("/var/run/registry-credentials", `${folder}/login`)
      .replace("addr: :5000", "addr: 127.0.0.1:0")
      .replace("addr: :5001", "addr: 127.0.0.1:0");
  for (const it of ["etc/certs", "login"]) mkdirSync(join(folder, it), { recursive: true });
  for (const [path, text] of Object.entries(mounted.files ?? {}))
    writeFileSync(join(folder, "etc", path), here(text), { mode: 0o755 });
  if (mounted.login !== undefined) writeLogin(folder, mounted.login);
  const env = { OTEL_TRACES_EXPORTER: "none" };
  const { onLog } = mounted;
  return start(stage, { program, folder, env, config: here(mounted.config), ...(onLog && { onLog }) });
}

/** Writes a login as the kubelet does for a Secret, at the start and again when it changes. */
export function writeLogin(folder: string, login: { readonly username: string; readonly password: string }): void {
  for (const [key, value] of Object.entries(login)) writeFileSync(join(folder, "login", key), value);
}
