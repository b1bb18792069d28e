import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A private key with its certificate, in PEM. */
export interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** An authority of the tests, and what it signs. */
export interface Authority extends Pair {
  readonly file: string;
  /** Signs a certificate for names; none of them gives one without subject alternative names. */
  readonly sign: (name: string, options: { readonly names: readonly string[]; readonly expired?: boolean }) => Pair;
}

/** Makes an authority whose files lie in a folder. */
export function makeAuthority(folder: string): Authority {
  const at = (name: string): string => join(folder, name);
  openssl(["req", "-x509", ...newKey(at("ca.key")), "-out", at("ca.crt"), "-days", "2", "-subj", "/CN=Test authority"]);
  return {
    ...readPair(at("ca")),
    file: at("ca.crt"),
    sign: (name, { names, expired = false }) => {
      openssl(["req", ...newKey(at(`${name}.key`)), "-out", at(`${name}.csr`), "-subj", `/CN=${names[0] ?? name}`]);
      const list = names.map((it) => (/^[\d.:]+$/.test(it) ? `IP:${it}` : `DNS:${it}`)).join(",");
      writeFileSync(at(`${name}.ext`), names.length === 0 ? "basicConstraints=CA:FALSE\n" : `subjectAltName=${list}\n`);
      const valid = expired ? ["-days", "-1"] : ["-days", "1"];
      const signing = ["-CA", at("ca.crt"), "-CAkey", at("ca.key"), "-CAcreateserial", "-extfile", at(`${name}.ext`)];
      openssl(["x509", "-req", "-in", at(`${name}.csr`), "-out", at(`${name}.crt`), ...valid, ...signing]);
      return readPair(at(name));
    },
  };
}

function newKey(file: string): readonly string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", file];
}

function readPair(path: string): Pair {
  return { key: readFileSync(`${path}.key`, "utf8"), cert: readFileSync(`${path}.crt`, "utf8") };
}

function openssl(args: readonly string[]): void {
  execFileSync("openssl", args, { stdio: "pipe" });
}
