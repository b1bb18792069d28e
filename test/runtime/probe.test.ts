import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { type ProbeReport, probe } from "@registry-cache/upstream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findGoProgram } from "../tools/go-program.ts";
import { makeAuthority } from "./certificates.ts";
import { prepareDebian } from "./debian.ts";
import { distribution, findDebianRegistry, findOpenssl } from "./find-programs.ts";
import { image, name as imageName, tag } from "./image.ts";
import { startCache } from "./programs.ts";
import { oddRows } from "./rows-odd.ts";
import { realRows } from "./rows-real.ts";
import type { Stage } from "./servers.ts";
import type { Row, Scene, Situation } from "./situation.ts";

const program = findGoProgram(distribution);
const requirements = [program, findDebianRegistry(), findOpenssl()];
const skipped = requirements.filter((it) => lacks(it, "probe foretells what Distribution does")).length > 0;

describe.skipIf(skipped)("probe foretells what Distribution 3.1.1 does", () => {
  const folder = makeScratch();
  const common: Stage = { closers: [] };
  const rows = [...realRows, ...oddRows];
  const table: string[] = [];
  let scene: Omit<Scene, "stage">;

  beforeAll(async () => {
    const authority = makeAuthority(folder);
    const pairs = {
      local: authority.sign("local", { names: ["127.0.0.1"] }),
      named: authority.sign("named", { names: ["registry.example.com"] }),
      expired: authority.sign("expired", { names: ["127.0.0.1"], expired: true }),
      nameless: authority.sign("nameless", { names: [] }),
    };
    const signer = authority.sign("signer", { names: ["tokens"] });
    scene = { authority, pairs, debian: await prepareDebian(common, folder, { ...signer, cert: signer.cert }) };
  }, 120_000);

  afterAll(() => {
    for (const close of common.closers) close();
    rmSync(folder, { recursive: true, force: true });
    const width = Math.max(...rows.map((it) => it.name.length));
    const lines = rows.map((it) => table.find((line) => line.startsWith(`${it.name}\t`)) ?? it.name);
    const shown = lines
      .map((line) => line.split("\t"))
      .map(([first = "", ...rest]) => [first.padEnd(width), ...rest].join("  "));
    console.log([["SITUATION".padEnd(width), "PROBE      ", "CACHE"].join("  "), ...shown].join("\n"));
  });

  test.concurrent.each(rows)(
    "$name",
    async (row) => {
      const stage: Stage = { closers: [] };
      try {
        const situation = await row.build({ ...scene, stage });
        const cache = await askRealCache(stage, situation, row);
        const report = await askProbe(situation, scene);
        table.push([row.name, report.verdict.padEnd(11), cache].join("\t"));
        const explained = report.facts.filter((it) => it.id.startsWith("cache")).map((it) => it.evidence);
        expect([report.verdict === "can-pull", explained]).toEqual([cache === "pulls", explained]);
      } finally {
        for (const close of stage.closers) close();
      }
    },
    120_000,
  );

  async function askRealCache(stage: Stage, situation: Situation, row: Row): Promise<string> {
    const { username = "", password = "", known = false } = situation;
    const cache = await startCache(stage, program.path, join(folder, `cache-${rows.indexOf(row)}`), {
      ...situation,
      username,
      password,
      authority: known ? scene.authority.file : undefined,
    });
    if ("ended" in cache) return `does not start: ${cache.ended.slice(0, 80)}`;
    const { name, reference } = situation.image ?? { name: imageName, reference: tag };
    const base = `http://127.0.0.1:${cache.port}/v2/${name}`;
    const accept = [image.type, "application/vnd.oci.image.index.v1+json"].join(", ");
    const manifest = await fetch(`${base}/manifests/${reference}`, { headers: { accept } });
    if (manifest.status !== 200) return `manifest ${manifest.status}`;
    const blob = await fetch(`${base}/blobs/${image.configDigest}`);
    return blob.status === 200 ? "pulls" : `blob ${blob.status}`;
  }
});

function askProbe(situation: Situation, { authority }: Omit<Scene, "stage">): Promise<ProbeReport> {
  const { remoteURL, username, password, httpProxy, httpsProxy, known } = situation;
  return probe({
    remoteURL,
    credential: username === undefined || password === undefined ? undefined : { username, password },
    image: situation.image ?? { name: imageName, reference: tag },
    proxy: { http: httpProxy, https: httpsProxy },
    cacheAuthorities: known ? [authority.cert] : [],
    timeoutMilliseconds: 15_000,
    now: Date.now() / 1000,
  });
}
