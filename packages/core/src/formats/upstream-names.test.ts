import { expect, test } from "vitest";
import names from "../../../../test/conformance/cases/names.json" with { type: "json" };
import { defaultRemoteUrl, resourceName, serviceName, upstreamLabel } from "./upstream-names.ts";

test.each(names.map((row) => [row.upstream, row.serviceNameSuffix, row] as const))(
  "the names of %s with suffix %s",
  (upstream, suffix, row) => {
    expect({
      labelValue: upstreamLabel(upstream),
      resourceName: resourceName(upstream),
      serviceName: serviceName(upstream, suffix ?? undefined),
      remoteURLDefault: defaultRemoteUrl(upstream),
    }).toEqual({
      labelValue: row.labelValue,
      resourceName: row.resourceName,
      serviceName: row.serviceName,
      remoteURLDefault: row.remoteURLDefault,
    });
  },
);

test("only docker.io itself has another address than its name", () => {
  expect(["docker.io", "docker.io:443", "registry-1.docker.io"].map(defaultRemoteUrl)).toEqual([
    "https://registry-1.docker.io",
    "https://docker.io:443",
    "https://registry-1.docker.io",
  ]);
});
