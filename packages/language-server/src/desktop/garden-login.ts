import type { Session } from "../session.ts";
import type { GardenTarget } from "./garden-state.ts";

/** The longest line that a program may say to people. */
const longest = 300;

/** Passes on what a program that logs in says to people, such as where to go and what to enter: line by line, and into no log. */
export function tellLogin({ outbox }: Session, { context }: GardenTarget): (text: string) => void {
  return (text) => {
    for (const line of text.split("\n").map((it) => it.trim())) {
      if (line !== "") outbox.tell("registryCache/garden/login", { context, message: line.slice(0, longest) });
    }
  };
}
