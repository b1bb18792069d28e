import { runningCodes } from "../codes/running.ts";
import { finding } from "./finding.ts";
import { judgeLogins } from "./logins.ts";
import { judgeNodes } from "./nodes.ts";
import { judgePods } from "./pods.ts";
import { judgeServices } from "./services.ts";
import type { RuntimeFinding, RuntimeView } from "./view.ts";
import { judgeVolumes } from "./volumes.ts";

const day = 86_400_000;

/** Server certificates are renewed ten days before their end. */
const soon = 10 * day;

/** Says what is wrong with running caches, in the order of the codes. */
export function diagnose(view: RuntimeView): readonly RuntimeFinding[] {
  const judged = [judgePods, judgeVolumes, judgeServices, judgeLogins, judgeCertificates, judgeNodes].flatMap((it) =>
    it(view),
  );
  return judged.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}

function judgeCertificates({ certificates, now }: RuntimeView): readonly RuntimeFinding[] {
  return certificates
    .filter((it) => it.notAfter < now + soon)
    .map(({ of, notAfter }) => {
      const days = Math.floor(Math.abs(notAfter - now) / day);
      const when = notAfter < now ? `expired ${days} days ago` : `expires in ${days} days`;
      return finding(runningCodes.certificateExpires, of, [`the certificate ${when}`]);
    });
}
