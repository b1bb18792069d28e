import { runningCodes } from "../codes/running.ts";
import { finding } from "./finding.ts";
import type { RuntimeFinding, RuntimeView } from "./view.ts";

/** From here on a volume counts as full: the extension's own alert begins below 5 % of free space. */
const full = 0.95;

/** Volumes that are not there, and such as are full. */
export function judgeVolumes({ claims, pods }: RuntimeView): readonly RuntimeFinding[] {
  return claims.flatMap((claim) => {
    const { name, app, phase, reason, usedBytes, capacityBytes } = claim;
    if (phase !== "Bound") {
      const why = reason === undefined ? [] : [reason];
      return [finding(runningCodes.volumePending, name, [`claim ${name} is ${phase}`, ...why])];
    }
    const logged = pods.some((it) => it.app === app && name.endsWith(it.name) && isOutOfSpace(it.log));
    const used = usedBytes !== undefined && capacityBytes ? usedBytes / capacityBytes : undefined;
    const evidence = [
      ...(used !== undefined && used >= full ? [`claim ${name} is ${Math.floor(used * 100)} % full`] : []),
      ...(logged ? ['the log of its pod says "no space left on device"'] : []),
    ];
    return evidence.length === 0 ? [] : [finding(runningCodes.volumeFull, name, evidence)];
  });
}

function isOutOfSpace(log: string | undefined): boolean {
  return log?.includes("no space left on device") === true;
}
