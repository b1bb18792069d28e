import type { FileRotation, NewValues } from "@registry-cache/core";
import { probeSetups } from "@registry-cache/operations";
import type { RotateFlags } from "./file-rotate-flags.ts";
import { printable } from "./print/printable.ts";
import { renderRotationJson } from "./print/rotation-json.ts";
import { tellRefused } from "./tell-refused.ts";
import type { RotationRun } from "./write-plan.ts";

/**
 * Tries the new credential at every upstream that it will serve: one that was given, or that of a plain manifest which is
 * taken up. Says so where it cannot be seen. Gives the exit code, 0 where nothing speaks against it.
 */
export async function tryNewCredential(
  { rotation, terminal, flags, documents }: RotationRun,
  { skipProbe, dryRun }: RotateFlags,
  plan: FileRotation,
  given: NewValues | undefined,
): Promise<number> {
  if (skipProbe || dryRun || plan.purpose !== "credentials") return 0;
  const { to: name, namespace, form } = plan;
  const values = form === "Secret" ? (given ?? rotation.credentialOf({ name, namespace })) : given;
  if (values?.purpose !== "credentials") {
    terminal.err(`note: the credential of Secret "${printable(name)}" cannot be read here, so it is not tried\n`);
    return 0;
  }
  const setups = rotation.setupsOf(plan);
  const upstreams = [...new Set(setups.map((it) => printable(it.upstream)))].join(", ");
  if (terminal.errIsTerminal()) terminal.err(`Trying the credential at ${upstreams}`);
  const now = Math.floor(Date.now() / 1000);
  const probes = await probeSetups(setups, values, { timeoutMilliseconds: 15_000, now });
  if (terminal.errIsTerminal()) terminal.err("\r\u001b[K");
  const code = tellRefused(terminal, probes, "nothing was written; --skip-probe goes on untried");
  const told = probes.map(({ upstream, remoteURL, report }) => ({ upstream, remoteURL, verdict: report.verdict }));
  if (code !== 0 && flags.output === "json")
    terminal.out(renderRotationJson(plan, documents, { written: false, probes: told }));
  terminal.flush();
  return code;
}
