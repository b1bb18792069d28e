import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { codeOf, explainError } from "../explain-error.ts";
import { GardenError } from "../garden-error.ts";
import { FieldProblem } from "./fields.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { mergeKubeconfigs } from "./merge-kubeconfigs.ts";
import { readKubeconfig } from "./read-kubeconfig.ts";

/** The variables of the environment that we read. */
export type Environment = { readonly [name: string]: string | undefined };

/** Reads the file of the flag, else the files of $KUBECONFIG, else ~/.kube/config. Only the flag's file must exist. */
export function loadKubeconfig(flag: string | undefined, env: Environment): Kubeconfig {
  if (flag !== undefined && flag !== "") return mergeKubeconfigs([readFile(flag, true)].flat());
  return mergeKubeconfigs(kubeconfigPaths(env).flatMap((it) => readFile(it, false)));
}

/** The files that are read without a flag, in their order. */
export function kubeconfigPaths(env: Environment): readonly string[] {
  const list = env["KUBECONFIG"] ?? "";
  if (list === "") return [join(env["HOME"] || env["USERPROFILE"] || homedir(), ".kube", "config")];
  return [...new Set(list.split(delimiter).filter((it) => it !== ""))];
}

function readFile(path: string, required: boolean): readonly Kubeconfig[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" && !required) return [];
    throw new GardenError("config", `cannot read the kubeconfig "${path}": ${explainError(error)}`);
  }
  try {
    return [readKubeconfig(text, dirname(resolve(path)))];
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    throw new GardenError("config", `error loading config file "${path}": ${error.message}`);
  }
}
