import { type ApiObject, listAt, type StopSignal, textAt, valueAt } from "@registry-cache/garden";
import { type NodeReading, readNodeLog, renderNodeReader, type SeenNode } from "@registry-cache/runtime";
import { loadGarden } from "../live-cluster.ts";
import { type Looker, lastEventOf, look, runtimeResources } from "./cluster-objects.ts";
import type { NodesRequest } from "./read-nodes.ts";

const resource = runtimeResources.pods;

/** Reads one node by a pod, and deletes the pod whatever happens. Why it cannot be read is noted. */
export async function readNode(
  looker: Looker,
  reading: NodeReading,
  options: Pick<NodesRequest, "pause" | "timeout"> & { readonly signal: StopSignal },
): Promise<SeenNode | undefined> {
  const { client } = looker;
  const { name, namespace, node } = reading;
  const what = `hosts.toml of node ${node}`;
  const note = (why: string): undefined => void looker.unseen.push(`${what}: ${why}`);
  let made: ApiObject | undefined;
  try {
    made = await look(looker, what, () => client.create(resource, renderNodeReader(reading)));
    if (made === undefined) return undefined;
    const pod = await waitForEnd(looker, reading, options);
    if (pod === undefined) return undefined;
    if ("why" in pod) return note(pod.why);
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/log?container=reader`;
    // A container that never began has no log, only a reason.
    const log = pod.reason === undefined ? (await look(looker, what, () => client.text(path)))?.text : "";
    if (log === undefined) return undefined;
    if (pod.phase !== "Succeeded")
      return note(`its pod failed: ${pod.reason ?? (lastLine(log) || "it does not say why")}`);
    const seen = readNodeLog(node, log);
    if (seen === undefined) return note("the log of its pod breaks off");
    for (const it of seen.unreadable) note(`${it} may be read there by root alone`);
    return seen;
  } finally {
    // Even where no answer came, the server may have made it.
    await remove(looker, reading, made !== undefined);
  }
}

type Ended = { readonly phase: string; readonly reason: string | undefined } | { readonly why: string };

/** Waits until the pod has ended or cannot begin; undefined where somebody stopped it. */
async function waitForEnd(
  looker: Looker,
  { name, namespace, node }: NodeReading,
  { pause, timeout, signal }: Parameters<typeof readNode>[2],
): Promise<Ended | undefined> {
  const { client } = looker;
  const end = Date.now() + timeout;
  for (;;) {
    const pod = await look(looker, `hosts.toml of node ${node}`, () => client.get({ resource, namespace, name }));
    if (pod === undefined || signal.aborted) return undefined;
    const phase = textAt(pod, "status", "phase") ?? "Pending";
    if (phase === "Succeeded" || phase === "Failed") return { phase, reason: reasonOf(pod) };
    const stuck = waitingOf(pod);
    if (stuck !== undefined) return { why: `its pod does not start: ${stuck}` };
    if (Date.now() >= end) {
      const event = await lastEventOf(looker, namespace, name);
      return { why: `its pod did not end in ${timeout / 1_000} s${event === undefined ? "" : `: ${event}`}` };
    }
    await pause();
  }
}

/** What does not pass by itself while we wait; undefined where it may. */
function waitingOf(pod: ApiObject): string | undefined {
  const [status] = listAt(pod, "status", "containerStatuses");
  const reason = textAt(status, "state", "waiting", "reason");
  if (reason === undefined || ["ContainerCreating", "PodInitializing"].includes(reason)) return undefined;
  const message = textAt(status, "state", "waiting", "message");
  return message === undefined ? reason : `${reason}: ${message}`;
}

/** Why it has failed, where that is not for its log to say. */
function reasonOf(pod: ApiObject): string | undefined {
  const [status] = listAt(pod, "status", "containerStatuses");
  const ended = valueAt(status, "state", "terminated");
  const place = textAt(ended, "message") === undefined ? valueAt(pod, "status") : ended;
  const texts = ["reason", "message"].map((it) => textAt(place, it)).filter((it) => it !== undefined);
  return texts.length > 0 ? texts.join(": ") : undefined;
}

function lastLine(log: string): string {
  const line = log.trimEnd().split("\n").at(-1) ?? "";
  // What is ours holds content of the files.
  return /^(?:file|unreadable) |^end$/.test(line) ? "" : line;
}

async function remove(looker: Looker, { name, namespace }: NodeReading, isMade: boolean): Promise<void> {
  const { isGardenError } = await loadGarden();
  try {
    await looker.client.delete({ resource, namespace, name });
  } catch (error) {
    if (!isGardenError(error)) throw error;
    // Who may not make it may not delete it either.
    if (error.kind === "not-found" || (error.kind === "forbidden" && !isMade)) return;
    looker.unseen.push(`pod ${name} is not deleted (${error.message}): kubectl delete pod ${name} -n ${namespace}`);
  }
}
