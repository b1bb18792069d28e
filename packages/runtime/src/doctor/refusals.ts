import type { SeenPod } from "./view.ts";

/** Lines of a log that tell of a refusal by the upstream. */
export interface LoggedRefusals {
  readonly pod: string;
  readonly count: number;
  /** The words of a token server that does not know the login: they leave no doubt. */
  readonly rejects: boolean;
}

/**
 * Looks in the logs of pods for refusals by the upstream. Distribution logs them only where an image was asked for by digest;
 * a login that may not see one repository gets most of the same words, so a refusal alone proves nothing.
 */
export function readRefusals(pods: readonly SeenPod[]): readonly LoggedRefusals[] {
  return pods.flatMap(({ name, log = "" }) => {
    const lines = log.split("\n").filter((it) => /unauthorized|no basic auth credentials|denied: /.test(it));
    const rejects = lines.some((it) => /incorrect username or password|no basic auth credentials/.test(it));
    return lines.length === 0 ? [] : [{ pod: name, count: new Set(lines).size, rejects }];
  });
}
