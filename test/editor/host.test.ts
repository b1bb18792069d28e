import { describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { type HostVersion, hostVersions } from "./host/install-host.ts";
import { editorHost } from "./requirements.ts";
import { runSuite } from "./run-suite.ts";

const versions = Object.keys(hostVersions) as HostVersion[];

// The suite runs in the extension host, by mocha: here each of its tests is told as it ended there.
for (const version of versions) {
  const suite = `the extension in VS Code's extension host (${version})`;
  const skipped = lacks(editorHost(version), suite);
  const results = skipped ? [] : await runSuite(version);
  describe.skipIf(skipped)(suite, () => {
    for (const { title, error } of results) test(title, () => expect(error).toBe(""));
    test("has tests", () => {
      expect(results).not.toEqual([]);
    });
  });
}
