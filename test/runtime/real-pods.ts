import { join } from "node:path";
import type { PodRunner } from "../shoot-cluster/pods.ts";
import type { CacheService } from "./cache-service.ts";
import { startRendered } from "./rendered-registry.ts";
import type { Stage } from "./servers.ts";

/** Pods in which Distribution runs. Each has its own volume, which outlives it. */
export function distributionPods(stage: Stage, program: string, folder: string, service: CacheService): PodRunner {
  return {
    async start({ name, config }) {
      let log = "";
      const onLog = (text: string): void => {
        log += text;
      };
      const running = await startRendered(stage, program, join(folder, name), { config, onLog });
      if ("ended" in running) {
        const ask = async (): Promise<never> => Promise.reject(new Error("it has ended"));
        return { log: () => log, exitCode: log.includes("panic: ") ? 2 : 1, ask, stop: async () => undefined };
      }
      await service.add(name, running.port);
      return {
        log: () => log,
        async ask(path) {
          const answer = await fetch(`http://127.0.0.1:${running.port}${path}`);
          return { status: answer.status, text: await answer.text() };
        },
        async stop() {
          await service.remove(name);
          await running.stop();
        },
      };
    },
  };
}
