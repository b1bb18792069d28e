import { printable } from "@registry-cache/core";
import type { CacheChange } from "@registry-cache/runtime";
import { withoutLogins } from "./without-logins.ts";

const volumes = { new: "gets a new volume", lost: "loses its volume and all images in it", kept: undefined };
const nodes = {
  new: "every node begins to use it",
  rewritten: "every node gets a new hosts.toml",
  removed: "every node stops using it",
  kept: undefined,
};

/** Says what a change does to one cache: why, and with which effects. */
export function renderChange({
  upstream,
  kind,
  restarts,
  volume,
  nodes: onNodes,
  reasons,
  refused,
}: CacheChange): string {
  if (kind === "unchanged") return `${printable(upstream)}: unchanged\n`;
  const effects = [
    restarts ? "restarts" : undefined,
    volumes[volume],
    nodes[onNodes],
    ...refused.map((it) => `refused by admission: ${it}`),
  ].filter((it) => it !== undefined);
  const lines = [
    `${upstream}: ${kind}`,
    ...reasons.map((it) => `  because ${withoutLogins(it)}`),
    ...effects.map((it) => `  => ${it}`),
  ];
  return lines.map((it) => `${printable(it)}\n`).join("");
}
