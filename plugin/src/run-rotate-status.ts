import type { RotationStage, VersionStatus } from "@registry-cache/core";
import { openRotation } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { openDocuments } from "./print/documents.ts";
import { printable } from "./print/printable.ts";
import { openProgress } from "./print/progress.ts";
import { renderBlockersJson, toJsonPlace, toText } from "./print/rotation-json.ts";
import { renderBlocker } from "./print/rotation-text.ts";
import { renderTable } from "./print/table.ts";
import { openTerminal } from "./print/terminal.ts";
import { readWhereFlags } from "./rotate-flags.ts";

/** Runs `rotate status`: prints the versions of a Secret and who uses them. Gives the exit code. */
export async function runRotateStatus(line: CommandLine): Promise<number> {
  const flags = readWhereFlags(line);
  const { out, err, flush, ...terminal } = openTerminal();
  const progress = openProgress({ out, err, flush, ...terminal });
  const rotation = openRotation(flags, progress.step);
  progress.end();
  const documents = openDocuments((uri) => rotation.readText(uri));
  const status = rotation.status();
  const json = flags.output === "json";
  if (status.ok) {
    const { namespace, stage, versions } = status.value;
    const shown = versions.map(({ place, ...it }) => ({ ...it, ...toJsonPlace(place, documents) }));
    out(json ? toText({ namespace, stage, versions: shown }) : `${renderVersions(versions)}\n${stages[stage]}\n`);
  } else if (json) out(renderBlockersJson(status.error, documents));
  flush();
  for (const { file, message } of rotation.problems) err(`error: ${printable(file)}: ${printable(message)}\n`);
  if (!status.ok) for (const it of status.error) err(renderBlocker(it, documents));
  return rotation.problems.length > 0 || !status.ok ? 2 : 0;
}

const stages: { readonly [stage in RotationStage]: string } = {
  unused: "No Shoot in these files uses any of them.",
  single: "No rotation is under way.",
  begun: "A later version is there, and no Shoot uses it: `rotate resume` switches them, `rotate rollback` removes it.",
  mixed: "A rotation is under way: `rotate resume` switches the Shoots that still use an older version.",
  switched: "Every Shoot is switched: `rotate finish` removes the older version when all have reconciled.",
};

/** So many names are shown of those who use a version. */
const maxNames = 5;

function renderVersions(versions: readonly VersionStatus[]): string {
  const rows = versions.map(({ name, place, shoots }) => {
    const names = shoots.slice(0, maxNames).map((it) => printable(it.name ?? "<none>"));
    const more = shoots.length > maxNames ? [`and ${shoots.length - maxNames} more`] : [];
    return [
      printable(name),
      place ? printable(place.uri) : "<none>",
      String(shoots.length),
      [...names, ...more].join(", ") || "<none>",
    ];
  });
  return renderTable([["SECRET", "MANIFEST", "SHOOTS", "USED BY"], ...rows]);
}
