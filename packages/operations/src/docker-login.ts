import { parseDockerConfig, type Result } from "@registry-cache/core";
import { readTextFile } from "@registry-cache/files";
import type { Credential, LoginQuestion } from "@registry-cache/upstream";
import { loadUpstream } from "./load-upstream.ts";

/** Where logins of Docker are looked for: in one file, or where Docker and podman keep theirs. */
export type DockerSource = { readonly file: string } | "default";

/** Finds a login; the error says where it was looked for and why there is none. */
export async function findLogin(source: DockerSource, question: LoginQuestion): Promise<Result<Credential, string>> {
  const { dockerConfigPlaces } = await loadUpstream();
  const places = source === "default" ? dockerConfigPlaces() : [source.file];
  const errors: string[] = [];
  for (const place of places) {
    const file = readTextFile(place);
    if (file === undefined) {
      if (source !== "default") errors.push(`${place}: no such file or directory`);
      continue;
    }
    const login = "message" in file ? failed(file.message) : await findIn(file.text, question);
    if (login.ok) return login;
    errors.push(`${place}: ${login.error}`);
  }
  return failed(
    errors.length > 0 ? errors.join("; ") : `neither Docker nor podman has a configuration: ${places.join(", ")}`,
  );
}

async function findIn(text: string, question: LoginQuestion): Promise<Result<Credential, string>> {
  const { findDockerLogin } = await loadUpstream();
  const config = parseDockerConfig(text);
  return config === undefined ? failed("is no configuration of Docker") : findDockerLogin(config, question);
}

function failed(error: string): Result<Credential, string> {
  return { ok: false, error };
}
