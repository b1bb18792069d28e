import { join } from "node:path";
import type { GoProgram } from "../tools/go-program.ts";

const build = {
  module: join(import.meta.dirname, "tools"),
  enable: "npm run test:sealing",
};

/** Seals Secrets for a cluster's sealed-secrets controller. */
export const kubeseal: GoProgram = {
  ...build,
  name: "kubeseal",
  package: "github.com/bitnami-labs/sealed-secrets/cmd/kubeseal",
  linkFlags: "-X main.VERSION=0.27.1",
};

/** Encrypts values of manifests. */
export const sops: GoProgram = {
  ...build,
  name: "sops",
  package: "github.com/getsops/sops/v3/cmd/sops",
  linkFlags: "",
};

/** Makes the keys for it. */
export const ageKeygen: GoProgram = {
  ...build,
  name: "age-keygen",
  package: "filippo.io/age/cmd/age-keygen",
  linkFlags: "",
};
