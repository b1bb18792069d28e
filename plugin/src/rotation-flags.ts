import { commitFlag, fileRotateFlags } from "./file-rotation-flags.ts";
import type { CommandSpec, FlagSpec } from "./flag-table.ts";
import { connectionFlags } from "./live-flags.ts";
import { liveRotateFlags, liveRunFlags, verifyFlags } from "./live-rotation-flags.ts";
import { sourceFlags } from "./registry-flags.ts";

interface SharedFlags {
  readonly output: FlagSpec;
  readonly color: FlagSpec;
}

/** The commands of a rotation, as the table has them. */
export function rotationSpecs(shared: SharedFlags): readonly CommandSpec[] {
  return [rotate(shared), status(shared), resume(shared), rollback(shared), finish(shared)];
}

const argument = { name: "secret", summary: "Name of the Secret to be replaced.", completes: "secrets" } as const;

function rotate(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate",
    summary: "Replace a Secret by its next version, without an outage.",
    description: paragraphs(
      [
        "Makes the next version of SECRET and lets every Shoot of its namespace use that: in the garden, or with -f in",
        "manifests. The values come from --username and --password-stdin, a --from flag, or are asked for on a terminal.",
      ],
      [
        "In the garden the credential is tried first, then one Shoot is switched and must be rolled out before the others",
        "follow. Rolled out is not enough: as a viewer --verify sees in each Shoot that the pods of its caches run with the new",
        "Secret, as an admin also that the upstream takes it. What does not work stops all before the old Secret goes.",
      ],
      [
        "Nothing is kept on this machine: rotate resume goes on from any other, rotate rollback takes all back.",
        "Manifests: directories are read with all folders in them. The new Secret is written as the old one is: plain, sealed by",
        "kubeseal, encrypted by sops, or as an ExternalSecret. When all is reconciled, rotate finish removes the old one.",
      ],
      exitCodes,
    ),
    examples: [
      "rotate ro-quay-v1 -n garden-dev",
      "rotate ro-quay-v1 --username robot --password-stdin --yes --grace 24h < password",
      "rotate --shoot crazy-botany --cache quay.io --dry-run",
      "rotate -f garden ro-quay-v1 --dry-run --diff",
      "rotate -f garden ro-quay-v1 --seal-cert controller.pem --commit",
    ],
    argument,
    flags: [
      ...whereFlags,
      ...valueFlags,
      ...sourceFlags,
      ...liveRotateFlags,
      ...liveRunFlags,
      ...verifyFlags,
      ...fileRotateFlags,
      ...writeFlags(shared),
      ...connectionFlags,
    ],
  };
}

const exitCodes = [
  "Exit codes: 0 done or nothing to do, 1 not done, since something must be mended first or the answer was no,",
  "2 wrong usage or unreadable input, 3 the garden or an upstream could not be asked, 4 not finished: stopped, out of time,",
  "or a Shoot waits for its window; rotate resume goes on.",
];

function resume(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate resume",
    summary: "Go on with a rotation that was broken off: in the garden from any machine, or with -f in manifests.",
    description: paragraphs(
      [
        "In manifests, the latest version that is there is taken up, whoever made it, and the rest of the Shoots switch.",
      ],
      exitCodes,
    ),
    examples: ["rotate resume ro-quay-v1 -n garden-dev", "rotate resume -f garden ro-quay-v1"],
    argument,
    flags: [...whereFlags, ...liveRunFlags, ...verifyFlags, skipProbeFlag, ...writeFlags(shared), ...connectionFlags],
  };
}

function rollback(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate rollback",
    summary: "Take a rotation back: every Shoot returns to SECRET, and what was made is deleted.",
    description: paragraphs(exitCodes),
    examples: ["rotate rollback ro-quay-v1 -n garden-dev", "rotate rollback -f garden ro-quay-v1"],
    argument: { ...argument, summary: "Name of the Secret to return to, the old one." },
    flags: [...whereFlags, ...writeFlags(shared), ...connectionFlags],
  };
}

function finish(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate finish",
    summary: "Remove a Secret that was replaced.",
    description: paragraphs(
      [
        "Removes SECRET when nothing names it any more and its next version is in use: from the garden, or with -f from",
        "manifests. Do so when every Shoot has reconciled: the old Secret is the way back. Shoots are looked into once more.",
      ],
      exitCodes,
    ),
    examples: ["rotate finish ro-quay-v1 -n garden-dev", "rotate finish -f garden ro-quay-v1"],
    argument,
    flags: [...whereFlags, ...verifyFlags, ...writeFlags(shared), ...connectionFlags],
  };
}

function status({ output }: SharedFlags): CommandSpec {
  return {
    name: "rotate status",
    summary: "Show how far the rotation of a Secret is.",
    examples: ["rotate status ro-quay-v1 -n garden-dev", "rotate status -f garden ro-quay-v1"],
    argument: { ...argument, summary: "Name of the Secret that is replaced; with -f in any of its versions." },
    flags: [...whereFlags, output, ...connectionFlags],
  };
}

function writeFlags({ output, color }: SharedFlags): readonly FlagSpec[] {
  return [
    { name: "yes", char: "y", type: "boolean", summary: "Do not ask before anything is written or changed." },
    { name: "dry-run", type: "boolean", summary: "Show what would be done, and write nothing." },
    { name: "diff", type: "boolean", summary: "Show how the files change. Values of Secrets are not shown." },
    commitFlag,
    output,
    color,
  ];
}

/** The help breaks the lines by itself. */
function paragraphs(...texts: readonly (readonly string[])[]): string {
  return texts.map((it) => it.join(" ")).join("\n\n");
}

const skipProbeFlag: FlagSpec = {
  name: "skip-probe",
  type: "boolean",
  summary: "Do not try the credential at the upstreams.",
};

const namespaceFlag: FlagSpec = {
  name: "namespace",
  char: "n",
  type: "text",
  placeholder: "NAMESPACE",
  summary: "Namespace of the Secret.",
};

const whereFlags: readonly FlagSpec[] = [
  {
    name: "filename",
    char: "f",
    type: "text",
    repeatable: true,
    placeholder: "FILE|DIR",
    completesFiles: true,
    summary: "Work on this file or directory with Shoots and Secrets, not in the garden. May be repeated.",
  },
  namespaceFlag,
  {
    name: "recursive",
    char: "R",
    type: "boolean",
    summary: "Directories are always read whole; this changes nothing.",
  },
];

const valueFlags: readonly FlagSpec[] = [
  { name: "username", type: "text", placeholder: "NAME", summary: "Username of the new credential." },
  { name: "password-stdin", type: "boolean", summary: "Read the new password from standard input." },
  {
    name: "ca-bundle",
    type: "text",
    placeholder: "FILE",
    completesFiles: true,
    summary: "File with the new CA bundle, for a Secret that a mirror uses.",
  },
  { name: "empty", type: "boolean", summary: "Leave the values empty, to be filled in by hand." },
];
