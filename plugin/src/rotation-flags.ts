import type { CommandSpec, FlagSpec } from "./flag-table.ts";

interface SharedFlags {
  readonly output: FlagSpec;
  readonly color: FlagSpec;
}

/** The commands of a rotation, as the table has them. */
export function rotationSpecs(shared: SharedFlags): readonly CommandSpec[] {
  return [rotate(shared), finish(shared), status(shared)];
}

const argument = { name: "secret", summary: "Name of the Secret to be replaced.", completes: "secrets" } as const;

function rotate(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate",
    summary: "Replace a Secret by its next version, in manifests.",
    description: paragraphs(
      [
        "Writes the next version of SECRET beside it, and lets every Shoot of its namespace use that. The values come from",
        "--username and --password-stdin, or are asked for on a terminal; nothing is ever copied from the old Secret.",
      ],
      [
        "Directories are read with all folders in them: a file left out would leave a Shoot behind. What stopped half way",
        "is finished by the same command. When all is deployed and reconciled, rotate finish removes the old Secret.",
      ],
      [
        "Exit codes: 0 done or nothing to do, 1 not done, since something must be mended first or the answer was no,",
        "2 wrong usage or unreadable input.",
      ],
    ),
    examples: [
      "rotate -f garden ro-quay-v1",
      "rotate -f garden ro-quay-v1 --dry-run --diff",
      "rotate -f garden ro-quay-v1 --username robot --password-stdin --yes < password",
    ],
    argument,
    flags: [...whereFlags, ...valueFlags, ...writeFlags(shared)],
  };
}

function finish(shared: SharedFlags): CommandSpec {
  return {
    name: "rotate finish",
    summary: "Remove a Secret that was replaced, in manifests.",
    description: paragraphs([
      "Removes the manifest of SECRET when nothing in these files names it any more and its next version is whole.",
      "Do so when the rotation is deployed and every Shoot has reconciled: the old Secret is the way back.",
    ]),
    examples: ["rotate finish -f garden ro-quay-v1"],
    argument,
    flags: [...whereFlags, ...writeFlags(shared)],
  };
}

function status({ output }: SharedFlags): CommandSpec {
  return {
    name: "rotate status",
    summary: "Show the versions of a Secret and which Shoots use them.",
    examples: ["rotate status -f garden ro-quay-v1"],
    argument: { ...argument, summary: "Name of the Secret, in any of its versions." },
    flags: [...whereFlags, output],
  };
}

function writeFlags({ output, color }: SharedFlags): readonly FlagSpec[] {
  return [
    { name: "yes", char: "y", type: "boolean", summary: "Do not ask before the files are written." },
    { name: "dry-run", type: "boolean", summary: "Show what would be done, and write nothing." },
    { name: "diff", type: "boolean", summary: "Show how the files change. Values of Secrets are not shown." },
    output,
    color,
  ];
}

/** The help breaks the lines by itself. */
function paragraphs(...texts: readonly (readonly string[])[]): string {
  return texts.map((it) => it.join(" ")).join("\n\n");
}

const whereFlags: readonly FlagSpec[] = [
  {
    name: "filename",
    char: "f",
    type: "text",
    repeatable: true,
    placeholder: "FILE|DIR",
    completesFiles: true,
    summary: "File or directory with Shoots and Secrets. May be repeated.",
  },
  {
    name: "namespace",
    char: "n",
    type: "text",
    placeholder: "NAMESPACE",
    summary: "Namespace of the Secret, where several have one of this name.",
  },
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
