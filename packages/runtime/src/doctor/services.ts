import { runningCodes } from "../codes/running.ts";
import { finding } from "./finding.ts";
import type { ExpectedCache, RuntimeFinding, RuntimeView } from "./view.ts";

/** Services: caches that share a name, Services that are missing, and such as belong to no cache. */
export function judgeServices({ expected, services }: RuntimeView): readonly RuntimeFinding[] {
  if (expected === undefined) return [];
  const names = expected.map((it) => it.cache.names.service);
  const missing = expected.filter((it) => !services.some(({ name }) => name === it.cache.names.service));
  const stray = services.filter((it) => !names.includes(it.name));
  return [
    ...collisions(expected),
    ...missing.map(({ cache }) =>
      finding(runningCodes.serviceMissing, cache.upstream, [`there is no Service ${cache.names.service}`]),
    ),
    ...stray.map(({ name, upstream }) =>
      finding(runningCodes.strayService, name, [
        `Service ${name} has the label upstream-host${upstream === undefined ? "" : ` and names the upstream ${upstream}`}`,
        `the Shoot has ${expected.length} caches, the namespace ${services.length} such Services`,
      ]),
    ),
  ];
}

function collisions(expected: readonly ExpectedCache[]): readonly RuntimeFinding[] {
  const keys = ["resource", "service"] as const;
  const groups = keys.flatMap((key) => {
    const names = [...new Set(expected.map((it) => it.cache.names[key]))];
    return names.map((name) => ({ name, caches: expected.filter((it) => it.cache.names[key] === name) }));
  });
  const found = groups.filter((it) => it.caches.length > 1);
  const once = found.filter((it, index) => found.findIndex((other) => other.name === it.name) === index);
  return once.map(({ name, caches }) =>
    finding(runningCodes.namesCollide, name, [
      `${caches.map((it) => it.cache.upstream).join(" and ")} are both ${name}`,
    ]),
  );
}
