import type { RuntimeCode } from "./runtime-code.ts";

type RenderingCodeName = "loginUnknown" | "loginMended" | "addressUnknown" | "valuesHidden";

/** The notes of rendering. */
export const renderingCodes: { readonly [name in RenderingCodeName]: RuntimeCode } = {
  loginUnknown: {
    code: "RC401",
    name: "login-unknown",
    severity: "info",
    docs: {
      summary: "The Secret of a cache is not among the files, so its login is not known.",
      why: "The name of the Secret with config.yml ends in a hash of its content. Without the login it is another hash than the extension's, and the objects cannot be used as they are.",
      next: "Name the file with the Secret by `-f` or `--secret`.",
    },
  },
  loginMended: {
    code: "RC402",
    name: "login-mended",
    severity: "warning",
    docs: {
      summary: "The extension's template would spoil the username or password, so it is written otherwise here.",
      why: "The extension writes the username without quotes and the password in single quotes. YAML reads some values differently then, or not at all: the cache logs in with another value, with none, or does not start. Here they are quoted so that the registry reads them as they are, and the hash in the Secret's name differs.",
      next: "Ask the upstream for a login without such characters; `kubectl registry-cache lint` names them.",
    },
  },
  addressUnknown: {
    code: "RC403",
    name: "address-unknown",
    severity: "info",
    docs: {
      summary: "The address of a cache's Service is known in the cluster only.",
      why: "A node reaches a cache by the address of its Service, which stands in hosts.toml and in the certificate. The cluster picks it when the Service is created.",
      next: "Give it by `--endpoint UPSTREAM=URL` when the Service is there.",
    },
  },
  valuesHidden: {
    code: "RC404",
    name: "values-hidden",
    severity: "warning",
    docs: {
      summary: "Logins and keys are left out, so the objects are for reading only.",
      why: "Who applies them overwrites a working login or key with the text that stands in its place.",
      next: "Add `--with-credentials` to what is applied.",
    },
  },
};
