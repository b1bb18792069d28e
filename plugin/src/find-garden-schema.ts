import type { PreparedSchema } from "@registry-cache/core";
import { readGardenSchema } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { printable } from "./print/printable.ts";

/** The schema that `--garden-schema` names; `kubeconfig` is where its context is looked for. */
export function findGardenSchema(name: string, kubeconfig: string | undefined): PreparedSchema {
  const found = readGardenSchema(name, kubeconfig === undefined ? {} : { kubeconfig }, process.env);
  if (!found.ok) throw new CliError(`--garden-schema: ${printable(found.error)}`);
  return found.value;
}
