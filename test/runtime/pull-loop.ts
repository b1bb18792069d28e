import type { Containerd } from "./containerd.ts";
import { pushFreshImage } from "./fresh-images.ts";

/** What came of pulls: each is of an image that nobody has pulled before. */
export interface PullCount {
  pulls: number;
  /** Attempts that failed and were made again, as the kubelet does after its back-off. */
  again: number;
  /** What was said to those that failed for good. */
  readonly failed: string[];
}

/** A node that pulls one image after the other. */
export interface PullLoop {
  /** Lets the pulls that are under way end, does something in between, and counts what comes from then on anew. */
  next(between?: () => void): Promise<PullCount>;
  /** Waits until so many more pulls of this phase have ended. */
  more(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** How to pull. */
export interface PullOptions {
  readonly node: Containerd;
  readonly certsD: string;
  /** The registry to push to, before each pull. */
  readonly open: string;
  /** The host in the image's name. */
  readonly host: string;
  /** `name:password` of the pod's pull secret. */
  readonly pullSecret?: string | undefined;
  /** How often a pod is tried again, half a second later. */
  readonly attempts: number;
}

/** Starts two pods after another until it is stopped, each with an image of its own. */
export function startPulling(options: PullOptions): PullLoop {
  let current: PullCount = { pulls: 0, again: 0, failed: [] };
  let stopped = false;
  let index = 0;
  const work = async (): Promise<void> => {
    while (!stopped) {
      index += 1;
      const tag = `fresh-${index}`;
      await pushFreshImage(options.open, "team/app", tag);
      await pull(options, tag, current);
      current.pulls += 1;
    }
  };
  const begin = (): readonly Promise<void>[] => [work(), work()];
  let workers = begin();
  const stop = async (): Promise<void> => {
    stopped = true;
    await Promise.all(workers);
  };
  return {
    async next(between = () => undefined) {
      await stop();
      between();
      current = { pulls: 0, again: 0, failed: [] };
      stopped = false;
      workers = begin();
      return current;
    },
    async more(count) {
      const { pulls } = current;
      // A worker that ends does so with an error, which is the test's.
      while (current.pulls < pulls + count)
        await Promise.race([...workers, new Promise((resolve) => setTimeout(resolve, 20))]);
    },
    stop,
  };
}

async function pull(
  { node, certsD, host, pullSecret, attempts }: PullOptions,
  tag: string,
  count: PullCount,
): Promise<void> {
  for (let left = attempts; ; left -= 1) {
    const { code, output } = await node.fetch(`${host}/team/app:${tag}`, certsD, pullSecret);
    if (code === 0) return;
    if (left === 1) return void count.failed.push(output.trim().split("\n").at(-1) ?? "");
    count.again += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
