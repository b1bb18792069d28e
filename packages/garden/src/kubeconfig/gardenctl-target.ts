import { readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parseYaml, toValue } from "@registry-cache/core";
import { codeOf, explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import { listAt, textAt } from "../json.ts";
import type { Environment } from "./load-kubeconfig.ts";

/** What gardenctl's session is about. Only what it says itself; a target without a garden is none. */
export interface GardenctlTarget {
  readonly garden: string;
  readonly project?: string;
  readonly shoot?: string;
  /** How gardenctl reaches the garden; absent where its configuration does not name it. */
  readonly kubeconfig?: string;
  readonly context?: string;
}

/**
 * Reads the target of the gardenctl session that we run in; undefined where there is no session or no target. Nothing is
 * written, and gardenctl is not started. (gardenctl-v2: docs/help/gardenctl.md)
 */
export function readGardenctlTarget(env: Environment): GardenctlTarget | undefined {
  const session = sessionOf(env);
  if (session === undefined) return undefined;
  const target = readYaml(join(env["TMPDIR"] || tmpdir(), "garden", session, "target.yaml"));
  const garden = textAt(target, "garden");
  if (!garden) return undefined;
  const project = textAt(target, "project");
  const shoot = textAt(target, "shoot");
  return { garden, ...(project && { project }), ...(shoot && { shoot }), ...accessTo(garden, env) };
}

function sessionOf(env: Environment): string | undefined {
  const own = env["GCTL_SESSION_ID"];
  if (own !== undefined) return /^[\w-]{1,128}$/.test(own) ? own : undefined;
  // Of iTerm's `w0t0p0:UUID` the UUID alone counts.
  return /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(env["TERM_SESSION_ID"]?.toLowerCase() ?? "")?.[0];
}

function accessTo(garden: string, env: Environment): Pick<GardenctlTarget, "kubeconfig" | "context"> {
  const home = env["HOME"] || env["USERPROFILE"] || homedir();
  const folder = env["GCTL_HOME"] || join(home, ".garden");
  const config = readYaml(join(folder, `${env["GCTL_CONFIG_NAME"] || "gardenctl-v2"}.yaml`));
  // Older ones are identified by `name`.
  const found = listAt(config, "gardens").find((it) => [textAt(it, "identity"), textAt(it, "name")].includes(garden));
  const kubeconfig = textAt(found, "kubeconfig")?.replace(/^~(?=[\\/])/, home);
  const context = textAt(found, "context");
  return { ...(kubeconfig && { kubeconfig }), ...(context && { context }) };
}

function readYaml(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw new GardenError("config", `cannot read gardenctl's file "${path}": ${explainError(error)}`);
  }
  const [document] = parseYaml(text);
  if (document !== undefined && document.problems.length > 0)
    throw new GardenError("config", `cannot read gardenctl's file "${path}": it is not YAML`);
  return document?.root && toValue(document.root);
}
