// The library asks for this polyfill before it is loaded.
import "reflect-metadata";
import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect } from "node:tls";
import * as x509 from "@peculiar/x509";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { run, scratch } from "./plugin.ts";
import { shootWithCaches } from "./runtime-manifests.ts";

const endpoint = ["--endpoint", "quay.io=https://10.4.0.10:5000"];

interface Served {
  readonly certificate: string;
  readonly key: string;
  /** The authority that the nodes are given. */
  readonly authority: string;
}

/** What a cache would serve with, read from what was rendered for a cluster, which holds the authority, too. */
function render(cwd: string, ...flags: readonly string[]): Served {
  const args = ["render", "-f", "shoot.yaml", "--profile", "cluster", "--with-credentials", ...endpoint, ...flags];
  const { code, stdout, stderr } = run(args, { cwd });
  expect([code, stderr.replaceAll(/note: RC401.*\n/g, "")]).toEqual([0, ""]);
  const objects = parseAllDocuments(stdout).map((it) => it.toJSON());
  const { data } = objects.find((it) => it.metadata.name.startsWith("registry-quay-io-tls"));
  const nodes = objects.find((it) => it.kind === "ConfigMap" && "ca.crt" in it.data);
  const [certificate = "", key = ""] = ["tls.crt", "tls.key"].map((it) => Buffer.from(data[it], "base64").toString());
  return { certificate, key, authority: nodes.data["ca.crt"] };
}

/** An authority in files, as a company has one. */
async function writeAuthority(folder: string, kind: "rsa" | "ec" | "p384", days = 1): Promise<readonly string[]> {
  const { privateKey, publicKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: kind === "ec" ? "P-256" : "P-384" });
  const algorithm =
    kind === "rsa"
      ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
      : { name: "ECDSA", namedCurve: kind === "ec" ? "P-256" : "P-384", hash: "SHA-256" };
  const signer = await crypto.subtle.importKey(
    "pkcs8",
    privateKey.export({ type: "pkcs8", format: "der" }),
    algorithm,
    false,
    ["sign"],
  );
  const verifier = await crypto.subtle.importKey(
    "spki",
    publicKey.export({ type: "spki", format: "der" }),
    algorithm,
    true,
    ["verify"],
  );
  const certificate = await x509.X509CertificateGenerator.create({
    subject: "CN=Authority of a company",
    issuer: "CN=Authority of a company",
    publicKey: verifier,
    signingKey: signer,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 86_400_000 * 10),
    notAfter: new Date(Date.now() + 86_400_000 * days),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  writeFileSync(join(folder, `${kind}.crt`), `${certificate.toString("pem")}\n`);
  writeFileSync(join(folder, `${kind}.key`), privateKey.export({ type: "pkcs8", format: "pem" }));
  return ["--ca-cert", `${kind}.crt`, "--ca-key", `${kind}.key`];
}

