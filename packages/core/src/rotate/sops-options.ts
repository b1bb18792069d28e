import { readString } from "../manifest/located.ts";
import { fieldOf, itemsOf, type MapNode, type Node } from "../yaml/node.ts";
import type { SealingDraft } from "./rotation.ts";

/**
 * The options by which sops encrypts another file for the same recipients, and the same parts of it, read from what sops has
 * written into an encrypted one. No recipients where options cannot say it: then only a creation rule can.
 */
export function sopsOptions(root: MapNode): Pick<SealingDraft, "recipients" | "selection"> {
  const sops = fieldOf(root, "sops");
  const selection = selections.flatMap((field) => {
    const value = readString(sops, field, "")?.value;
    return value === undefined ? [] : [`--${field.replaceAll("_", "-")}`, value];
  });
  return { selection, recipients: itemsOf(fieldOf(sops, "key_groups")).length > 0 ? [] : recipientsOf(sops) };
}

const selections: readonly string[] = [
  "encrypted_regex",
  "unencrypted_regex",
  "encrypted_suffix",
  "unencrypted_suffix",
];

function recipientsOf(sops: Node | undefined): readonly string[] {
  return kinds.flatMap(({ field, option, write }) => {
    const keys = itemsOf(fieldOf(sops, field)).map(({ value }) => write((name) => readString(value, name, "")?.value));
    return keys.length === 0 ? [] : [option, keys.join(",")];
  });
}

type Read = (field: string) => string | undefined;

/** The lists of recipients in a file of sops, and how its options write one. */
const kinds: readonly { readonly field: string; readonly option: string; readonly write: (read: Read) => string }[] = [
  { field: "age", option: "--age", write: (read) => read("recipient") ?? "" },
  { field: "pgp", option: "--pgp", write: (read) => read("fp") ?? "" },
  { field: "gcp_kms", option: "--gcp-kms", write: (read) => read("resource_id") ?? "" },
  { field: "kms", option: "--kms", write: (read) => [read("arn"), read("role")].filter((it) => it).join("+") },
  {
    field: "azure_kv",
    option: "--azure-kv",
    write: (read) => [read("vault_url"), "keys", read("name"), read("version")].join("/"),
  },
  {
    field: "hc_vault",
    option: "--hc-vault-transit",
    write: (read) => [read("vault_address"), "v1", read("engine_path"), "keys", read("key_name")].join("/"),
  },
];
