import type { Shell } from "./helper-flags.ts";
import { writeTo } from "./host/standard-streams.ts";
import bash from "./shells/completion.bash";
import fish from "./shells/completion.fish";
import powershell from "./shells/completion.ps1";
import zsh from "./shells/completion.zsh";

const scripts: { readonly [shell in Shell]: string } = { bash, zsh, fish, powershell };

/** Runs `completion`: prints the script for a shell. Gives the exit code. */
export function runCompletion(shell: Shell): number {
  writeTo(1, scripts[shell]);
  return 0;
}
