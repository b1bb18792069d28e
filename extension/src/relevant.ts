const kinds = [
  "Shoot",
  "Secret",
  "SealedSecret",
  "ExternalSecret",
  "RegistryConfig",
  "MirrorConfig",
  // Its secretGenerator may make a Secret.
  "Kustomization",
];

const kindLine = new RegExp(`^[\\s-]*["']?kind["']?\\s*:\\s*["']?(?:${kinds.join("|")})["']?(?:List)?\\b`, "m");
const shootLine = /^[\s-]*["']?kind["']?\s*:\s*["']?Shoot\b/m;
const settingsFile = /(?:^|\/)\.registry-cache\.yaml$/;

/** Whether a text may be of interest: a cheap look that decides when the server starts, never what it finds. */
export function looksRelevant(text: string, path: string): boolean {
  return settingsFile.test(path) || kindLine.test(text);
}

/** Whether a text seems to hold a Shoot. */
export function looksLikeShoot(text: string): boolean {
  return shootLine.test(text);
}
