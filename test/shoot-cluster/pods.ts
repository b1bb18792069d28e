import type { TextReply } from "@registry-cache/testkit";

/** A pod of a cache that is to be started. */
export interface PodSpec {
  readonly name: string;
  readonly app: string;
  /** The text of config.yml. */
  readonly config: string;
}

/** A pod that runs, or one that has ended by itself. */
export interface RunningPod {
  readonly log: () => string;
  /** The code with which its program ended, where it did not stay up. */
  readonly exitCode?: number;
  /** What its program answers to a path such as `/v2/`. */
  readonly ask: (path: string) => Promise<TextReply>;
  /** Ends its program as the kubelet does, and waits for that. */
  readonly stop: () => Promise<void>;
}

/** What runs in the pods of a cluster. */
export interface PodRunner {
  readonly start: (pod: PodSpec) => Promise<RunningPod>;
}

/** How a cache without a program behaves. */
export interface FakePod {
  readonly log?: string;
  readonly exitCode?: number;
  readonly probe?: TextReply;
}

const fine: TextReply = {
  status: 500,
  text: '{"errors":[{"code":"UNKNOWN","message":"unknown error","detail":"manifest unknown: manifest unknown"}]}',
};

/** Pods that only say what they are told to; by default that all is well. */
export function fakePods(behaviour: (pod: PodSpec) => FakePod = () => ({})): PodRunner {
  return {
    start: async (pod) => {
      const { log = 'level=info msg="listening on [::]:5000"\n', exitCode, probe = fine } = behaviour(pod);
      return {
        log: () => log,
        ask: async () => probe,
        stop: async () => undefined,
        ...(exitCode !== undefined && { exitCode }),
      };
    },
  };
}
