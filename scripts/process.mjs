import { spawn } from "node:child_process";
import { constants } from "node:os";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a program in our place: same terminal, same signals, same exit code. */
export function run(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: "inherit" });
  const forward = (signal) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      // 128 + n is how a shell reports a death by signal.
      process.exitCode = code ?? 128 + constants.signals[signal];
      resolve();
    });
  });
}
