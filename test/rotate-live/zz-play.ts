import { writeFileSync } from "node:fs";
import { kubeconfigFor } from "@registry-cache/testkit";
import { startRotationGarden } from "./rotation-garden.ts";

const garden = await startRotationGarden(3, (i) =>
  i === 2
    ? { maintenance: { confineSpecUpdateRollout: true, timeWindow: { begin: "220000+0000", end: "230000+0000" } } }
    : {},
);
writeFileSync("/tmp/rr-user/home/.kube/config", kubeconfigFor(garden.server, { namespace: "garden-dev" }));
console.log("ready");
setTimeout(() => process.exit(0), 900_000);
