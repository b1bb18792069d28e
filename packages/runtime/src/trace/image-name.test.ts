import { expect, test } from "vitest";
import { readImageName } from "./image-name.ts";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["nginx", "docker.io/library/nginx:latest"],
  ["nginx:1.27", "docker.io/library/nginx:1.27"],
  ["bitnami/redis", "docker.io/bitnami/redis:latest"],
  ["docker.io/nginx", "docker.io/library/nginx:latest"],
  ["index.docker.io/library/nginx", "docker.io/library/nginx:latest"],
  ["quay.io/team/app:v1", "quay.io/team/app:v1"],
  ["localhost/app", "localhost/app:latest"],
  ["localhost:5000/app:1", "localhost:5000/app:1"],
  ["registry:5000/app", "registry:5000/app:latest"],
  ["registry/app", "docker.io/registry/app:latest"],
  ["Registry/app", "Registry/app:latest"],
  [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
  [`nginx:1.27@${digest}`, `docker.io/library/nginx@${digest}`],
  ["ghcr.io/a/b/c__d-e.f:T_a.g-1", "ghcr.io/a/b/c__d-e.f:T_a.g-1"],
])("%s means %s", (text, full) => {
  const read = readImageName(text);
  expect(read.ok && read.value.full).toBe(full);
});

test.each([
  ["", "the repository is malformed"],
  ["quay.io/Team/app", "the repository must be in lower case"],
  ["quay.io/team//app", "the repository is malformed"],
  ["nginx:", "the tag is malformed"],
  ["nginx:1 2", "the tag is malformed"],
  ["nginx@sha256:12", "the digest is malformed"],
  [`nginx@${digest}@${digest}`, "the digest is malformed"],
  ["https://quay.io/a", "it begins with a scheme, leave that out"],
  [`quay.io/${"a".repeat(256)}`, "the repository has more than 255 characters"],
])("%j is no image name", (text, reason) => {
  expect(readImageName(text)).toEqual({ ok: false, error: `"${text}" is no image name: ${reason}` });
});
