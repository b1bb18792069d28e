import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ApiServer, kubeconfigFor, makeScratch, startApiServer } from "@registry-cache/testkit";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectGarden, isGardenError, resources } from "../index.ts";
import { tokenFile } from "./token-file.ts";

let folder = "";
let path = "";
let now = 0;
const signal = new AbortController().signal;

beforeEach(() => {
  folder = makeScratch({ token: "one\n" });
  path = join(folder, "token");
});

afterEach(() => rmSync(folder, { recursive: true }));

async function shown(source: ReturnType<typeof tokenFile>): Promise<string> {
  try {
    return (await source.get(signal)).authorization ?? "nothing";
  } catch (error) {
    return isGardenError(error) ? `${error.kind}: ${error.message.replace(folder, "DIR")}` : String(error);
  }
}

test("a token is read again after a minute, and the last one serves on when it is gone", async () => {
  const source = tokenFile(path, "", undefined, () => now);
  const seen = [await shown(source)];
  writeFileSync(path, "two");
  now += 59_000;
  seen.push(await shown(source));
  now += 1000;
  seen.push(await shown(source));
  rmSync(path);
  now += 60_000;
  seen.push(await shown(source));
  expect(seen).toEqual(["Bearer one", "Bearer one", "Bearer two", "Bearer two"]);
});

test("without a token there is an error, or the token beside it", async () => {
  writeFileSync(path, "\n");
  const gone = join(folder, "gone");
  expect([
    await shown(tokenFile(path, "", undefined)),
    await shown(tokenFile(gone, "", undefined)),
    await shown(tokenFile(gone, "beside", undefined)),
  ]).toEqual([
    'credentials: the token file "DIR/token" is empty',
    'credentials: cannot read the token file "DIR/gone": no such file or directory',
    "Bearer beside",
  ]);
});

test("a token that is not taken is read again at once", async () => {
  const server: ApiServer = await startApiServer();
  const client = connectGarden({ kubeconfigText: kubeconfigFor(server, { user: { tokenFile: path } }), env: {} });
  const list = async (): Promise<string> => {
    const answer = client.list({ resource: resources.secrets });
    return answer.then(
      (it) => `${it.items.length} secrets`,
      (error: unknown) => String(error),
    );
  };
  server.known.tokens.set("one", { name: "robot", groups: ["system:masters"] });
  const seen = [await list()];
  server.known.tokens.clear();
  server.known.tokens.set("two", { name: "robot", groups: ["system:masters"] });
  writeFileSync(path, "two");
  seen.push(await list());
  writeFileSync(path, "three");
  server.known.tokens.clear();
  seen.push(await list());
  client.close();
  await server.close();
  expect(seen).toEqual([
    "0 secrets",
    "0 secrets",
    "GardenError: error: You must be logged in to the server (Unauthorized)",
  ]);
});
