import type { Secret } from "../manifest/secret.ts";
import type { Edit } from "../text/edit.ts";
import { ensurePath, insertEntry } from "../yaml/edit.ts";
import { entryOf } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const secretMutable: Rule = {
  code: "RC208",
  name: "secret-mutable",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "A Secret for a cache or a mirror is not immutable.",
    why: "The extension takes only Secrets with `immutable: true`, so that new credentials come under a new name, which is what makes Gardener roll them out. It rejects the Shoot otherwise.",
  },
  example: {
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
      #       ^^^^^^^^^^^^^^^^^^^ RC208
        namespace: garden-dev
      type: Opaque
      stringData:
        username: reader
        password: example
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      stringData:
        username: reader
        password: example
    `,
  },

  *checkSecret(secret) {
    const { immutable, nameSpan, form } = secret;
    if (immutable?.value === true || isUnknown(secret)) return;
    const subject =
      form === "Secret" || form === "SopsSecret" ? "the Secret" : `the Secret made from this ${nouns[form]}`;
    yield {
      span: immutable?.span ?? nameSpan,
      message: `${subject} is not immutable`,
      fixes: fixesOf(secret),
      denied: true,
    };
  },
};

const nouns = { SealedSecret: "SealedSecret", ExternalSecret: "ExternalSecret", SecretGenerator: "generator" } as const;

/** SOPS may have encrypted the field, and one that is no boolean is the schema's to report. */
function isUnknown({ own, form, immutable }: Secret): boolean {
  const written = entryOf(own, "immutable")?.value;
  if (immutable !== undefined || written?.type !== "scalar" || written.value === null) return false;
  return form === "Secret" || (form === "SopsSecret" && written.text.startsWith("ENC["));
}

function fixesOf(secret: Secret): readonly DraftFix[] {
  const edit = immutableEdit(secret);
  return edit ? [{ title: "Make the Secret immutable", safe: secret.form === "Secret", edits: [edit] }] : [];
}

function immutableEdit({ text, own, immutablePath, form }: Secret): Edit | undefined {
  if (immutablePath === undefined) return undefined;
  const data = own.written.find((it) => it.name === "data" || it.name === "stringData");
  if (form !== "Secret" || data === undefined || entryOf(own, "immutable")) {
    return ensurePath(text, own, immutablePath, true);
  }
  return insertEntry(text, own, { key: "immutable", before: data.name }, true);
}
