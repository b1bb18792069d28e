import { expect, test } from "vitest";
import { readCounts, sparkline, worthOf } from "./metrics.ts";

const text = `# HELP registry_proxy_hits_total The number of total proxy request hits
# TYPE registry_proxy_hits_total counter
registry_proxy_hits_total{type="blob"} 6
registry_proxy_hits_total{type="manifest"} 2
registry_proxy_misses_total{type="blob"} 1
registry_proxy_misses_total{type="manifest"} 1
registry_proxy_pulled_bytes_total{type="blob"} 1.5e+06
registry_proxy_pulled_bytes_total{type="manifest"} 500
registry_proxy_pushed_bytes_total{type="blob"} 9e+06
registry_proxy_pushed_bytes_total{type="manifest"} 1500
registry_proxy_requests_total{type="blob"} 7
registry_proxy_requests_total{type="manifest"} 3
go_goroutines 12
registry_proxy_requests_total{type="broken"} NaN
`;

const counts = { requests: 10, hits: 8, misses: 2, pulled: 1_500_500, pushed: 9_001_500 };

test("counters of blobs and manifests are read together, and nothing else is", () => {
  expect(readCounts(text)).toEqual(counts);
});

test.each([
  [
    "nothing of a cache that nobody asked",
    [],
    { requests: 0, hits: 0, misses: 0, pulled: 0, pushed: 0, saved: 0 },
    undefined,
  ],
  ["one replica", [counts], { ...counts, saved: 7_501_000 }, 0.8],
  [
    "two replicas",
    [counts, { requests: 10, hits: 0, misses: 10, pulled: 100, pushed: 100 }],
    { requests: 20, hits: 8, misses: 12, pulled: 1_500_600, pushed: 9_001_600, saved: 7_501_000 },
    0.4,
  ],
])("the worth is of %s", (_, replicas, worth, hitRatio) => {
  expect(worthOf(replicas)).toEqual({ ...worth, hitRatio });
});

test("a sparkline is as high as its highest number", () => {
  expect([sparkline([]), sparkline([0, 0]), sparkline([0, 5, 10]), sparkline([7, -1])]).toEqual([
    "",
    "▁▁",
    "▁▅█",
    "█▁",
  ]);
});
