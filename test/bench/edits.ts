import { inspect, openWorkspace, readManifests, type Workspace } from "@registry-cache/core";
import { shootText } from "./make-shoots.ts";

/** Measures what an editor waits for at a keystroke in one of many Shoots: the findings of its file, and what others they change. */
export function benchEdits({ count, rounds }: { readonly count: number; readonly rounds: number }): void {
  const workspace = openWorkspace(Array.from({ length: count }, (_, index) => report(index, shootText(index))));
  for (const project of [0, 1]) workspace.set(inspect(readManifests(`secret-${project}`, secretText(project))));
  // The first has its Secret beside it, the last has none.
  const times = [0, count - 1].map((index) => editTimes(workspace, index, rounds * 100));
  const [found = 0, missing = 0] = times;
  console.log(`edit of one Shoot among ${count}, without parsing it: ${milliseconds(found)} where its Secret is known`);
  console.log(`  ${milliseconds(missing)} where it is not\n`);
}

function editTimes(workspace: Workspace, index: number, rounds: number): number {
  const times = Array.from({ length: rounds }, (_, round) => {
    const next = report(index, `${"\n".repeat(round % 2)}${shootText(index)}`);
    const start = performance.now();
    for (const uri of workspace.set(next)) workspace.findingsOf(uri);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

function report(index: number, text: string): ReturnType<typeof inspect> {
  return inspect(readManifests(`shoot-${index}`, text));
}

function secretText(project: number): string {
  return `apiVersion: v1
kind: Secret
metadata:
  name: ro-docker-secret-v1
  namespace: garden-project-${project}
data:
  username: ZXhhbXBsZS11c2Vy
  password: ZXhhbXBsZS1wYXNzd29yZA==
`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(3)} ms`;
}