/** Serves with a certificate and connects to it under a name, trusting one authority. */
async function shakeHands({ certificate, key, authority }: Served, name: string): Promise<string> {
  const server = createServer({ cert: certificate, key });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await new Promise((resolve) => {
      const options = { host: "127.0.0.1", port, ca: authority, servername: name };
      const socket = connect(options, () => {
        socket.destroy();
        resolve("trusted");
      });
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  } finally {
    server.close();
  }
}

const names = ["", ".kube-system", ".kube-system.svc", ".kube-system.svc.cluster.local"].map(
  (it) => `registry-quay-io${it}`,
);

test("a certificate names the Service in all its forms and its address, for 90 days", () => {
  const { certificate, key, authority } = render(scratch({ "shoot.yaml": shootWithCaches() }));
  const [server, ca] = [new X509Certificate(certificate), new X509Certificate(authority)];
  const days = (it: X509Certificate): number =>
    Math.round((Date.parse(it.validTo) - Date.parse(it.validFrom)) / 86_400_000);
  expect({
    subject: [server.subject, ca.subject],
    issuer: server.issuer,
    names: server.subjectAltName,
    days: [days(server), days(ca)],
    isAuthority: [server.ca, ca.ca],
    signed: [server.verify(ca.publicKey), ca.verify(ca.publicKey), server.checkIssued(ca)],
    fits: server.checkPrivateKey(createPrivateKey(key)),
  }).toEqual({
    subject: ["CN=registry-quay-io-tls", "CN=ca-extension-registry-cache"],
    issuer: "CN=ca-extension-registry-cache",
    names: [...names.map((it) => `DNS:${it}`), "IP Address:10.4.0.10"].join(", "),
    days: [90, 730],
    isAuthority: [false, true],
    signed: [true, true, true],
    fits: true,
  });
});

test.each(["made here", "rsa", "ec"] as const)(
  "a server with a certificate of the authority %s is trusted",
  async (kind) => {
    const cwd = scratch({ "shoot.yaml": shootWithCaches() });
    const flags = kind === "made here" ? [] : await writeAuthority(cwd, kind);
    const served = render(cwd, ...flags);
    const ca = new X509Certificate(served.authority);
    if (kind !== "made here") expect(ca.raw).toEqual(new X509Certificate(readFileSync(join(cwd, `${kind}.crt`))).raw);
    expect(new X509Certificate(served.certificate).verify(ca.publicKey)).toBe(true);
    const other = render(cwd);
    expect([
      await shakeHands(served, names[3] ?? ""),
      await shakeHands(served, "registry.example.com"),
      await shakeHands({ ...served, authority: other.authority }, names[3] ?? ""),
    ]).toEqual([
      "trusted",
      "ERR_TLS_CERT_ALTNAME_INVALID",
      expect.stringMatching(
        /^(CERT_SIGNATURE_FAILURE|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/,
      ),
    ]);
  },
);

test("an authority that nodes would refuse is refused here, and its key is never shown", async () => {
  const cwd = scratch({ "shoot.yaml": shootWithCaches(), "text.pem": "planted-key\n" });
  await writeAuthority(cwd, "rsa");
  await writeAuthority(cwd, "ec", -1);
  await writeAuthority(cwd, "p384");
  const served = render(cwd);
  writeFileSync(join(cwd, "leaf.crt"), served.certificate);
  writeFileSync(join(cwd, "leaf.key"), served.key);
  const errors = [
    ["--ca-cert", "rsa.crt"],
    ["--ca-cert", "rsa.crt", "--ca-key", "ec.key"],
    ["--ca-cert", "ec.crt", "--ca-key", "ec.key"],
    ["--ca-cert", "leaf.crt", "--ca-key", "leaf.key"],
    ["--ca-cert", "p384.crt", "--ca-key", "p384.key"],
    ["--ca-cert", "text.pem", "--ca-key", "rsa.key"],
    ["--ca-cert", "rsa.crt", "--ca-key", "text.pem"],
    ["--ca-cert", "rsa.crt", "--ca-key", "nowhere.key"],
  ].map((flags) => {
    const { code, stdout, stderr } = run(["render", "-f", "shoot.yaml", ...flags], { cwd });
    return [code, stdout, stderr.replace(/expired on .*\n/, "expired on DATE\n")];
  });
  expect(errors).toEqual(
    [
      "--ca-cert and --ca-key go together",
      "--ca-cert: the certificate in rsa.crt does not belong to the key of --ca-key",
      "--ca-cert: the certificate in ec.crt expired on DATE",
      "--ca-cert: the certificate in leaf.crt is not one of an authority (CA)",
      "--ca-key: the key in p384.key must be RSA or of the curve P-256",
      "--ca-cert: text.pem holds no certificate in PEM",
      "--ca-key: text.pem holds no private key in PEM without a passphrase",
      "nowhere.key: no such file or directory",
    ].map((it) => [2, "", `error: ${it}\n`]),
  );
});
