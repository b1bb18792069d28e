import { createHash, randomBytes } from "node:crypto";

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/** Pushes an image that nobody has seen before, and gives its tag: whoever pulls it must ask the upstream. */
export async function pushFreshImage(registry: string, repository: string, tag: string): Promise<void> {
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    author: tag,
    rootfs: { type: "layers", diff_ids: [] },
  });
  const layer = randomBytes(16_384);
  const part = (mediaType: string, bytes: Buffer | string): object => {
    return { mediaType, size: bytes.length, digest: digestOf(bytes) };
  };
  for (const bytes of [config, layer]) await pushBlob(`${registry}/v2/${repository}`, bytes);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: part("application/vnd.docker.container.image.v1+json", config),
    layers: [part("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)],
  });
  const pushed = await fetch(`${registry}/v2/${repository}/manifests/${tag}`, {
    method: "PUT",
    body: manifest,
    headers: { "content-type": manifestType },
  });
  if (pushed.status !== 201) throw new Error(`the upstream took no image: ${pushed.status}`);
}

async function pushBlob(repository: string, bytes: Buffer | string): Promise<void> {
  const begun = await fetch(`${repository}/blobs/uploads/`, { method: "POST" });
  const place = new URL(begun.headers.get("location") ?? "", repository);
  place.searchParams.set("digest", digestOf(bytes));
  const headers = { "content-type": "application/octet-stream" };
  await fetch(place, { method: "PUT", body: new Uint8Array(Buffer.from(bytes)), headers });
}

function digestOf(bytes: Buffer | string): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
