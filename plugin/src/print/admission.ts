import type { AdmissionAnswer } from "@registry-cache/operations";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** What the server's own admission says of a Shoot, in one line. `brief` shows refusals only. */
export function renderAnswer(
  { namespace, shoot, answer, message = "" }: AdmissionAnswer,
  paint: Paint,
  brief: boolean,
): string {
  const place = paint.bold(`${printable(namespace)}/${printable(shoot)}`);
  if (answer === "refused") return `${place}  ${paint.red("refused")}  by admission  ${printable(message)}\n`;
  if (brief) return "";
  return answer === "allowed"
    ? `${place}  allowed by admission\n`
    : `${place}  no Secret that admission could be asked about\n`;
}
