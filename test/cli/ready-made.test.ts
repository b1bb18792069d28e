import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { cleanEnvironment, scratch } from "./plugin.ts";

const kubectl = findKubectl();
const plugin = join(import.meta.dirname, "../../plugin");

/** Packs the plugin as it would be published and installs it into an empty folder; gives the folder of its programs. */
function install(): string {
  const folder = scratch({ "package.json": '{ "private": true }' });
  const env = { ...cleanEnvironment(), PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` };
  const options = { env, stdio: "pipe" as const, encoding: "utf8" as const };
  const { packageManager = "" } = JSON.parse(readFileSync(join(plugin, "../package.json"), "utf8"));
  // As the set-up does: its exact version is in npm's cache by then.
  const pnpm = ["exec", "--yes", "--prefer-offline", `--package=${packageManager}`, "--", "pnpm"];
  execFileSync("npm", [...pnpm, "pack", "--pack-destination", folder], { ...options, cwd: plugin });
  const [archive = ""] = readdirSync(folder).filter((it) => it.endsWith(".tgz"));
  // Nothing of it depends on another package, so no registry is asked.
  const flags = ["--offline", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...flags, `./${archive}`], { ...options, cwd: folder });
  return join(folder, "node_modules/.bin");
}

test.skipIf(lacks(kubectl, "a packed plugin writes manifests that kubectl builds"))(
  "a packed plugin writes ready-made manifests that kubectl builds",
  () => {
    const program = join(install(), "kubectl-registry_cache");
    const cwd = scratch();
    const built = ["public", "private"].map((name) => {
      const args = [program, "render", "--ready-made", name, "-o", `dir=${name}`];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: cleanEnvironment() });
      const yaml = execFileSync(kubectl.path, ["kustomize", `${name}/overlays/${name}`], { cwd, encoding: "utf8" });
      const kinds = parseAllDocuments(yaml).map((it) => it.get("kind"));
      return [stdout, stderr, kinds.sort()];
    });
    const common = ["ConfigMap", "ConfigMap", "DaemonSet", "Namespace", "Namespace", "NetworkPolicy"];
    const note = (name: string): string => `note: look through them, then kubectl apply -k ${name}/overlays/${name}\n`;
    expect(built).toEqual([
      ["Wrote 6 files to public.\n", note("public"), [...common, "Service", "StatefulSet"]],
      ["Wrote 7 files to private.\n", note("private"), [...common, "Secret", "Service", "StatefulSet"]],
    ]);
    const login = readFileSync(join(cwd, "private/overlays/private/credentials.yaml"), "utf8");
    expect(/stringData:\n(.*\n)+/.exec(login)?.[0]).toBe('stringData:\n  username: ""\n  password: ""\n');
  },
  120_000,
);
